"""Everything arrives, in order, whatever the target answers."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from leer.xapi.forwarding import delivering, refusals, sending, targets
from leer.xapi.forwarding.delivering import Outcome, deliver
from leer.xapi.models import ForwardRefusal, ForwardTarget
from leer.xapi.selectors import place_of
from leer.xapi.store.positions import first_at
from tests.xapi.forwarding.facts import (
    be_readable,
    forward,
    statement,
    store,
    store_many,
    target_at,
    with_file,
)
from tests.xapi.forwarding.lrs import SECRET, Came, Lrs, Mood, Says


def test_everything_arrives_in_the_order_of_the_ledger_in_batches(lrs: Lrs) -> None:
    ids = store_many(25)
    target = target_at(lrs, batch_size=10)
    assert forward(target) is Outcome.UP_TO_DATE
    assert [one for came in lrs.came for one in came.ids] == ids
    assert [len(came.ids) for came in lrs.came] == [10, 10, 5]
    assert target.delivered == 25


def test_what_was_delivered_is_not_sent_again(lrs: Lrs) -> None:
    store_many(3)
    target = target_at(lrs)
    forward(target)
    new = store_many(2)
    forward(target)
    assert [came.ids for came in lrs.came[1:]] == [new]


def test_a_statement_is_sent_as_it_is_kept(lrs: Lrs) -> None:
    [id_] = store(statement(result={"response": "né"}))
    forward(target_at(lrs))
    assert lrs.kept[id_]["result"] == {"response": "né"}
    assert lrs.kept[id_]["authority"]["account"]["name"] == "test"


def test_the_version_of_the_target_is_in_the_header(lrs: Lrs) -> None:
    store_many(1)
    forward(target_at(lrs, version="1.0.3"))
    headers = {name.lower(): value for name, value in lrs.came[0].headers.items()}
    assert headers["x-experience-api-version"] == "1.0.3"


def test_private_statements_stay_inside(lrs: Lrs) -> None:
    store(statement(), private=True)
    [shared] = store(statement())
    store(statement(), private=True)
    target = target_at(lrs)
    forward(target)
    assert list(lrs.kept) == [shared]
    assert target.position >= first_at(timezone.now() - timedelta(seconds=5))


def test_attachments_go_along_with_their_bytes(lrs: Lrs) -> None:
    one, other = with_file(b"een"), with_file(b"twee", fileUrl="https://x.example/twee")
    store(one, files={one["attachments"][0]["sha2"]: b"een"})
    store(other, files={other["attachments"][0]["sha2"]: b"twee"})
    store(with_file(b"nergens", fileUrl="https://x.example/elders"))
    assert forward(target_at(lrs)) is Outcome.UP_TO_DATE
    assert sorted(lrs.files.values()) == [b"een", b"twee"]
    assert len(lrs.kept) == 3


def test_an_earlier_place_that_commits_later_is_still_forwarded(lrs: Lrs) -> None:
    """The order of places is not the order of commits."""
    written, may_commit = threading.Event(), threading.Event()
    early: list[str] = []

    def write_slowly() -> None:
        with transaction.atomic():
            early.extend(store_many(1))
            written.set()
            assert may_commit.wait(20)
        connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert written.wait(20)
    late = store_many(1)
    target = target_at(lrs)
    time.sleep(1.5)  # longer than readers wait anyhow
    deliver(target.pk)
    assert lrs.came == []  # the late one is there for all to read, and waits for the early one
    may_commit.set()
    slow.join()
    assert forward(target) is Outcome.UP_TO_DATE
    assert list(lrs.kept) == early + late
    places = [place_of(one) for one in early + late]  # type: ignore[arg-type]
    assert places == sorted(places)  # type: ignore[type-var]


# When the target is unwell ---------------------------------------------------------------------
@pytest.mark.parametrize("status", [301, 302, 401, 403, 404, 418, 429, 500, 502, 503])
def test_nothing_is_skipped_when_the_target_says(lrs: Lrs, status: int) -> None:
    ids = store_many(2)
    target = target_at(lrs)
    lrs.mood = lambda came: Says(status, "niet nu", {"Location": f"{lrs.url}/elders"})
    assert forward(target) is Outcome.UNWELL
    assert (target.position, target.failures, len(lrs.came)) == (-1, 1, 1)
    assert target.last_error.startswith(str(status))
    lrs.mood = lambda came: None
    assert forward(target, early=True) is Outcome.UP_TO_DATE
    assert list(lrs.kept) == ids
    assert (target.failures, target.last_error, target.try_again_at) == (0, "", None)


def test_a_page_that_says_200_is_no_delivery(lrs: Lrs) -> None:
    store_many(1)
    target = target_at(lrs)
    lrs.mood = lambda came: Says(200, "<html>Log in</html>")
    assert forward(target) is Outcome.UNWELL
    lrs.mood = lambda came: Says(200, "[]")
    assert forward(target, early=True) is Outcome.UNWELL
    assert target.position == -1


def test_nobody_listening_is_trouble_and_no_loss(lrs: Lrs) -> None:
    ids = store_many(2)
    target = target_at(lrs)
    lrs.close()
    assert forward(target) is Outcome.UNWELL
    assert "ConnectionRefused" in target.last_error
    lrs.open(lrs.port)
    assert forward(target, early=True) is Outcome.UP_TO_DATE
    assert list(lrs.kept) == ids


def test_a_target_that_never_answers_is_given_up(lrs: Lrs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TIMEOUT", 0.2)
    stop = threading.Event()
    store_many(1)
    target = target_at(lrs)
    lrs.mood = lambda came: Says(200) if stop.wait(10) else None
    assert forward(target) is Outcome.UNWELL
    stop.set()
    assert target.last_error == "TimeoutError"


def test_the_wait_doubles_up_to_an_hour(lrs: Lrs) -> None:
    store_many(1)
    target = target_at(lrs)
    lrs.mood = lambda came: Says(500)
    for failures, longest in [(0, 10), (1, 20), (4, 160), (9, 3600), (5000, 3600)]:
        ForwardTarget.objects.update(failures=failures)
        forward(target, early=True)
        wait = (target.try_again_at - timezone.now()).total_seconds()  # type: ignore[operator]
        assert 0.7 * longest < wait <= longest


@pytest.mark.parametrize("said", ["120", None], ids=["seconds", "a moment"])
def test_the_target_says_how_long_to_stay_away(lrs: Lrs, said: str | None) -> None:
    store_many(1)
    target = target_at(lrs)
    in_two_minutes = timezone.now() + timedelta(seconds=120)
    text = said or in_two_minutes.strftime("%a, %d %b %Y %H:%M:%S GMT")
    lrs.mood = lambda came: Says(503, "", {"Retry-After": text})
    forward(target)
    wait = (target.try_again_at - timezone.now()).total_seconds()  # type: ignore[operator]
    assert 115 < wait <= 121


def test_nobody_tries_before_the_time(lrs: Lrs) -> None:
    store_many(1)
    target = target_at(lrs)
    lrs.mood = lambda came: Says(500)
    forward(target)
    assert targets.due() == []
    assert forward(target) is Outcome.IDLE
    assert len(lrs.came) == 1


def test_the_error_holds_no_secret_when_the_target_repeats_it(
    lrs: Lrs, caplog: pytest.LogCaptureFixture
) -> None:
    store_many(1)
    target = target_at(lrs)
    ForwardTarget.objects.update(key="another-key")
    forward(target)
    assert target.last_error == "401 Unauthorized: who is Basic …?"
    lrs.mood = lambda came: None
    ForwardTarget.objects.update(key="the-key")
    lrs.mood = lambda came: Says(500, f"ik hoorde {SECRET}")
    forward(target, early=True)
    assert target.last_error == "500 Internal Server Error: ik hoorde …"
    assert SECRET not in caplog.text


# When the target will not have a statement -------------------------------------------------------
def refuses(bad: set[str], status: int) -> Mood:
    return lambda came: Says(status, "zo niet") if bad & set(came.ids) else None


@pytest.mark.parametrize("status", [400, 413, 422])
def test_one_bad_statement_is_set_aside_and_blocks_nobody(lrs: Lrs, status: int) -> None:
    ids = store_many(20)
    target = target_at(lrs)
    lrs.mood = refuses({ids[7]}, status)
    assert forward(target) is Outcome.UP_TO_DATE
    assert list(lrs.kept) == ids[:7] + ids[8:]
    refusal = ForwardRefusal.objects.get()
    assert (str(refusal.statement_id), refusal.status, refusal.answer) == (
        ids[7],
        status,
        "zo niet",
    )
    assert target.delivered == 19


def test_an_id_that_is_there_already_counts_as_delivered(lrs: Lrs) -> None:
    ids = store_many(4)
    target = target_at(lrs)
    lrs.mood = refuses({ids[1]}, 409)
    assert forward(target) is Outcome.UP_TO_DATE
    assert target.delivered == 4
    assert ForwardRefusal.objects.get().status == 409


def test_a_target_that_refuses_everything_is_unwell(lrs: Lrs) -> None:
    ids = store_many(60)
    target = target_at(lrs)
    lrs.mood = lambda came: Says(400, "onbekende versie")
    assert forward(target) is Outcome.UNWELL
    assert ForwardRefusal.objects.count() == delivering.MOST_REFUSED
    lrs.mood = lambda came: None
    assert forward(target, early=True) is Outcome.UP_TO_DATE
    assert refusals.try_again(target) == (delivering.MOST_REFUSED, 0)
    assert set(lrs.kept) == set(ids)
    assert not ForwardRefusal.objects.exists()


def test_what_is_still_refused_stays_set_aside(lrs: Lrs) -> None:
    ids = store_many(3)
    target = target_at(lrs)
    lrs.mood = refuses({ids[0], ids[1]}, 400)
    forward(target)
    lrs.mood = refuses({ids[1]}, 422)
    assert refusals.try_again(target) == (1, 1)
    assert ForwardRefusal.objects.get().status == 422


def test_a_slow_target_gets_past_the_halves_however_small_the_budget(lrs: Lrs) -> None:
    ids = store_many(16)
    target = target_at(lrs)
    lrs.mood = refuses({ids[0]}, 400)
    outcomes = [forward(target, seconds=0) for _ in range(8)]
    assert outcomes[-1] is Outcome.UP_TO_DATE
    assert set(lrs.kept) == set(ids[1:])


# Together ----------------------------------------------------------------------------------------
def test_one_worker_at_a_time_has_a_target(lrs: Lrs) -> None:
    store_many(1)
    target = target_at(lrs)
    outcomes: list[Outcome] = []

    def try_too(came: Came) -> None:
        def run() -> None:
            outcomes.append(deliver(target.pk))
            connection.close()

        other = threading.Thread(target=run)
        other.start()
        other.join()

    lrs.mood = try_too
    assert forward(target) is Outcome.UP_TO_DATE
    assert outcomes == [Outcome.IDLE]
    assert len(lrs.came) == 1


def test_a_position_that_another_worker_moved_is_left_alone(lrs: Lrs) -> None:
    """As when a lock was lost with its connection."""
    store_many(1)
    be_readable()
    target = target_at(lrs)
    further = first_at(timezone.now() + timedelta(days=1))
    lrs.mood = lambda came: _move_to(further)
    assert forward(target) is Outcome.IDLE
    assert (target.position, target.delivered) == (further, 0)


def _move_to(place: int) -> None:
    ForwardTarget.objects.update(position=place)
    connection.close()


def test_a_transaction_is_not_held_open_while_the_target_thinks(lrs: Lrs) -> None:
    """It would hold back what readers are told to be complete."""
    store_many(1)
    open_since: list[object] = []

    def look(came: Came) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "select xact_start from pg_stat_activity where datname = current_database()"
                " and pid <> pg_backend_pid() and xact_start is not null"
            )
            open_since.extend(cursor.fetchall())
        connection.close()

    lrs.mood = look
    forward(target_at(lrs))
    assert (len(lrs.came), open_since) == (1, [])


def test_pausing_stops_after_the_batch_that_is_under_way(lrs: Lrs) -> None:
    ids = store_many(6)
    target = target_at(lrs, batch_size=2)
    lrs.afterthought = lambda came: _pause()
    assert forward(target) is Outcome.IDLE
    assert list(lrs.kept) == ids[:2]
    assert target.delivered == 2
    assert forward(target) is Outcome.IDLE
    assert targets.due() == []
    lrs.afterthought = lambda came: None
    targets.resume(target)
    assert forward(target) is Outcome.UP_TO_DATE
    assert [one for came in lrs.came for one in came.ids] == ids


def _pause() -> None:
    targets.pause(ForwardTarget.objects.get())
    connection.close()


def test_a_target_that_was_removed_meanwhile_ends_the_run(lrs: Lrs) -> None:
    store_many(4)
    target = target_at(lrs, batch_size=2)

    def remove(came: Came) -> None:
        ForwardTarget.objects.all().delete()
        connection.close()

    lrs.afterthought = remove
    be_readable()
    assert deliver(target.pk) is Outcome.IDLE
    assert len(lrs.came) == 1
