"""Looking for facts and reading one."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from leer.xapi.admin import finding
from leer.xapi.admin.words import VERBS
from leer.xapi.models import Credential
from leer.xapi.store.positions import first_at, moment_of
from tests.xapi.admin.reading import FACT_LINK, FACTS, fact_url, found, link, page_of, words_of
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs, pointing, statement

pytestmark = pytest.mark.django_db
ADL = "http://adlnet.gov/expapi/verbs/"
VOIDED = ADL + "voided"
COMPLETED = ADL + "completed"


def verb(name: str) -> dict[str, str]:
    return {"id": ADL + name}


def context(**activities: Any) -> dict[str, Any]:
    return {"contextActivities": {name: [{"id": iri}] for name, iri in activities.items()}}


# What is found -------------------------------------------------------------------------------
def test_facts_come_newest_first(programme: Client, lrs: Lrs) -> None:
    facts = [lrs.stored(statement())[0] for _ in range(3)]
    assert found(programme) == facts[::-1]


def test_by_verb(programme: Client, lrs: Lrs) -> None:
    [done] = lrs.stored(statement())
    lrs.stored(statement(verb=verb("experienced")))
    assert found(programme, verb=COMPLETED) == [done]


def test_by_a_verb_that_is_not_in_the_list(programme: Client, lrs: Lrs) -> None:
    own = "https://inkoop.example/bladerde"
    [leafed] = lrs.stored(statement(verb={"id": own}))
    lrs.stored(statement())
    assert found(programme, other_verb=own) == [leafed]


def test_by_activity_and_its_parts(programme: Client, lrs: Lrs) -> None:
    [about] = lrs.stored(statement())
    [part] = lrs.stored(statement(object={"id": ACTIVITY + "/1"}, context=context(parent=ACTIVITY)))
    lrs.stored(statement(object={"id": "https://elders.example/"}))
    assert found(programme, activity=ACTIVITY) == [about]
    assert found(programme, activity=ACTIVITY, related="on") == [part, about]
    assert found(programme, activity=ACTIVITY.upper()) == []


def test_by_system(programme: Client, lrs: Lrs) -> None:
    other = Lrs()
    [one], [two] = lrs.stored(statement()), other.stored(statement())
    assert found(programme, system=str(lrs.credential.pk)) == [one]
    assert found(programme, system=str(other.credential.pk)) == [two]
    assert found(programme, system="leer") == []
    assert found(programme, system=str(other.credential.pk), verb=ADL + "exited") == []


def test_by_the_day_of_storing(programme: Client, lrs: Lrs) -> None:
    [fact] = lrs.stored(statement(timestamp="2020-01-01T00:00:00Z"))
    today = timezone.localdate()
    before, after = today - timedelta(days=1), today + timedelta(days=1)
    assert found(programme, since=str(today), until=str(today)) == [fact]
    assert found(programme, since=str(after)) == []
    assert found(programme, until=str(before)) == []


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-11-25"])
def test_a_day_is_from_midnight_to_midnight_here_also_when_the_clock_changes(day: str) -> None:
    start = timezone.make_aware(timezone.datetime.fromisoformat(day))
    wanted = finding.Question(since=start.date(), until=start.date()).filter()
    assert moment_of(wanted.after + 1) == start
    midnight = timezone.make_aware(timezone.datetime.fromisoformat(day) + timedelta(days=1))
    assert wanted.before == first_at(midnight)


def test_all_conditions_hold_together(programme: Client, lrs: Lrs) -> None:
    [wanted] = lrs.stored(statement(object={"id": ACTIVITY + "/1"}))
    Lrs().stored(statement(object={"id": ACTIVITY + "/1"}))
    lrs.stored(statement(object={"id": ACTIVITY + "/1"}, verb=verb("exited")))
    lrs.stored(statement())
    today = str(timezone.localdate())
    query = {"verb": COMPLETED, "activity": ACTIVITY + "/1", "since": today, "until": today}
    assert found(programme, **query, system=str(lrs.credential.pk)) == [wanted]


def test_what_was_taken_back_is_found_by_asking_for_it(programme: Client, lrs: Lrs) -> None:
    [gone], [kept] = lrs.stored(statement()), lrs.stored(statement())
    [takes_back] = lrs.stored(pointing(gone, VOIDED))
    assert found(programme) == [takes_back, kept]
    assert found(programme, voided="on") == [gone]
    assert found(programme, voided="on", verb=COMPLETED, system=str(lrs.credential.pk)) == [gone]
    assert found(programme, voided="on", verb=ADL + "exited") == []
    assert found(programme, voided="on", activity="https://elders.example/") == []
    page = page_of(programme, fact_url(gone))
    assert "Dit feit is ingetrokken" in page
    assert fact_url(gone) in page_of(programme, fact_url(takes_back))


# Page by page --------------------------------------------------------------------------------
@pytest.fixture
def many(lrs: Lrs) -> list[str]:
    """More than two pages, newest first."""
    return lrs.stored(*(statement() for _ in range(2 * finding.SIZE + 3)))[::-1]


def test_pages_go_on_where_the_last_one_ended_and_back_again(
    programme: Client, many: list[str]
) -> None:
    first = page_of(programme, FACTS)
    second_url = link(first, "Ouder")
    second = page_of(programme, second_url)
    third_url = link(second, "Ouder")
    third = page_of(programme, third_url)
    assert (
        FACT_LINK.findall(page_of(programme, second_url)) == many[finding.SIZE : 2 * finding.SIZE]
    )
    assert FACT_LINK.findall(page_of(programme, third_url)) == many[2 * finding.SIZE :]
    assert "Ouder</a>" not in third
    assert "Nieuwer</a>" not in first
    assert (
        FACT_LINK.findall(page_of(programme, link(third, "Nieuwer")))
        == many[finding.SIZE : 2 * finding.SIZE]
    )
    assert link(second, "Nieuwste") == FACTS


def test_what_comes_in_meanwhile_moves_no_page(
    programme: Client, lrs: Lrs, many: list[str]
) -> None:
    url = link(page_of(programme, FACTS), "Ouder")
    lrs.stored(*(statement() for _ in range(5)))
    assert FACT_LINK.findall(page_of(programme, url)) == many[finding.SIZE : 2 * finding.SIZE]


def test_the_next_page_asks_the_same(programme: Client, lrs: Lrs, many: list[str]) -> None:
    others = lrs.stored(*(statement(verb=verb("exited")) for _ in range(finding.SIZE + 2)))
    older = link(page_of(programme, FACTS, {"verb": ADL + "exited"}), "Ouder")
    assert FACT_LINK.findall(page_of(programme, older)) == others[1::-1]
    newest = link(page_of(programme, older), "Nieuwste")
    assert FACT_LINK.findall(page_of(programme, newest)) == others[:1:-1]


@pytest.mark.parametrize("cursor", ["older_than", "newer_than"])
@pytest.mark.parametrize("value", ["x", "8030cf76-f883-4a8c-b081-12945dc4e45f"])
def test_a_place_that_is_nowhere_is_the_beginning(
    programme: Client, lrs: Lrs, cursor: str, value: str
) -> None:
    facts = lrs.stored(statement(), statement())
    assert found(programme, **{cursor: value}) == facts[::-1]


# What cannot be asked ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"activity": "geen adres"}, "Schrijf het hele adres"),
        ({"other_verb": "deed"}, "Schrijf het hele adres"),
        ({"other_verb": "https://x.nl/\0"}, "Null-tekens"),
        ({"verb": COMPLETED, "other_verb": "https://x.nl/v"}, "niet allebei"),
        ({"verb": "https://onbekend.example/"}, "Selecteer een geldige keuze"),
        ({"system": "12345"}, "Selecteer een geldige keuze"),
        ({"since": "gisteren"}, "Voer een geldige datum in"),
        ({"since": "0001-01-01"}, "tussen 2000 en 2100"),
        ({"until": "9999-12-31"}, "tussen 2000 en 2100"),
        ({"since": "2026-12-01", "until": "2026-11-01"}, "niet voor de eerste dag"),
    ],
)
def test_a_question_that_cannot_be_is_told_and_kept(
    programme: Client, lrs: Lrs, query: dict[str, str], said: str
) -> None:
    lrs.stored(statement())
    page = page_of(programme, FACTS, query)
    assert said in page
    assert "Dit lukte nog niet" in page
    assert "/cms/grootboek/" in page
    assert "Geen feiten gevonden" not in page
    assert "Hier staat nog niets" not in page
    assert found(programme, **query) == []
    if typed := query.get("activity"):
        assert f'value="{typed}"' in page


def test_nothing_found_says_what_helps(programme: Client, lrs: Lrs) -> None:
    lrs.stored(statement())
    page = page_of(programme, FACTS, {"activity": "https://niets.example/"})
    assert "Geen feiten gevonden. Maak je vraag ruimer" in page
    assert "Alles tonen" in page


def test_an_empty_ledger_says_so(programme: Client) -> None:
    assert "Hier staat nog niets" in page_of(programme, FACTS)


# One fact ------------------------------------------------------------------------------------
def test_a_fact_reads_as_a_sentence_with_what_is_around_it(programme: Client, lrs: Lrs) -> None:
    course = {"name": {"nl": "Lading", "en": "Cargo"}, "type": "http://x.example/types/film"}
    [fact] = lrs.stored(
        statement(
            object={"id": ACTIVITY, "definition": course},
            context=context(parent="https://x.example/alles", category="https://x.example/soort")
            | {"platform": "Inkoop"},
            result={"completion": True},
            timestamp="2026-11-25T10:00:59.123Z",
        )
    )
    said = words_of(page_of(programme, fact_url(fact)))
    assert "rondde activiteit “Lading” af." in said
    for words in ("Deel van Activiteit “alles”", "Platform Inkoop", "Afgerond ja", fact, ACTIVITY):
        assert words in said
    assert "25 november 2026 11:00" in said


def test_the_json_of_a_fact_is_whole_json(programme: Client, lrs: Lrs) -> None:
    [fact] = lrs.stored(statement(object={"id": ACTIVITY, "definition": {"name": {"nl": "<b>"}}}))
    page = page_of(programme, fact_url(fact))
    start = page.index("{", page.index("<pre"))
    shown = json.loads(page[start : page.index("</pre>")])
    assert shown["object"]["definition"]["name"]["nl"] == "<b>"
    assert shown["id"] == fact


def test_what_others_wrote_is_text_and_no_markup(programme: Client, lrs: Lrs) -> None:
    script = "<script>alert(1)</script>"
    [fact] = lrs.stored(
        statement(
            verb={"id": "https://x.example/v", "display": {"nl": script}},
            object={"id": "https://x.example/'a'", "definition": {"name": {"nl": script}}},
            context={"platform": script},
        )
    )
    for url in (FACTS, fact_url(fact)):
        assert script.encode() not in programme.get(url).content


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"object": PERSON | {"objectType": "Agent"}}, "persoon"),
        ({"actor": {"objectType": "Group", "member": [PERSON]}}, "Groep van 1 persoon"),
        ({"actor": {"objectType": "Group", "mbox": "mailto:g@x.nl"}}, "Groep "),
        (
            {
                "object": {
                    "objectType": "SubStatement",
                    "actor": PERSON,
                    "verb": {"id": "https://x.example/wil"},
                    "object": {"id": ACTIVITY},
                }
            },
            "het voornemen: persoon",
        ),
        ({"verb": {"id": "https://x.example/verbs/bladerde"}}, "– bladerde –"),
    ],
)
def test_every_kind_of_statement_can_be_read(
    programme: Client, lrs: Lrs, about: dict[str, Any], said: str
) -> None:
    [fact] = lrs.stored(statement(**about))
    assert said in words_of(page_of(programme, fact_url(fact)))
    assert found(programme) == [fact]


@pytest.mark.parametrize("iri", list(VERBS))
def test_every_verb_that_is_known_makes_a_sentence(iri: str) -> None:
    sentence = str(VERBS[iri].sentence)
    assert sentence % {"who": "A", "what": "B", "verb": "C"} != sentence
    assert "%(who)s" in sentence


def test_a_fact_that_is_not_there_is_not_found(programme: Client) -> None:
    assert programme.get(fact_url(uuid4())).status_code == 404


def test_a_key_that_was_revoked_keeps_its_name_in_the_ledger(programme: Client, lrs: Lrs) -> None:
    [fact] = lrs.stored(statement())
    Credential.objects.update(name="Oude LMS", revoked_at=timezone.now())
    assert "Oude LMS" in words_of(page_of(programme, fact_url(fact)))


def test_in_english_the_ledger_is_english(programme: Client, lrs: Lrs) -> None:
    lrs.stored(statement())
    programme.post("/taal/", {"language": "en", "next": "/"})
    assert "completed" in words_of(page_of(programme, FACTS))
