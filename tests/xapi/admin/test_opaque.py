"""Nobody can be worked out: not from a page, not by asking, not from what is beside it."""

import hashlib
import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.models import ModelLogEntry

from leer.xapi import api as ledger
from leer.xapi.admin import opaque, veil
from leer.xapi.api import ActivityType, Result, Score, Statement, Verb, VerbObject
from leer.xapi.statements.vocabulary import is_outcome
from tests.xapi.admin.reading import FACTS, fact_url, found, page_of, words_of
from tests.xapi.rest_client import ACTIVITY, Lrs, pointing, statement

pytestmark = pytest.mark.django_db
ADL = "http://adlnet.gov/expapi/verbs/"
TOKEN = re.compile(r"[Pp]ersoon ([0-9a-f]{8})")
MAIL = "jan.jansen@douane.example"
SHA1 = hashlib.sha1(f"mailto:{MAIL}".encode(), usedforsecurity=False).hexdigest()
WHO: list[dict[str, Any]] = [
    {"mbox": f"mailto:{MAIL}", "name": "Jan Jansen"},
    {"mbox_sha1sum": SHA1, "name": "Jan Jansen"},
    {"openid": "https://id.example/jan-jansen", "name": "Jan Jansen"},
    {"account": {"homePage": "https://hr.example", "name": "P00412"}, "name": "Jan Jansen"},
]
SAID_OF_THEM = (MAIL, SHA1, "jan-jansen", "P00412", "hr.example", "Jan Jansen", "jan.jansen")


def everywhere(who: dict[str, Any]) -> list[dict[str, Any]]:
    """One person in each part that a statement has."""
    group = {"objectType": "Group", "member": [who], "name": "Groep van Jan Jansen"}
    inner = {"actor": who, "verb": {"id": "https://x.example/v"}, "object": {"id": ACTIVITY}}
    parts = {
        "instructor": who,
        "team": group,
        "contextAgents": [{"objectType": "contextAgent", "agent": who}],
        "contextGroups": [{"objectType": "contextGroup", "group": group}],
        "registration": str(uuid4()),
        "language": "pl-PL",
        "extensions": {"https://x.example/e": {"who": who}},
    }
    mail = who.get("mbox", f"mailto:{MAIL}").removeprefix("mailto:")
    named = {"name": {"nl": f"Gesprek met {mail}"}, "description": {"nl": f"Van <{mail}>."}}
    return [
        statement(actor=who),
        statement(actor=group),
        statement(actor={"objectType": "Group", **who}),
        statement(object={"objectType": "Agent", **who}),
        statement(object={"objectType": "SubStatement", **inner}),
        statement(context=parts),
        statement(result={"response": MAIL, "extensions": {"https://x.example/e": MAIL}}),
        statement(object={"id": f"https://x.example/{mail}/1", "definition": named}),
        statement(object={"id": f"https://x.example/?wie={mail.replace('@', '%40')}"}),
        statement(object={"id": f"mailto:{mail}"}),
        statement(verb={"id": "https://x.example/v", "display": {"nl": f"belde {mail}"}}),
    ]


@pytest.mark.parametrize("who", WHO, ids=["mbox", "sha1", "openid", "account"])
def test_no_page_tells_who(programme: Client, who: dict[str, Any]) -> None:
    lrs = Lrs(version="2.0.0")
    facts = lrs.stored(*everywhere(who))
    pages = [page_of(programme, FACTS), *(page_of(programme, fact_url(fact)) for fact in facts)]
    lrs.stored(*(pointing(fact, ADL + "voided") for fact in facts))
    pages += [page_of(programme, FACTS, {"voided": "on"}), page_of(programme, FACTS)]
    pages += [page_of(programme, fact_url(fact)) for fact in facts]
    for page in pages:
        for words in (*SAID_OF_THEM, lrs.credential.key, "pl-PL", "%40"):
            assert words.lower() not in page.lower(), words


def test_a_name_that_others_see_too_is_hidden_from_all_or_from_none(
    programme: Client, lrs: Lrs
) -> None:
    """Were it hidden in the own statements only, then these would be known by that."""
    shared = {"id": ACTIVITY, "definition": {"name": {"nl": f"Gesprek met {MAIL} en P00412"}}}
    facts = lrs.stored(*(statement(actor=who, object=shared) for who in (WHO[0], WHO[3])))
    names = {
        re.sub(TOKEN, "", words_of(page_of(programme, fact_url(fact))).partition(" Wie ")[0])
        for fact in facts
    }
    assert len(names) == 1


def test_one_person_is_one_token_within_a_day_and_another_the_next() -> None:
    today = opaque.token("mbox mailto:a@b.nl", day="2026-11-25")
    assert opaque.token("mbox mailto:a@b.nl", day="2026-11-25") == today
    assert opaque.token("mbox mailto:a@b.nl", day="2026-11-26") != today
    assert opaque.token("mbox mailto:c@b.nl", day="2026-11-25") != today


def test_a_token_cannot_be_made_without_the_secret_of_this_installation() -> None:
    here = opaque.token("mbox mailto:a@b.nl", day="2026-11-25")
    with override_settings(SECRET_KEY="another"):
        assert opaque.token("mbox mailto:a@b.nl", day="2026-11-25") != here


def test_two_persons_are_told_apart_on_a_page(programme: Client, lrs: Lrs) -> None:
    lrs.stored(statement(actor=WHO[0]), statement(actor=WHO[0]), statement(actor=WHO[3]))
    tokens = TOKEN.findall(words_of(page_of(programme, FACTS)))
    assert len(tokens) == 3
    assert len(set(tokens)) == 2


# Asking --------------------------------------------------------------------------------------
QUESTIONS: list[dict[str, str]] = [
    {"agent": '{"mbox":"mailto:%s"}'},
    {"actor": "%s"},
    {"person": "%s"},
    {"q": "%s"},
    {"activity": "mailto:%s"},
    {"activity": "mailto:%s", "related": "on"},
    {"other_verb": "mailto:%s"},
    {"registration": "%s"},
    {"system": "%s"},
    {"older_than": "%s"},
]


@pytest.mark.parametrize("question", QUESTIONS, ids="-".join)
def test_asking_for_somebody_answers_the_same_whether_they_are_there_or_not(
    programme: Client, lrs: Lrs, question: dict[str, str]
) -> None:
    lrs.stored(statement(actor=WHO[0]), statement(actor=WHO[3]))
    answers = [
        found(programme, **{name: value.replace("%s", mail) for name, value in question.items()})
        for mail in (MAIL, "iemand.anders@douane.example")
    ]
    assert answers[0] == answers[1]


def test_the_key_of_a_system_is_no_way_to_ask_for_it(programme: Client, lrs: Lrs) -> None:
    lrs.stored(statement())
    assert found(programme, system=lrs.credential.key) == []


@pytest.mark.parametrize("verb", ["passed", "failed", "mastered", "scored"])
def test_asking_for_one_outcome_finds_them_all(programme: Client, lrs: Lrs, verb: str) -> None:
    outcomes = ("passed", "failed", "mastered", "scored")
    facts = lrs.stored(*(statement(verb={"id": ADL + one}) for one in outcomes))
    assert found(programme, other_verb=ADL + verb) == facts[::-1]
    assert found(programme, verb="uitslag") == facts[::-1]


def test_an_outcome_by_another_name_is_neither_told_nor_found(programme: Client, lrs: Lrs) -> None:
    own = "https://lms.example/verbs/Failed"
    [fact] = lrs.stored(statement(verb={"id": own, "display": {"nl": "zakte voor"}}))
    page = page_of(programme, fact_url(fact)) + page_of(programme, FACTS)
    assert "kreeg een uitslag voor" in page
    assert "zakte" not in page
    assert own not in page
    assert found(programme, other_verb=own) == []


def test_which_verbs_are_outcomes() -> None:
    assert is_outcome("http://activitystrea.ms/lose")
    assert is_outcome(ADL + "passed/")
    assert not is_outcome(ADL + "completed")


# Class B -------------------------------------------------------------------------------------
def test_how_well_somebody_did_is_not_shown(programme: Client, lrs: Lrs) -> None:
    result = {
        "score": {"raw": 31337, "scaled": 0.31337},
        "success": False,
        "completion": True,
        "response": "ik deed het",
        "duration": "PT31M",
        "extensions": {"https://x.example/poging": 31337},
    }
    [fact] = lrs.stored(statement(result=result))
    page = page_of(programme, fact_url(fact))
    for words in ("31337", "ik deed het", "PT31M", "poging", '"success": false'):
        assert words not in page
    assert "Antwoorden en scores zijn alleen voor de persoon zelf." in page


def _own(verb: Verb, **more: Any) -> Statement:
    return Statement(
        id=uuid4(),
        actor=ledger.agent(uuid4()),
        verb=VerbObject(id=verb.value),
        object=ledger.activity(ActivityType.ASSESSMENT, "modules", "m", "quizzes", "q"),
        timestamp=timezone.now(),
        **more,
    )


def test_what_is_for_one_person_is_nowhere(programme: Client, lrs: Lrs) -> None:
    private = [_own(Verb.ANSWERED), _own(Verb.COMPLETED, result=Result(score=Score(raw=3.0)))]
    public = _own(Verb.COMPLETED)
    ledger.append([*private, public])
    quiz = f"{settings.XAPI_IRI_BASE}/modules/m/quizzes/q"
    for query in (
        {},
        {"activity": quiz},
        {"activity": quiz, "related": "on"},
        {"system": "leer"},
        {"verb": Verb.ANSWERED.value},
        {"since": str(timezone.localdate())},
        {"voided": "on"},
    ):
        assert set(found(programme, **query)) <= {str(public.id)}, query
    for one in private:
        assert programme.get(fact_url(one.id)).status_code == 404
        assert found(programme, older_than=str(one.id)) == found(programme)
        [about] = lrs.stored(pointing(str(one.id)))
        page = page_of(programme, fact_url(about))
        assert "Bekijk dat feit" not in page
        assert fact_url(one.id) not in page
    lrs.stored(*(pointing(str(one.id), ADL + "voided") for one in private))
    assert found(programme, voided="on") == []


def test_a_moment_is_to_the_minute(programme: Client, lrs: Lrs) -> None:
    [fact] = lrs.stored(statement(timestamp="2026-11-25T10:00:41.9876Z"))
    page = page_of(programme, fact_url(fact))
    assert '"timestamp": "2026-11-25T10:00Z"' in page
    assert not re.search(r"T\d\d:\d\d:(?!00[+Z])\d\d", page)


def test_what_nobody_thought_of_stays_out() -> None:
    raw = (
        '{"id":"a","stored":"2026-11-25T10:00:00Z","actor":{"mbox":"mailto:a@b.nl"},'
        '"verb":{"id":"x:v","shoe":1},"object":{"id":"x:a","definition":{"shoe":2}},'
        '"authority":{"mbox":"mailto:c@b.nl"},"shoe":3}'
    )
    assert "shoe" not in str(veil.Veil(raw, {}).statement())


def test_a_long_text_is_searched_for_addresses_in_no_time() -> None:
    text = "a" * 200_000 + "@"
    assert veil.definition({"name": {"nl": text}})["name"]["nl"]


def test_looking_leaves_nobodys_trace_in_the_log(programme: Client, lrs: Lrs) -> None:
    [fact] = lrs.stored(statement(actor=WHO[0]))
    page_of(programme, fact_url(fact))
    assert not ModelLogEntry.objects.exists()
