"""What one person gets, keeps and loses, on drawn cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leer.rollout.programmes.rules import Reason
from leer.rollout.running.deciding import (
    WINDOW,
    Case,
    Decision,
    Gift,
    Held,
    Note,
    Terms,
    Why,
    decide,
    due,
)

BEGAN = date(2026, 11, 2)
DAY = BEGAN + timedelta(days=100)
TERMS = Terms(DAY, BEGAN, joiner_days=90, days={"a": 30, "b": 60}, floor=frozenset({"b"}))
VALID = timedelta(weeks=10)
ROUNDS = replace(TERMS, valid=VALID)
SINCE = BEGAN + timedelta(days=20)
AGED = replace(TERMS, counts_since=SINCE)
BOTH = replace(ROUNDS, counts_since=SINCE)
KEYS = ("a", "b", "c")  # the last one is not live
DAYS = some.integers(-50, 100).map(lambda days: BEGAN + timedelta(days=days))


@some.composite
def cases(draw: some.DrawFn) -> Case:
    reason = draw(some.sampled_from(Reason))
    joined = draw(DAYS)
    begun = draw(some.frozensets(some.sampled_from(KEYS)))
    wanted = draw(some.sampled_from(((), ("a",), ("a", "b"), KEYS))) if reason == "in" else ()
    rest = sorted(set(KEYS) - set(wanted)) if reason == "in" else []
    held = some.builds(
        Held,
        given_on=DAYS,
        ours=some.booleans(),
        withdrawn=some.booleans(),
        round=some.integers(1, 3),
    )
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
        done_on=draw(some.dictionaries(some.sampled_from(sorted(begun)), DAYS)) if begun else {},
    )


def carried_out(case: Case, decision: Decision) -> Case:
    """The same person when all of it was done. In a round that is new nothing was done yet."""
    held, done_on = dict(case.held), dict(case.done_on)
    for gift in decision.gifts:
        held[gift.module_key] = Held(TERMS.day, ours=True, round=gift.round)
        done_on.pop(gift.module_key, None)
    for note in decision.withdrawn:
        held[note.module_key] = replace(held[note.module_key], withdrawn=True)
    return replace(case, held=held, done_on=done_on)


@given(cases(), some.sampled_from([TERMS, ROUNDS, AGED, BOTH]))
def test_what_was_decided_and_done_is_not_decided_again(case: Case, terms: Terms) -> None:
    again = decide(carried_out(case, decide(case, terms)), terms)
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


@given(cases(), some.sampled_from([AGED, BOTH]))
def test_what_was_done_too_long_ago_is_asked_in_the_next_round_when_it_would_be_given(
    case: Case, terms: Terms
) -> None:
    given = {gift.module_key: gift for gift in decide(case, terms).gifts}
    for key, day in case.done_on.items():
        if key not in case.wanted or day >= SINCE or case.blocked or not due(case, key, terms):
            assert key not in given or given[key].why is Why.AGAIN
            continue
        last = case.held[key].round if key in case.held else 1
        assert (given[key].why, given[key].round) == (Why.TOO_OLD, last + 1)
        assert given[key].due_on == due(case, key, terms)


@given(cases(), some.sampled_from([(AGED, TERMS), (BOTH, ROUNDS)]))
def test_what_was_done_not_too_long_ago_spares_somebody_and_the_reason_says_so(
    case: Case, terms: tuple[Terms, Terms]
) -> None:
    recent = replace(case, done_on={k: d for k, d in case.done_on.items() if d >= SINCE})
    aged, without = (decide(recent, one) for one in terms)
    assert (aged.gifts, aged.withdrawn) == (without.gifts, without.withdrawn)
    notes = [*zip(aged.kept, without.kept, strict=True)]
    notes += zip(aged.skipped, without.skipped, strict=True)
    for ours, theirs in notes:
        spared = theirs.why is Why.DONE_ALREADY or (
            theirs.why is Why.HAD_ALREADY and theirs.module_key in recent.done_on
        )
        assert ours == (replace(theirs, why=Why.DONE_LATELY) if spared else theirs)


@given(cases())
def test_an_age_takes_nothing_away_and_nobody_is_asked_and_spared(case: Case) -> None:
    aged = decide(case, AGED)
    assert aged.withdrawn == decide(case, TERMS).withdrawn
    asked = {gift.module_key for gift in aged.gifts}
    spared = {note.module_key for note in (*aged.kept, *aged.skipped)}
    assert not asked & spared


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


@given(cases(), some.sampled_from([TERMS, ROUNDS]))
def test_who_gets_something_is_not_passed_over(case: Case, terms: Terms) -> None:
    decision = decide(case, terms)
    told = [*decision.skipped, *decision.kept, *decision.postponed]
    assert not {gift.module_key for gift in decision.gifts} & {note.module_key for note in told}
    assert len(told) == len({note.module_key for note in told})  # one word about each


@given(cases())
def test_a_module_comes_back_in_the_next_round_once_it_is_nearly_not_valid_any_more(
    case: Case,
) -> None:
    again = {gift.module_key: gift for gift in decide(case, ROUNDS).gifts if gift.why is Why.AGAIN}
    for key, gift in again.items():
        ends_on = case.done_on[key] + VALID
        assert ends_on - WINDOW <= DAY
        assert gift.due_on == max(ends_on, DAY + timedelta(days=TERMS.days[key]))
        assert gift.round == (case.held[key].round if key in case.held else 1) + 1
        assert key in case.wanted
        assert not case.blocked
    for key in set(case.wanted) & TERMS.days.keys() & case.done - again.keys():
        still = case.done_on[key] + VALID - WINDOW > DAY
        assert still or case.blocked or not case.has(key)


@given(cases())
def test_what_is_missing_comes_back_in_the_round_it_was_in(case: Case) -> None:
    for gift in decide(case, ROUNDS).gifts:
        if gift.why is not Why.AGAIN:
            held = case.held.get(gift.module_key)
            assert gift.round == (held.round if held else 1)


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
DONE = {"a": BEGAN}
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
            replace(OUTSIDE, held=MINE, begun=frozenset("a"), done_on=DONE),
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
    done = replace(IN, begun=frozenset("a"), done_on=DONE)
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


LAST_YEAR = replace(TERMS, valid=timedelta(days=100))  # done when it began: over on this day
DID = replace(IN, begun=frozenset("a"), done_on=DONE)


@pytest.mark.parametrize(
    ("case", "round_"),
    [
        pytest.param(replace(DID, held=MINE), 2, id="given and done"),
        pytest.param(replace(DID, held={"a": Held(BEGAN, ours=False)}), 2, id="another gave it"),
        pytest.param(replace(DID, held={"a": Held(BEGAN, ours=True, round=2)}), 3, id="a third"),
        pytest.param(DID, 2, id="done without being asked"),
        pytest.param(replace(DID, held=LOST), 2, id="taken back and done"),
        pytest.param(replace(DID, opened_on=None, held=MINE), 2, id="moved to a wave to come"),
    ],
)
def test_what_is_not_valid_any_more_has_to_be_done_again(case: Case, round_: int) -> None:
    assert decide(case, LAST_YEAR).gifts == (
        Gift("a", DAY + timedelta(days=30), Why.AGAIN, round_),
    )
    assert decide(case, TERMS).gifts == ()  # valid for good
    put_off = replace(case, blocked=True)
    assert decide(put_off, LAST_YEAR).postponed == (Note("a", Why.BLOCKED),)


def test_who_was_never_given_it_does_it_again_with_the_team() -> None:
    assert decide(replace(DID, opened_on=None), LAST_YEAR).gifts == ()


@pytest.mark.parametrize(("days", "opens"), [(27, True), (28, True), (29, False)])
def test_the_window_opens_four_weeks_before_the_end(days: int, opens: bool) -> None:
    terms = replace(TERMS, valid=timedelta(days=100 + days))
    gifts = decide(replace(DID, held=MINE), terms).gifts
    assert [gift.round for gift in gifts] == ([2] if opens else [])


@pytest.mark.parametrize(("weeks", "after"), [(1, 4), (4, 14), (8, 28), (9, 35)])
def test_what_is_valid_for_a_short_time_does_not_come_back_at_once(weeks: int, after: int) -> None:
    case = replace(DID, held=MINE)
    days = (day for day in range(100) if decide(case, _on(day, weeks)).gifts)
    assert next(days) == after


def _on(days: int, weeks: int) -> Terms:
    return replace(TERMS, day=BEGAN + timedelta(days=days), valid=timedelta(weeks=weeks))


def test_who_is_exempt_in_a_later_round_loses_that_and_what_was_done_stays_done() -> None:
    later = {"a": Held(BEGAN, ours=True, round=2)}
    assert decide(replace(OUTSIDE, held=later), LAST_YEAR).withdrawn == (Note("a", Why.EXEMPT),)
    done = replace(OUTSIDE, held=later, begun=frozenset("a"), done_on=DONE)
    assert decide(done, LAST_YEAR).withdrawn == ()
