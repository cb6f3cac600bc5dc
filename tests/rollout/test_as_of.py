"""Where people were on a day, as it was known on a day: the same for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from leer.accounts.models import User
from leer.progress import api as progress
from leer.rollout import api as rollout
from leer.rollout.giving import Grant, give
from leer.rollout.models import Assignment, AssignmentRecord
from leer.rollout.selectors import State
from leer.xapi.actions import ourselves
from leer.xapi.statements.checking import check
from leer.xapi.statements.own import encode
from leer.xapi.store.partitions import ensure_coming_years
from leer.xapi.store.writing import Unit, write
from tests.support.factories_organisation import UserFactory

KEY = "m"
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DUE = date(2026, 3, 20)
NUMBERS = count()


@dataclass(frozen=True)
class Said:
    """Something that happened, and when it was recorded. ``what`` is given, withdrawn, begun, done
    or voided; ``number`` the round that it is of, or the stay.
    """

    what: str
    number: int
    happened: datetime
    recorded: datetime


def night(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))


# Writing it down, as Leer does --------------------------------------------------------------------
def record(user: User, said: Said) -> None:
    """By the real ways in; only the moment of recording is put where the test wants it."""
    before = AssignmentRecord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    WAYS[said.what](user, said)
    AssignmentRecord.objects.filter(pk__gt=before).update(recorded_at=said.recorded)


def assign(user: User, said: Said) -> None:
    give([Grant(user.pk, KEY, DUE, None, said.number)], reason="x", at=said.happened)


def withdraw(user: User, said: Said) -> None:
    held = Assignment.objects.filter(user=user, round=said.number, withdrawn_at__isnull=True)
    held.update(withdrawn_at=said.happened)


def tell(kind: type[progress.Event]) -> Callable[[User, Said], None]:
    def stored(user: User, said: Said) -> None:
        stay = uuid5(user.actor_name, str(said.number))
        # Another system may tell the same under an id of its own: so every one is another fact.
        facts = {"actor": user.actor_name, "module": KEY, "registration": stay, "version": "1"}
        statement = kind(**facts, at=said.happened).statement()
        statement.id = uuid5(stay, f"{kind.__name__} {said.happened}")
        append(encode(statement), said.recorded)

    return stored


def void(user: User, said: Said) -> None:
    """Voiding does not change progress (decision 0014)."""
    stay = uuid5(user.actor_name, str(said.number))
    target = uuid5(stay, f"ModuleCompleted {said.happened}")
    text = (
        f'{{"id":"{uuid5(stay, f"void {next(NUMBERS)}")}",'
        '"actor":{"account":{"homePage":"https://ander.example","name":"beheer"}},'
        '"verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},'
        f'"object":{{"objectType":"StatementRef","id":"{target}"}},'
        f'"timestamp":"{said.happened.isoformat()}"}}'
    )
    append(text.encode(), said.recorded)


def append(text: bytes, recorded: datetime) -> None:
    moment = int(recorded.timestamp() * 1_000_000)
    write([Unit(ourselves(), [check(text, version="1.0.3")])], compare=False, now=moment)


WAYS: dict[str, Callable[[User, Said], None]] = {
    "given": assign,
    "withdrawn": withdraw,
    "begun": tell(progress.ModuleStarted),
    "done": tell(progress.ModuleCompleted),
    "voided": void,
}


# What must come of it -----------------------------------------------------------------------------
def expected(everything: list[Said], day: date, known_on: date) -> State | None:
    """By the words of the domain, from the list of what was said."""
    known = [said for said in everything if said.recorded < night(known_on)]
    rounds = {number: since for number in (1, 2) if (since := held(known, number, day))}
    if not rounds:
        return None
    since = rounds[max(rounds)] if max(rounds) > 1 else None
    happened = [said for said in known if said.happened < night(day)]
    stays = [stay_of(happened, number) for number in (1, 2)]
    if any(done and (since is None or done >= since) for _begun, done in stays):
        return State.DONE
    if day > DUE:
        return State.OVERDUE
    open_ = [begun for begun, done in stays if begun and not done]
    is_busy = any(since is None or begun >= since for begun in open_)
    return State.BUSY if is_busy else State.TODO


def held(known: list[Said], number: int, day: date) -> datetime | None:
    """Since when this round counts, if it was asked at the end of the day. What is given twice is
    given once, and what is not there cannot be taken back.
    """
    changes: list[Said] = []
    for said in known:
        is_there = bool(changes) and changes[-1].what == "given"
        if said.number == number and said.what == ("withdrawn" if is_there else "given"):
            changes.append(said)
    happened = [said for said in changes if said.happened < night(day)]
    # The sort keeps the order of recording for what happened at one moment.
    last = sorted(happened, key=lambda said: said.happened)[-1:]
    return changes[0].happened if last and last[0].what == "given" else None


def stay_of(happened: list[Said], number: int) -> tuple[datetime | None, datetime | None]:
    def first(what: str) -> datetime | None:
        moments = [one.happened for one in happened if (one.what, one.number) == (what, number)]
        return min(moments, default=None)

    return first("begun"), first("done")


def answered(user: User, day: date, known_on: date) -> State | None:
    found = rollout.asked_on([user], day, known_on=known_on).get((user.pk, KEY))
    return found.state if found else None


@st.composite
def streams(draw: st.DrawFn) -> list[Said]:
    """In the order of recording; what is told late happened up to forty days before that."""
    said, recorded = [], START
    for _number in range(draw(st.integers(2, 10))):
        recorded += timedelta(hours=draw(st.integers(1, 120)))
        late = timedelta(hours=draw(st.one_of(st.just(0), st.integers(0, 960))))
        what = draw(st.sampled_from(["given", "given", "done", "done", "begun", "withdrawn"]))
        said.append(Said(what, draw(st.integers(1, 2)), recorded - late, recorded))
        if draw(st.integers(0, 4)) == 0:  # the same once more, or taken back
            recorded += timedelta(hours=1)
            said.append(
                Said(
                    draw(st.sampled_from([what, "voided"])),
                    said[-1].number,
                    said[-1].happened,
                    recorded,
                )
            )
    return said


class AsOf(HypothesisTestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stream=streams(), days=st.lists(st.integers(-40, 60), min_size=2, max_size=3))
    def test_an_answer_is_right_and_what_comes_later_never_changes_it(
        self, stream: list[Said], days: list[int]
    ) -> None:
        ensure_coming_years()
        user = User.objects.create_user(f"noor-{next(NUMBERS)}")
        asked = [(START + timedelta(days=number)).date() for number in days]
        answers: dict[tuple[date, date], State | None] = {}
        for said in stream:
            over = timezone.localdate(said.recorded) - timedelta(days=1)  # nothing more comes to it
            for day in asked:
                answers[day, over] = answered(user, day, over)
            record(user, said)
        for (day, known_on), answer in answers.items():
            assert answered(user, day, known_on) == answer
            assert answer == expected(stream, day, known_on)
        last = timezone.localdate(stream[-1].recorded)
        for day in asked:
            assert answered(user, day, last) == expected(stream, day, last)


# By example ---------------------------------------------------------------------------------------
@pytest.fixture
def noor(db: None) -> User:
    ensure_coming_years()
    return UserFactory()


def on(number: int) -> datetime:
    return START + timedelta(days=number)


def test_a_completion_that_is_told_late_counts_from_the_day_it_was_told(noor: User) -> None:
    record(noor, Said("given", 1, on(0), on(0)))
    record(noor, Said("done", 1, on(2), on(9)))
    day = on(5).date()
    assert answered(noor, day, on(5).date()) is State.TODO
    assert answered(noor, day, on(8).date()) is State.TODO
    assert answered(noor, day, on(9).date()) is State.DONE


def test_what_was_done_elsewhere_counted_from_its_day_until_it_was_taken_back(noor: User) -> None:
    record(noor, Said("given", 1, on(0), on(0)))
    tell(progress.ModuleSatisfied)(noor, Said("accepted", 1, on(2), on(6)))
    tell(progress.CompletionRetracted)(noor, Said("taken back", 1, on(9), on(9)))
    day = on(3).date()
    assert answered(noor, day, on(5).date()) is State.TODO
    assert answered(noor, day, on(6).date()) is State.DONE
    assert answered(noor, day, on(9).date()) is State.DONE
    assert answered(noor, on(9).date(), on(9).date()) is State.TODO


def test_what_was_withdrawn_was_asked_before_that(noor: User) -> None:
    record(noor, Said("given", 1, on(0), on(0)))
    record(noor, Said("withdrawn", 1, on(4), on(4)))
    record(noor, Said("given", 1, on(8), on(8)))
    today = on(20).date()
    states = [answered(noor, on(day).date(), today) for day in (-1, 0, 3, 4, 7, 8)]
    assert states == [None, State.TODO, State.TODO, None, None, State.TODO]


def test_a_second_round_asks_again_and_the_first_stays_done_on_its_days(noor: User) -> None:
    for said in (Said("given", 1, on(0), on(0)), Said("done", 1, on(1), on(1))):
        record(noor, said)
    record(noor, Said("given", 2, on(10), on(10)))
    today = on(30).date()
    states = [answered(noor, on(day).date(), today) for day in (0, 1, 9, 10, 19, 20)]
    assert states[:5] == [State.TODO, State.DONE, State.DONE, State.TODO, State.TODO]
    assert states[5] is State.OVERDUE


def test_the_database_keeps_what_an_assignment_said_whoever_changes_it(noor: User) -> None:
    give([Grant(noor.pk, KEY, DUE, None)], reason="x", at=on(0))
    give([Grant(noor.pk, KEY, DUE, None)], reason="y", at=on(1))  # is there: nothing new
    Assignment.objects.update(reason="another word")
    Assignment.objects.update(due_on=DUE + timedelta(days=7))
    with connection.cursor() as cursor:
        cursor.execute("update rollout_assignment set withdrawn_at = %s", [on(2)])
    kept = AssignmentRecord.objects.order_by("pk").values_list("due_on", "withdrawn_at")
    later = DUE + timedelta(days=7)
    assert list(kept) == [(DUE, None), (later, None), (later, on(2))]


def test_a_team_costs_as_many_queries_as_one_person(noor: User) -> None:
    people = [noor, *UserFactory.create_batch(5)]
    for user in people:
        record(user, Said("given", 1, on(0), on(0)))
        record(user, Said("done", 1, on(1), on(1)))
    for asked in ([noor], people):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            found = rollout.asked_on(asked, on(5).date())
        assert {one.state for one in found.values()} == {State.DONE}
        assert len(found) == len(asked)
        assert len(seen) == 2  # 1 what assignments said 2 what the ledger knows


def test_today_it_is_what_the_pages_of_today_say(noor: User) -> None:
    today = timezone.localdate()
    give([Grant(noor.pk, KEY, today, None)], reason="x", at=timezone.now())
    stay = UUID(int=1)
    facts = {"actor": noor.actor_name, "module": KEY, "registration": stay, "version": "1"}
    progress.record(noor, [progress.ModuleStarted(**facts, at=timezone.now())])
    [row] = rollout.assignments_of(noor)
    stays = progress.stays_of_people([noor.pk], [KEY])
    [asked] = rollout.asked_on([noor], today).values()
    assert asked.state == rollout.state_in_round(row, stays, today) == State.BUSY
    assert (asked.due_on, asked.round) == (today, 1)
