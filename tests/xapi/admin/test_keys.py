"""A key from the cradle to the grave: made, shown once, used within its bounds, taken back."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from leer.xapi import credentials
from leer.xapi.admin.credentials import Row
from leer.xapi.credentials import MEMORY
from leer.xapi.models import Credential
from tests.xapi.admin.reading import KEYS, NEW_KEY, lrs_with, page_of, words_of
from tests.xapi.rest_client import Lrs, statement

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SECRET = re.compile(r'id="made-secret" value="([^"]+)"')
KEY = re.compile(r'id="made-key" value="([^"]+)"')


def make_key(client: Client, **values: Any) -> Any:
    given = {"name": "LMS", "scopes": ["statements/write", "statements/read/mine"]}
    return client.post(NEW_KEY, given | {"version": "2.0.0"} | values)


def pair_in(answer: HttpResponse) -> tuple[str, str]:
    page = answer.content.decode()
    key, secret = KEY.search(page), SECRET.search(page)
    assert key
    assert secret
    return key[1], secret[1]


def a_client_of(client: Client, **values: Any) -> Lrs:
    return lrs_with(*pair_in(make_key(client, **values)))


def everything_kept() -> str:
    """Every row of every table, as text."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select to_jsonb(row)::text from "{table}" as row')
            kept += [row[0] for row in cursor.fetchall()]
    return "\n".join(kept)


def test_a_key_is_made_and_works(administrator: Client) -> None:
    lrs = a_client_of(administrator)
    [fact] = lrs.stored(statement())
    assert lrs.one(statementId=fact)["id"] == fact


def test_the_secret_is_in_one_answer_and_nowhere_else(
    administrator: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    answer = make_key(administrator)
    _, secret = pair_in(answer)
    assert "no-store" in answer["Cache-Control"]
    assert secret not in everything_kept()  # sessions, messages and Wagtail's log among it
    assert secret not in json.dumps(dict(administrator.session))
    assert secret not in caplog.text
    for url in (KEYS, NEW_KEY, reverse("wagtailadmin_reports:site_history")):
        assert secret not in page_of(administrator, url)


def test_sending_the_form_again_makes_no_second_key_and_shows_no_secret(
    administrator: Client,
) -> None:
    make_key(administrator)
    again = make_key(administrator)
    assert again.status_code == 200
    assert "made-secret" not in again.content.decode()
    assert Credential.objects.count() == 1


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(administrator: Client) -> None:
    make_key(administrator)
    page = make_key(administrator, activity_prefix="https://x.example/", rate_limit="7")
    text = page.content.decode()
    assert "bestaat al" in text
    for typed in ('value="LMS"', 'value="https://x.example/"', 'value="7"'):
        assert typed in text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("name", " ", "Dit is een verplicht veld"),
        ("scopes", [], "Dit is een verplicht veld"),
        ("scopes", ["everything"], "Selecteer een geldige keuze"),
        ("activity_prefix", "geen adres", "Schrijf het hele adres"),
        ("rate_limit", "0", "minstens 1"),
        ("expires_on", "2020-01-01", "Kies vandaag of een latere dag"),
        ("expires_on", "9999-12-31", "tussen 2000 en 2100"),
        ("expires_on", "morgen", "Voer een geldige datum in"),
        ("version", "3.0", "Selecteer een geldige keuze"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    administrator: Client, name: str, value: Any, said: str
) -> None:
    answer = make_key(administrator, **{name: value})
    text = answer.content.decode()
    error = text[text.index(f'id="id_{name}_error"') :]
    assert said in error[: error.index("</div>")]
    assert "Dit lukte nog niet" in text
    assert not Credential.objects.exists()


def test_all_that_was_chosen_is_kept_and_listed(administrator: Client) -> None:
    make_key(
        administrator,
        scopes=["statements/read", "state"],
        activity_prefix="https://inkoop.example/",
        trusted="on",
        rate_limit="120",
        expires_on="2099-06-30",
        version="1.0.3",
    )
    made = Credential.objects.get()
    assert made.scopes == ["state", "statements/read"]
    assert (made.activity_prefix, made.trusted) == ("https://inkoop.example/", True)
    assert (made.rate_limit, made.version) == (120, "1.0.3")
    assert made.expires_at == datetime(2099, 7, 1, tzinfo=AMSTERDAM)
    said = words_of(page_of(administrator, KEYS))
    for words in (
        "Alle feiten lezen",
        "Toestand bewaren",
        "alleen over https://inkoop.example/",
        "telt mee voor voortgang",
        "hooguit 120 verzoeken per minuut",
        "30 juni 2099",
        "geldig",
    ):
        assert words in said


def test_a_key_holds_on_its_last_day_and_not_after(administrator: Client) -> None:
    today = timezone.localdate()
    lrs = a_client_of(administrator, expires_on=today.isoformat())
    assert lrs.post(statement()).status == 200
    midnight = datetime.combine(today + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    assert Credential.objects.get().expires_at == midnight
    Credential.objects.update(expires_at=timezone.now())
    MEMORY.forget()
    assert lrs.post(statement()).status == 401
    assert "verlopen" in words_of(page_of(administrator, KEYS))


def test_a_key_is_bound_to_its_activities(administrator: Client) -> None:
    lrs = a_client_of(administrator, activity_prefix="https://inkoop.example/")
    assert lrs.post(statement(object={"id": "https://inkoop.example/1"})).status == 200
    assert lrs.post(statement(object={"id": "https://elders.example/1"})).status == 403


def test_a_key_has_its_limit_a_minute(administrator: Client) -> None:
    lrs = a_client_of(administrator, rate_limit="1")
    answers = [lrs.post(statement()).status for _ in range(3)]
    assert answers.count(429) >= 1  # a minute may turn between two of them
    assert answers[0] == 200


def test_a_key_may_what_its_scopes_say(administrator: Client) -> None:
    reader = a_client_of(administrator, name="lezer", scopes=["statements/read"])
    assert reader.post(statement()).status == 403
    writer = a_client_of(administrator, name="schrijver", scopes=["statements/write"])
    assert writer.post(statement()).status == 200


def test_a_key_is_revoked_after_a_question_and_opens_nothing_more(administrator: Client) -> None:
    lrs = a_client_of(administrator)
    assert lrs.post(statement()).status == 200
    made = Credential.objects.get()
    url = reverse("credentials:revoke", args=[made.pk])
    assert "“LMS” intrekken?" in page_of(administrator, url)
    answer = administrator.post(url, follow=True)
    assert "De sleutel “LMS” is ingetrokken." in answer.content.decode()
    assert "ingetrokken" in words_of(answer.content.decode())
    assert lrs.post(statement()).status == 401
    assert "is al ingetrokken" in page_of(administrator, url)


def test_revoking_twice_keeps_the_first_moment_and_one_line_in_the_log(
    administrator: Client,
) -> None:
    made = credentials.make(name="LMS").credential
    url = reverse("credentials:revoke", args=[made.pk])
    administrator.post(url)
    made.refresh_from_db()
    first = made.revoked_at
    administrator.post(url)
    made.refresh_from_db()
    assert made.revoked_at == first
    assert ModelLogEntry.objects.filter(action="xapi.credential.revoke").count() == 1


def test_the_log_tells_who_made_and_revoked_which_key(administrator: Client) -> None:
    make_key(administrator)
    administrator.post(reverse("credentials:revoke", args=[Credential.objects.get().pk]))
    told = [
        (entry.action, entry.label, entry.user.username)
        for entry in ModelLogEntry.objects.order_by("pk").select_related("user")
    ]
    assert told == [
        ("xapi.credential.make", "LMS", "beheerder"),
        ("xapi.credential.revoke", "LMS", "beheerder"),
    ]


def test_a_key_that_is_not_there_is_not_found(administrator: Client) -> None:
    url = reverse("credentials:revoke", args=[404])
    assert administrator.get(url).status_code == 404
    assert administrator.post(url).status_code == 404


def test_without_keys_the_page_says_what_to_do(administrator: Client) -> None:
    page = page_of(administrator, KEYS)
    assert "Er zijn nog geen sleutels" in page
    assert NEW_KEY in page


def test_keys_that_open_something_come_first(administrator: Client) -> None:
    for name in ("a", "b", "c"):
        credentials.make(name=f"systeem {name}")
    Credential.objects.filter(name="systeem a").update(expires_at=timezone.now())
    Credential.objects.filter(name="systeem b").update(revoked_at=timezone.now())
    names = re.findall(r"systeem [abc](?=\s)", words_of(page_of(administrator, KEYS)))
    assert list(dict.fromkeys(names)) == ["systeem c", "systeem a", "systeem b"]


def test_the_last_day_of_a_key_from_the_shell_is_the_day_in_which_it_ends() -> None:
    noon = datetime(2027, 6, 30, 12, tzinfo=AMSTERDAM)
    assert Row(Credential(expires_at=noon)).last_day == date(2027, 6, 30)
    assert Row(Credential()).last_day is None


def test_the_log_can_be_read_where_the_manual_says(administrator: Client) -> None:
    make_key(administrator, name="Inkoop 2027")
    said = words_of(page_of(administrator, reverse("wagtailadmin_reports:site_history")))
    assert re.search("Inkoop 2027 .*Sleutel gemaakt", said)
