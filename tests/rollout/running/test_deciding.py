"""What one person gets, keeps and loses, on drawn cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leer.rollout.programmes.rules import Reason
from leer.rollout.running.deciding import Case, Decision, Gift, Held, Note, Terms, Why, decide

BEGAN = date(2026, 11, 2)
DAY = BEGAN + timedelta(days=100)
TERMS = Terms(DAY, BEGAN, joiner_days=90, days={"a": 30, "b": 60}, floor=frozenset({"b"}))
KEYS = ("a", "b", "c")  # the last one is not live
DAYS = some.integers(-50, 100).map(lambda days: BEGAN + timedelta(days=days))


@some.composite
def cases(draw: some.DrawFn) -> Case:
    reason = draw(some.sampled_from(Reason))
    joined = draw(DAYS)
    begun = draw(some.frozensets(some.sampled_from(KEYS)))
    wanted = draw(some.sampled_from(((), ("a",), ("a", "b"), KEYS))) if reason == "in" else ()
    rest = sorted(set(KEYS) - set(wanted)) if reason == "in" else []
    held = some.builds(Held, given_on=DAYS, ours=some.booleans(), withdrawn=some.booleans())
    return Case(
        reason=reason,
        wanted=wanted,
        waived=draw(some.frozensets(some.sampled_from(rest))) if rest else frozenset(),
        joined_on=None if reason is Reason.NO_TEAM else joined,
        placed_on=None if reason is Reason.NO_TEAM else max(joined, draw(DAYS)),
        opened_on=None if reason is Reason.NO_TEAM else draw(some.none() | DAYS),
        blocked=draw(some.booleans()),
        held=draw(some.dictionaries(some.sampled_from(KEYS), held)),
        begun=begun,
        done=draw(some.frozensets(some.sampled_from(sorted(begun)))) if begun else frozenset(),
    )


def carried_out(case: Case, decision: Decision) -> Case:
    """The same person when all of it was done."""
    held = dict(case.held)
    for gift in decision.gifts:
        held[gift.module_key] = Held(TERMS.day, ours=True)
    for note in decision.withdrawn:
        held[note.module_key] = replace(held[note.module_key], withdrawn=True)
    return replace(case, held=held)


@given(cases())
def test_what_was_decided_and_done_is_not_decided_again(case: Case) -> None:
    again = decide(carried_out(case, decide(case, TERMS)), TERMS)
    assert (again.gifts, again.withdrawn) == ((), ())


@given(cases())
def test_nobody_gets_what_they_have_or_did_or_what_is_not_for_them(case: Case) -> None:
    for gift in decide(case, TERMS).gifts:
        assert gift.module_key in case.wanted
        assert gift.module_key in TERMS.days
        assert not case.has(gift.module_key)
        assert gift.module_key not in case.done
        assert not case.blocked
        assert gift.due_on > DAY


@given(cases())
def test_what_was_begun_is_never_withdrawn_nor_what_everybody_has_or_another_gave(
    case: Case,
) -> None:
    for note in decide(case, TERMS).withdrawn:
        exempt = case.reason is Reason.EXEMPT or note.module_key in case.waived
        assert (note.why is Why.EXEMPT) == exempt
        assert note.module_key not in (case.done if exempt else case.begun) | TERMS.floor
        assert case.held[note.module_key].ours
        assert note.module_key not in case.wanted


@given(cases())
def test_what_fits_and_what_was_given_without_a_beginning_ends_as_wanted(case: Case) -> None:
    """All that is ours and not begun, and no floor, is wanted in the end."""
    after = carried_out(case, decide(case, TERMS))
    ours = {key for key, held in after.held.items() if held.ours and not held.withdrawn}
    assert ours - case.begun - TERMS.floor <= set(case.wanted)


@given(cases())
def test_a_joiner_is_given_the_days_of_a_joiner_and_never_waits_too_long(case: Case) -> None:
    if case.joined_on is None or case.joined_on <= BEGAN:
        return
    last = case.joined_on + timedelta(days=TERMS.joiner_days)
    gifts = {gift.module_key: gift.due_on for gift in decide(case, TERMS).gifts}
    for key, due_on in gifts.items():
        assert due_on == (last if last > DAY else DAY + timedelta(days=TERMS.days[key]))
    for key in set(case.wanted) & TERMS.days.keys() - gifts.keys() - case.done:
        waits = DAY + timedelta(days=TERMS.days[key]) < last and not case.opened_on
        assert case.has(key) or case.blocked or waits


@given(cases())
def test_nothing_begins_before_the_first_wave(case: Case) -> None:
    assert decide(case, replace(TERMS, began_on=None)).gifts == ()


@given(cases())
def test_who_gets_something_is_not_passed_over(case: Case) -> None:
    decision = decide(case, TERMS)
    assert not {gift.module_key for gift in decision.gifts} & {
        note.module_key for note in decision.skipped
    }


@given(cases())
def test_what_is_put_off_is_wanted_missing_and_not_given_meanwhile(case: Case) -> None:
    decision = decide(case, TERMS)
    put_off = {note.module_key for note in decision.postponed}
    assert put_off <= set(case.wanted) & TERMS.days.keys() - case.done
    assert not put_off & {gift.module_key for gift in decision.gifts}
    assert not any(case.has(key) for key in put_off)
    for note in decision.postponed:
        assert (note.why is Why.BLOCKED) <= case.blocked


LONG = BEGAN - timedelta(days=900)
IN = Case(Reason.IN, ("a",), joined_on=LONG, placed_on=LONG, opened_on=BEGAN)
MINE = {"a": Held(BEGAN, ours=True)}
LOST = {"a": Held(BEGAN, ours=True, withdrawn=True)}
SOON = BEGAN + timedelta(days=20)
OUTSIDE = Case(Reason.EXEMPT, joined_on=LONG, placed_on=LONG, opened_on=BEGAN)


@pytest.mark.parametrize(
    ("case", "why"),
    [
        pytest.param(replace(IN, opened_on=DAY), Why.WAVE, id="their wave opens"),
        pytest.param(replace(IN, joined_on=SOON, placed_on=SOON), Why.JOINED, id="joined"),
        pytest.param(replace(IN, placed_on=SOON), Why.MOVED, id="moved to an open wave"),
        pytest.param(IN, Why.RULE, id="a rule was added"),
        pytest.param(replace(IN, held=LOST), Why.BACK, id="came back"),
    ],
)
def test_why_somebody_gets_a_module(case: Case, why: Why) -> None:
    [gift] = decide(case, TERMS).gifts
    assert gift.why is why


def test_a_team_whose_wave_is_not_open_waits() -> None:
    assert decide(replace(IN, opened_on=None), TERMS).gifts == ()


def test_a_late_rule_leaves_the_whole_time() -> None:
    assert decide(IN, TERMS).gifts == (Gift("a", DAY + timedelta(days=30), Why.RULE),)


@pytest.mark.parametrize(
    ("case", "kept", "withdrawn"),
    [
        pytest.param(replace(OUTSIDE, held=MINE), (), (Note("a", Why.EXEMPT),), id="not begun"),
        pytest.param(
            replace(OUTSIDE, reason=Reason.NO_RULE, held=MINE, begun=frozenset("a")),
            (Note("a", Why.BEGUN),),
            (),
            id="begun",
        ),
        pytest.param(
            replace(OUTSIDE, held=MINE, begun=frozenset("a")),
            (),
            (Note("a", Why.EXEMPT),),
            id="who is exempt need not go on",
        ),
        pytest.param(
            replace(IN, wanted=("b",), waived=frozenset("a"), held=MINE, begun=frozenset("a")),
            (),
            (Note("a", Why.EXEMPT),),
            id="exempt from one module",
        ),
        pytest.param(
            replace(OUTSIDE, held=MINE, begun=frozenset("a"), done=frozenset("a")),
            (),
            (),
            id="what is done needs no word",
        ),
        pytest.param(
            replace(OUTSIDE, held={"b": Held(BEGAN, ours=True)}),
            (Note("b", Why.FOR_EVERYONE),),
            (),
            id="the floor",
        ),
        pytest.param(
            replace(OUTSIDE, held={"a": Held(BEGAN, ours=False)}), (), (), id="another gave it"
        ),
        pytest.param(
            replace(IN, held={"a": Held(BEGAN, ours=False)}),
            (Note("a", Why.HAD_ALREADY),),
            (),
            id="had it already",
        ),
        pytest.param(
            replace(IN, held=MINE, placed_on=SOON), (Note("a", Why.MOVED),), (), id="moved"
        ),
        pytest.param(
            replace(IN, wanted=(), held=MINE), (), (Note("a", Why.NOT_FOR_THEM),), id="variant"
        ),
        pytest.param(Case(Reason.NO_TEAM, held=MINE), (), (Note("a", Why.LEFT),), id="left"),
    ],
)
def test_what_is_kept_and_what_is_withdrawn(
    case: Case, kept: tuple[Note, ...], withdrawn: tuple[Note, ...]
) -> None:
    decision = decide(case, TERMS)
    assert (decision.kept, decision.withdrawn) == (kept, withdrawn)


def test_who_is_passed_over_is_told_once_the_wave_is_open() -> None:
    assert decide(OUTSIDE, TERMS).skipped == (Note("", Why.EXEMPT),)
    assert decide(replace(OUTSIDE, opened_on=None), TERMS).skipped == ()
    waived = replace(IN, wanted=(), waived=frozenset("a"))
    assert decide(waived, TERMS).skipped == (Note("a", Why.EXEMPT),)
    done = replace(IN, begun=frozenset("a"), done=frozenset("a"))
    assert decide(done, TERMS).skipped == (Note("a", Why.DONE_ALREADY),)


@pytest.mark.parametrize(
    ("case", "postponed"),
    [
        pytest.param(replace(IN, blocked=True), (Note("a", Why.BLOCKED),), id="blocked"),
        pytest.param(replace(IN, blocked=True, held=MINE), (), id="has it already"),
        pytest.param(replace(IN, blocked=True, opened_on=None), (), id="before the wave"),
        pytest.param(
            replace(IN, opened_on=None, joined_on=DAY, placed_on=DAY),
            (Note("a", Why.WAITS_FOR_TEAM),),
            id="a joiner waits for the wave of the team",
        ),
        pytest.param(replace(IN, opened_on=None), (), id="who was here waits for nothing else"),
    ],
)
def test_what_is_put_off_and_why(case: Case, postponed: tuple[Note, ...]) -> None:
    assert decide(case, TERMS).postponed == postponed
