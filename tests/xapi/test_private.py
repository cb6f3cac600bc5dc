"""What somebody chose, answered or scored in Leer (class B) leaves the ledger by no door."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

import pytest

from leer.xapi import api as xapi
from leer.xapi.models import StatementRecord
from leer.xapi.rest import multipart
from leer.xapi.rest.http import Response
from leer.xapi.scopes import Scope
from leer.xapi.statements.vocabulary import VOIDED
from leer.xapi.store.partitions import ensure_coming_years
from tests.xapi.forwarding.facts import forward, target_at
from tests.xapi.forwarding.lrs import Lrs as Target
from tests.xapi.forwarding.lrs import another_lrs
from tests.xapi.rest_client import ACTIVITY, Lrs, dumped, pointing, statement
from tests.xapi.transfer.commands import export

pytestmark = pytest.mark.django_db
SECRET = "een-geheim-antwoord"
PERSON = UUID("11111111-1111-4111-8111-111111111111")
ACTOR = {"account": {"homePage": "https://leer.example/xapi", "name": str(PERSON)}}
QUESTION = xapi.activity_iri("modules", "m", "quizzes", "q", "questions", "1")
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
REGISTRATION = str(uuid4())
CONTENT = SECRET.encode()
SHA2 = hashlib.sha256(CONTENT).hexdigest()
EVERY_SCOPE = pytest.mark.parametrize("scope", list(Scope))


def about_us(**changes: Any) -> dict[str, Any]:
    """A statement about one of Leer's activities."""
    context = {
        "registration": REGISTRATION,
        "contextActivities": {"parent": [{"id": xapi.activity_iri("modules", "m")}]},
    }
    said = {"id": str(uuid4()), "actor": ACTOR, "object": {"id": QUESTION}, "context": context}
    return statement(**(said | changes))


ATTACHMENT = {
    "usageType": "http://x.nl/u",
    "display": {"nl": "Opname"},
    "contentType": "text/plain",
    "length": len(CONTENT),
    "sha2": SHA2,
}
PERSONAL: dict[str, dict[str, Any]] = {
    "an answer": about_us(verb={"id": ANSWERED}, result={"response": SECRET}),
    "an answer without more": about_us(verb={"id": ANSWERED, "display": {"nl": SECRET}}),
    "a score": about_us(result={"score": {"raw": 3}, "extensions": {"http://x.nl/e": SECRET}}),
    "an outcome without a result": about_us(
        verb={"id": "http://adlnet.gov/expapi/verbs/passed", "display": {"nl": SECRET}}
    ),
    "a success": about_us(result={"success": False, "response": SECRET}),
    "an extension": about_us(result={"extensions": {"http://x.nl/e": SECRET}}),
    "an answer in a SubStatement": about_us(
        object={
            "objectType": "SubStatement",
            "actor": ACTOR,
            "verb": {"id": ANSWERED},
            "object": {"id": QUESTION},
            "result": {"response": SECRET},
        }
    ),
    "a score over a SubStatement": about_us(
        result={"score": {"raw": 3}, "response": SECRET},
        object={
            "objectType": "SubStatement",
            "actor": ACTOR,
            "verb": {"id": "http://x.nl/v"},
            "object": {"id": QUESTION},
        },
    ),
    "one with an attachment": about_us(verb={"id": ANSWERED}, attachments=[ATTACHMENT]),
}


class World:
    """A ledger with private statements, among others that anybody may see."""

    def __init__(self) -> None:
        self.writer = Lrs()
        self.open: list[str] = []
        self.private = [str(self._own())]
        for one in PERSONAL.values():
            self.open += self.writer.stored(statement())
            self._store(one)
            self.private.append(one["id"])
            self.open += self.writer.stored(pointing(one["id"]))
        self.open += self.writer.stored(about_us(result={"completion": True}))

    def _own(self) -> UUID:
        """What Leer itself writes."""
        fact = xapi.Statement(
            id=uuid4(),
            actor=xapi.agent(PERSON),
            verb=xapi.VerbObject(id=ANSWERED),
            object=xapi.activity(
                xapi.ActivityType.INTERACTION, "modules", "m", "quizzes", "q", "questions", "1"
            ),
            result=xapi.Result(response=SECRET, score=xapi.Score(scaled=0.5)),
            timestamp=datetime(2026, 11, 25, tzinfo=UTC),
        )
        xapi.append([fact])
        return fact.id

    def _store(self, one: dict[str, Any]) -> None:
        kind, body = "application/json", dumped(one)
        if "attachments" in one:
            kind, body = multipart.write(body, [(SHA2, "text/plain", CONTENT)])
        assert self.writer.send("POST", body=body, content_type=kind).status == 200

    def assert_tells_nothing(self, answer: Response) -> None:
        """Nothing of what is private, in whatever part of an answer."""
        text = answer.body.decode() + str(answer.headers)
        assert SECRET not in text
        told = [identity for identity in self.private if f'"id":"{identity}","' in _packed(text)]
        assert told == []


def _packed(text: str) -> str:
    return text.replace(" ", "")


@pytest.fixture
def world() -> World:
    return World()


def reading(scope: Scope) -> Lrs:
    return Lrs(scope)


# Doors ------------------------------------------------------------------------------------------
def test_it_is_private_in_the_ledger(world: World) -> None:
    kept = StatementRecord.objects.filter(private=True).values_list("statement_id", flat=True)
    assert {str(one) for one in kept} == set(world.private)
    assert StatementRecord.objects.count() == len(world.private) + len(world.open)


@EVERY_SCOPE
def test_not_by_its_id(world: World, scope: Scope) -> None:
    for lrs in (reading(scope), world.writer):
        for identity in world.private:
            for name in ("statementId", "voidedStatementId"):
                for more in ({}, {"attachments": "true"}, {"format": "ids"}):
                    answer = lrs.send("GET", query={name: identity, **more})
                    assert answer.status in {403, 404}
                    world.assert_tells_nothing(answer)
                    absent = lrs.send("GET", query={name: str(uuid4()), **more})
                    assert (answer.status, answer.body) == (absent.status, absent.body)


def questions() -> Iterator[Mapping[str, str]]:
    agents = (ACTOR, ACTOR | {"name": "x"})
    for related in ("true", "false"):
        for agent in agents:
            yield {"agent": json.dumps(agent), "related_agents": related}
        for iri in (QUESTION, xapi.activity_iri("modules", "m"), ACTIVITY):
            yield {"activity": iri, "related_activities": related}
    yield from ({}, {"verb": ANSWERED}, {"registration": REGISTRATION})
    yield {"agent": json.dumps(ACTOR), "verb": ANSWERED, "registration": REGISTRATION}


@EVERY_SCOPE
def test_not_by_a_filter_in_whatever_form(world: World, scope: Scope) -> None:
    lrs = reading(scope)
    for question in questions():
        for form in ("exact", "ids", "canonical"):
            for more in ({"attachments": "true"}, {"ascending": "true"}, {"limit": "2"}):
                answer = lrs.send("GET", query={**question, "format": form, **more})
                world.assert_tells_nothing(answer)


def test_what_is_found_is_as_if_it_were_not_there(world: World) -> None:
    """A statement that points to a private one is not found by what that one says."""
    lrs = world.writer
    assert lrs.found(verb=ANSWERED) == []
    assert [one["id"] for one in lrs.found(agent=json.dumps(ACTOR))] == world.open[-1:]
    assert {one["id"] for one in lrs.found()} == set(world.open)


@pytest.mark.parametrize("ascending", ["true", "false"])
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_have_no_gaps(world: World, ascending: str, limit: int) -> None:
    """Each page is full but the last, and no page tells of a next one that is empty."""
    seen: list[str] = []
    query: dict[str, str] = {"limit": str(limit), "ascending": ascending}
    places = set(map(str, StatementRecord.objects.filter(private=True).values_list("position")))
    while True:
        answer = world.writer.send("GET", query=query)
        world.assert_tells_nothing(answer)
        page = json.loads(answer.body)
        seen += [one["id"] for one in page["statements"]]
        if not page["more"]:
            break
        assert len(page["statements"]) == limit
        query = dict(parse_qsl(page["more"].partition("?")[2]))
        assert query["after"] not in places
    assert sorted(seen) == sorted(world.open)


def test_not_by_asking_around_the_moment_it_came(world: World) -> None:
    moments = [json.loads(one.raw)["stored"] for one in StatementRecord.objects.all()]
    for moment in moments:
        at = datetime.fromisoformat(moment)
        span = {"since": (at - timedelta(microseconds=2)).isoformat(), "until": at.isoformat()}
        answer = world.writer.send("GET", query=span)
        world.assert_tells_nothing(answer)
        for one in json.loads(answer.body)["statements"]:
            assert one["id"] in world.open
        if not json.loads(answer.body)["statements"]:
            assert "Last-Modified" not in dict(answer.headers)


def test_not_when_it_is_voided(world: World) -> None:
    for identity in world.private:
        world.open += world.writer.stored(pointing(identity, VOIDED))
        for name in ("statementId", "voidedStatementId"):
            assert world.writer.send("GET", query={name: identity}).status == 404
    assert {one["id"] for one in world.writer.found()} == set(world.open)
    assert world.writer.found(activity=QUESTION)[0]["id"] in world.open


def test_not_by_its_attachment(world: World) -> None:
    """The file is here; whoever may see no statement that names it does not get it."""
    for query in ({"attachments": "true"}, {"attachments": "true", "activity": QUESTION}):
        world.assert_tells_nothing(world.writer.send("GET", query=query))


@pytest.mark.xfail(
    strict=True,
    reason="files are kept by their hash alone: who knows the hash gets the bytes by naming it",
)
def test_not_by_naming_the_hash_of_its_attachment(world: World) -> None:
    stranger = Lrs(Scope.STATEMENTS_WRITE, Scope.STATEMENTS_READ_MINE)
    naming = ATTACHMENT | {"fileUrl": "https://x.nl/anything"}
    stranger.stored(statement(attachments=[naming]))
    world.assert_tells_nothing(stranger.send("GET", query={"attachments": "true"}))


@pytest.mark.parametrize("how", ["PUT", "POST", "in a batch"])
def test_not_by_guessing_and_being_told_that_it_is_the_same(world: World, how: str) -> None:
    """Ids can be reckoned from what is visible; then yes and no would tell the answer."""
    stranger = Lrs()
    for number, (right, identity) in enumerate(
        zip(PERSONAL.values(), world.private[1:], strict=True)
    ):
        bare = {name: value for name, value in right.items() if name != "attachments"}
        wrong = bare | {"result": {"response": "iets anders"}}
        guesses = [guess(stranger, identity, one, how) for one in (bare, wrong)]
        assert guesses == [409, 409], number


def guess(lrs: Lrs, identity: str, one: dict[str, Any], how: str) -> int:
    if how == "PUT":
        return int(lrs.send("PUT", query={"statementId": identity}, body=one).status)
    return int(lrs.post(*([one] if how == "POST" else [statement(), one])).status)


def test_its_own_writer_may_send_it_again(world: World) -> None:
    for one in PERSONAL.values():
        bare = {name: value for name, value in one.items() if name != "attachments"}
        assert world.writer.post(bare).status == 200
        assert world.writer.post(bare | {"verb": {"id": "http://x.nl/other"}}).status == 409


@EVERY_SCOPE
def test_not_by_another_resource(world: World, scope: Scope) -> None:
    lrs = reading(scope)
    agent, activity = json.dumps(ACTOR), QUESTION
    for path, query in (
        ("agents", {"agent": agent}),
        ("activities", {"activityId": activity}),
        ("activities/state", {"activityId": activity, "agent": agent}),
        ("activities/profile", {"activityId": activity}),
        ("agents/profile", {"agent": agent}),
        ("about", {}),
    ):
        world.assert_tells_nothing(lrs.send("GET", path, query))


def test_a_head_request_tells_no_more(world: World) -> None:
    for identity in world.private:
        assert world.writer.send("HEAD", query={"statementId": identity}).status == 404


# Ways out ---------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_not_by_an_export(tmp_path: Path) -> None:
    ensure_coming_years()
    world = World()
    path, folder = tmp_path / "uit.ndjson", tmp_path / "bijlagen"
    export(path, "--with-attachments", str(folder))
    lines = path.read_text().splitlines()
    assert {json.loads(line)["id"] for line in lines} == set(world.open)
    assert SECRET not in path.read_text()
    assert not folder.exists() or not list(folder.iterdir())


@pytest.fixture
def target(transactional_db: None) -> Iterator[Target]:
    ensure_coming_years()
    with another_lrs() as one:
        yield one


def test_not_by_forwarding(target: Target) -> None:
    world = World()
    filtered = target_at(
        target,
        name="filtered",
        activity_prefixes=[xapi.activity_iri()],
        verbs=[ANSWERED, "http://x.nl/v"],
    )
    forward(filtered)
    assert set(target.kept) <= set(world.open)
    forward(target_at(target))
    assert set(target.kept) == set(world.open)
    assert SECRET not in json.dumps(target.kept)
    assert target.files == {}
