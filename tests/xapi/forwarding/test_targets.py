"""Targets are for administrators: made and asked by command, their secret never shown."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from leer.xapi.forwarding import addresses, sealing, targets
from leer.xapi.forwarding.delivering import Outcome
from leer.xapi.models import ForwardTarget
from tests.xapi.forwarding.facts import READ, be_readable, forward, statement, store, store_many
from tests.xapi.forwarding.facts import target_at as a_target
from tests.xapi.forwarding.lrs import KEY, SECRET, Lrs, Says


def command(*said: str) -> str:
    out = io.StringIO()
    call_command("xapi_forward", *said, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def add(lrs: Lrs, monkeypatch: pytest.MonkeyPatch, *said: str) -> ForwardTarget:
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET + "\n"))
    command("add", "data", lrs.url, "--key", KEY, *said)
    return ForwardTarget.objects.get()


def test_the_secret_is_kept_sealed_and_shown_nowhere(
    lrs: Lrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = add(lrs, monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(row)::text from xapi_forwardtarget as row")
        kept = cursor.fetchone()[0]
    assert SECRET not in kept + command("list")
    assert sealing.open_sealed(target.sealed_secret) == SECRET


def test_a_secret_opens_with_the_key_it_was_sealed_under_only(lrs: Lrs) -> None:
    store_many(1)
    target = a_target(lrs)
    with override_settings(SECRET_KEY="another"):
        assert forward(target) is Outcome.UNWELL
    assert "SECRET_KEY" in target.last_error
    assert lrs.came == []
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["only-for-tests"]):
        assert forward(target, early=True) is Outcome.UP_TO_DATE


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://lrs.example/xapi",
        "http://127.0.0.1.example/xapi",
        "ftp://lrs.example/xapi",
        "lrs.example/xapi",
        "https://key:secret@lrs.example/xapi",
        "https://lrs.example/xapi?a=1",
        "https://lrs.example:port/xapi",
        "https://[::1/xapi",
        "https:///xapi",
    ],
)
def test_an_address_is_refused(endpoint: str) -> None:
    with pytest.raises(ValidationError):
        addresses.checked(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    ["https://lrs.example/xapi", "http://localhost:8000/x", "http://[::1]:80", "http://127.9.9.9"],
)
def test_an_address_is_taken(endpoint: str) -> None:
    assert addresses.checked(endpoint + "/") == endpoint


@override_settings(XAPI_FORWARDS_OVER_HTTP=True)
def test_plain_http_is_for_a_network_that_a_setting_calls_trusted() -> None:
    assert addresses.checked("http://lrs.intern/xapi") == "http://lrs.intern/xapi"


@pytest.mark.parametrize("changes", [{"batch_size": 501}, {"batch_size": 0}, {"secret": ""}])
def test_a_target_is_refused_with(lrs: Lrs, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_target(lrs, **changes)
    assert not ForwardTarget.objects.exists()


def test_the_backlog_counts_what_waits_and_since_when(lrs: Lrs) -> None:
    store(statement(), private=True)
    assert targets.backlog(a_target(lrs)) == targets.Backlog(0)
    store_many(3)
    store(statement(verb=READ))
    waits = targets.backlog(ForwardTarget.objects.get())
    assert (waits.count, waits.is_more) == (4, False)
    assert waits.since is not None
    assert abs(waits.since - timezone.now()) < timedelta(seconds=10)
    readers = targets.backlog(a_target(lrs, name="lezers", verbs=[READ]))
    assert (readers.count, readers.is_more) == (1, False)
    assert readers.since is not None
    assert readers.since > waits.since


def test_a_long_backlog_is_told_without_counting_it_all(
    lrs: Lrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "MOST_COUNTED", 4)
    monkeypatch.setattr(targets, "PORTION", 2)
    store_many(5)
    store(statement(verb=READ))
    everything, readers = a_target(lrs), a_target(lrs, name="lezers", verbs=[READ])
    assert (targets.backlog(everything).count, targets.backlog(everything).is_more) == (4, True)
    assert (targets.backlog(readers).count, targets.backlog(readers).is_more) == (0, True)


def test_a_target_begins_where_it_is_told(lrs: Lrs) -> None:
    store_many(2)
    be_readable()
    target = a_target(lrs, since=timezone.now())
    new = store_many(1)
    forward(target)
    assert list(lrs.kept) == new


def test_the_list_shows_how_each_target_is(lrs: Lrs, monkeypatch: pytest.MonkeyPatch) -> None:
    target = add(lrs, monkeypatch)
    store_many(2)
    assert "wacht       2  sinds 20" in command("list")
    lrs.mood = lambda came: Says(503, "dicht")
    forward(target)
    shown = command("list")
    assert "wacht na een fout" in shown
    assert "503 Service Unavailable: dicht" in shown
    command("pause", "data")
    assert "gepauzeerd" in command("list")


def test_run_delivers_in_the_foreground_before_the_time(
    lrs: Lrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = add(lrs, monkeypatch, "--batch", "2")
    ids = store_many(5)
    lrs.mood = lambda came: Says(503, "dicht")
    forward(target)
    with pytest.raises(CommandError, match="503"):
        command("run", "data")
    lrs.mood = lambda came: None
    assert "Alles is doorgestuurd" in command("run", "data")
    assert list(lrs.kept) == ids


def test_refusals_are_shown_and_offered_again(lrs: Lrs, monkeypatch: pytest.MonkeyPatch) -> None:
    target = add(lrs, monkeypatch)
    [bad, _] = store_many(2)
    lrs.mood = lambda came: Says(400, "te\nlang") if bad in came.ids else None
    forward(target)
    assert command("refused", "data").startswith(f"{bad}  400  ")
    assert "te lang" in command("refused", "data")
    assert command("retry", "data") == "0 aangenomen of vergeten, 1 weer geweigerd.\n"
    lrs.mood = lambda came: None
    assert command("retry", "data") == "1 aangenomen of vergeten, 0 weer geweigerd.\n"
    assert command("refused", "data") == ""
    assert bad in lrs.kept


def test_pause_resume_and_remove(lrs: Lrs, monkeypatch: pytest.MonkeyPatch) -> None:
    target = add(lrs, monkeypatch, "--paused")
    assert targets.due() == []
    with pytest.raises(CommandError, match="Gepauzeerd"):
        command("run", "data")
    command("resume", "data")
    assert targets.due() == [target.pk]
    command("remove", "data")
    assert not ForwardTarget.objects.exists()
    with pytest.raises(CommandError, match="xapi_forward list"):
        command("run", "data")
