"""The targets: what waits, what is wrong in words of ours, a pause, and going on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from leer.xapi.admin.forwarding import trouble
from leer.xapi.forwarding import targets
from leer.xapi.forwarding.sending import TargetUnwell
from leer.xapi.models import ForwardRefusal, ForwardTarget
from tests.xapi.admin.reading import TARGETS, page_of, words_of
from tests.xapi.rest_client import Lrs, statement

pytestmark = pytest.mark.django_db
SECRET = "een-geheim-dat-niemand-ziet"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"


def target(name: str = "Datahuis", **values: Any) -> ForwardTarget:
    return targets.add(
        name=name, endpoint="https://lrs.example/xapi", key="leer-hier", secret=SECRET, **values
    )


def unwell(one: ForwardTarget, said: str) -> ForwardTarget:
    one.failures, one.last_error = 3, said
    one.try_again_at = timezone.now() + timedelta(minutes=5)
    one.save()
    return one


def press(client: Client, name: str, one: ForwardTarget) -> str:
    answer = client.post(reverse(f"ledger:{name}", args=[one.pk]), follow=True)
    assert answer.redirect_chain == [(TARGETS, 302)]
    one.refresh_from_db()
    return answer.content.decode()


def test_without_targets_the_page_says_who_makes_one(programme: Client) -> None:
    page = page_of(programme, TARGETS)
    assert "Er wordt niets doorgestuurd." in page


def test_a_target_shows_what_it_gets_and_what_waits(programme: Client, lrs: Lrs) -> None:
    lrs.stored(statement(), statement(), statement(verb={"id": "https://x.example/v"}))
    target(verbs=[COMPLETED, "https://x.example/w"], activity_prefixes=["https://inhoud.example/"])
    said = words_of(page_of(programme, TARGETS))
    for words in (
        "Datahuis https://lrs.example/xapi",
        "rondde af, w",
        "alleen over https://inhoud.example/",
        "2 feiten het oudste van",
        "0 feiten",
        "aan",
    ):
        assert words in said


def test_a_long_backlog_is_told_as_more_than(
    programme: Client, lrs: Lrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "MOST_COUNTED", 2)
    lrs.stored(*(statement() for _ in range(4)))
    target()
    assert "meer dan 2 feiten" in words_of(page_of(programme, TARGETS))


def test_what_was_delivered_and_refused_is_counted(programme: Client) -> None:
    one = target()
    ForwardTarget.objects.update(delivered=1234, last_delivered_at=timezone.now())
    for number, status in enumerate((400, 413, 409)):
        ForwardRefusal.objects.create(
            target=one,
            statement_id=f"00000000-0000-4000-8000-00000000000{number}",
            status=status,
            answer="mailto:jan@x.nl mag niet",
            refused_at=timezone.now(),
        )
    page = page_of(programme, TARGETS)
    assert "1234 feiten laatst op" in words_of(page)
    assert "2 feiten geweigerd" in page  # that one is there already is no refusal
    assert "jan@x.nl" not in page


def test_a_target_is_paused_and_goes_on(programme: Client) -> None:
    one = target()
    page = press(programme, "pause", one)
    assert one.paused_at
    assert targets.due() == []
    assert "“Datahuis” is gepauzeerd." in page
    assert "gepauzeerd sinds" in words_of(page)
    assert "Pauzeren" not in words_of(page)
    page = press(programme, "resume", one)
    assert one.paused_at is None
    assert targets.due() == [one.pk]
    assert "“Datahuis” gaat verder." in page


def test_pressing_twice_does_it_once(programme: Client) -> None:
    one = target()
    press(programme, "pause", one)
    first = one.paused_at
    press(programme, "pause", one)
    assert one.paused_at == first
    press(programme, "resume", one)
    press(programme, "resume", one)
    told = ModelLogEntry.objects.order_by("pk").values_list("action", "label", "user__username")
    assert list(told) == [
        ("xapi.target.pause", "Datahuis", "programma"),
        ("xapi.target.resume", "Datahuis", "programma"),
    ]


def test_after_something_was_put_right_it_is_tried_at_once(programme: Client) -> None:
    one = unwell(target(), "503 Service Unavailable")
    assert "wacht na een fout weer op" in words_of(page_of(programme, TARGETS))
    assert targets.due() == []
    press(programme, "resume", one)
    assert targets.due() == [one.pk]


def test_what_a_target_says_itself_is_not_repeated(programme: Client) -> None:
    for number, said in enumerate(
        (
            "503 Service Unavailable: mailto:jan@x.nl",
            "418 mailto:jan@x.nl: mailto:jan@x.nl",
            "25 statements in a row were refused: 400: mailto:jan@x.nl is unknown",
        )
    ):
        unwell(target(f"doel {number}"), said)
    page = page_of(programme, TARGETS)
    assert "jan@x.nl" not in page
    assert len(re.findall("Laatste fout:", page)) == 3


def test_secrets_and_keys_are_on_no_page(programme: Client) -> None:
    page = page_of(programme, TARGETS)
    one = target()
    page += page_of(programme, TARGETS)
    for words in (SECRET, one.sealed_secret, "leer-hier"):
        assert words not in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", ""),
        ("401 Unauthorized", "laat Leer niet binnen (401)"),
        ("403 Forbidden: x", "laat Leer niet binnen (403)"),
        ("404 Not Found", "Dit adres neemt geen feiten aan (404)"),
        ("302 Found", "Dit adres neemt geen feiten aan (302)"),
        ("429 Too Many Requests: x", "vraagt om even te wachten (429)"),
        ("503 Service Unavailable: x", "heeft een storing (503)"),
        ("25 statements in a row were refused: 400: x", "weigert alle feiten (400)"),
        ("the answer does not have the ids of what was sent", "niet dat van een LRS"),
        (str(TargetUnwell("TimeoutError")), "Versturen lukte niet (TimeoutError)"),
    ],
)
def test_trouble_is_told_in_words(said: str, told: str) -> None:
    assert told in trouble(said)


def test_a_target_that_is_not_there_is_not_found(programme: Client) -> None:
    assert programme.post(reverse("ledger:pause", args=[404])).status_code == 404
