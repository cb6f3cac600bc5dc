"""The Statement Resource, as a client sees it: each rule once."""

import hashlib
import json
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from leer.xapi import credentials
from leer.xapi.models import StatementRecord
from leer.xapi.rest import multipart
from leer.xapi.scopes import Scope
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs, dumped, pointing, statement

pytestmark = pytest.mark.django_db
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
AGENT = json.dumps(PERSON)
BOTH = pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])


@pytest.fixture
def lrs() -> Lrs:
    return Lrs()


@BOTH
def test_what_is_served_is_what_was_sent_to_the_byte_with_what_the_ledger_adds(
    version: str,
) -> None:
    lrs = Lrs(version=version)
    sent = b'{ "id":"%s","actor":{"mbox":"mailto:a@b.nl"},  "verb":{"id":"http:\\/\\/x.nl/v"},' % (
        str(uuid4()).encode()
    )
    sent += b'"object":{"id":"http://x.nl/a"},"result":{"score":{"raw":1.50e1}}}'
    [id_] = json.loads(lrs.send("POST", body=sent).body)
    served = lrs.send("GET", query={"statementId": id_}).body
    assert served.startswith(sent[:-1])
    added = set(json.loads(served)) - set(json.loads(sent))
    assert added == {"stored", "authority", "timestamp", "version"}


@BOTH
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"verb": {"id": "done"}}, id="a verb that is no IRI"),
        pytest.param({"actor": {"name": "x"}}, id="an agent without identifier"),
        pytest.param({"actor": PERSON | {"mbox": "mailto:a@b.nl"}}, id="two identifiers"),
        pytest.param({"actor": {"objectType": "Group"}}, id="a group without members"),
        pytest.param({"object": {"objectType": "Thing", "id": ACTIVITY}}, id="an unknown kind"),
        pytest.param({"shoe": 1}, id="an unknown property"),
        pytest.param({"result": None}, id="a null"),
        pytest.param({"result": {"score": {"scaled": 2}}}, id="a scaled score above one"),
        pytest.param({"result": {"score": {"min": 5, "max": 1}}}, id="a minimum above the maximum"),
        pytest.param({"result": {"duration": "P"}}, id="an empty duration"),
        pytest.param({"timestamp": "2026-11-25T10:00:00-00:00"}, id="an unknown offset"),
        pytest.param({"verb": {"id": VOIDED}}, id="voiding what is no statement"),
        pytest.param({"id": "1"}, id="an id that is no UUID"),
        pytest.param({"version": "0.9"}, id="a version before 1.0"),
        pytest.param({"attachments": [{"sha2": "0"}]}, id="half an attachment"),
        pytest.param(
            {"object": {"objectType": "Agent", **PERSON}, "context": {"platform": "x"}},
            id="a platform without an activity",
        ),
    ],
)
def test_a_statement_is_refused_and_nothing_is_stored(version: str, wrong: dict[str, Any]) -> None:
    lrs = Lrs(version=version)
    answer = lrs.post(statement(), statement(**wrong))
    assert answer.status == 400
    assert "statement 2 of 2" in json.loads(answer.body)["detail"]
    assert not StatementRecord.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"verb": {"id": "done"}},
            "Expected an IRI, such as https://example.org/part - at `$.verb.id`",
        ),
        ({"id": "1"}, "Expected a UUID, such as"),
        ({"actor": {"mbox": "a@b.nl"}}, "Expected an address, such as mailto:"),
        ({"context": {"language": "Dutch, I think"}}, "Expected a language tag, such as nl"),
        ({"context": {"contextActivities": {"parent": {}}}}, "$.context.contextActivities"),
    ],
)
def test_an_error_says_what_a_value_must_be_and_where(
    lrs: Lrs, wrong: dict[str, Any], said: str
) -> None:
    assert said in json.loads(lrs.post(statement(**wrong)).body)["detail"]


def test_context_agents_came_with_two(lrs: Lrs) -> None:
    people = {"contextAgents": [{"objectType": "contextAgent", "agent": PERSON}]}
    assert lrs.post(statement(context=people)).status == 400
    assert Lrs(version="2.0.0").post(statement(context=people)).status == 200


def test_two_has_timestamps_in_utc_and_one_keeps_them(lrs: Lrs) -> None:
    said = statement(timestamp="2026-11-25T12:00:00+02:00")
    [new] = Lrs(version="2.0.0").stored(said)
    [old] = lrs.stored(said)
    assert lrs.one(statementId=new)["timestamp"] == "2026-11-25T10:00:00.000000Z"
    assert lrs.one(statementId=old)["timestamp"] == said["timestamp"]


@pytest.mark.parametrize(
    "doubled",
    [
        b'{"actor":%s,"actor":%s,"verb":{"id":"http://x.nl/v"},"object":{"id":"http://x.nl/a"}}',
        b'{"actor":%s,"\\u0061ctor":%s,"verb":{"id":"http://x.nl/v"},"object":{"id":"http://x.nl/a"}}',
    ],
)
def test_a_property_that_occurs_twice_is_refused(lrs: Lrs, doubled: bytes) -> None:
    answer = lrs.send("POST", body=doubled % (dumped(PERSON), dumped(PERSON)))
    assert answer.status == 400
    assert b"twice" in answer.body


def test_the_same_again_is_fine_and_something_else_is_a_conflict(lrs: Lrs) -> None:
    said = statement(id=str(uuid4()))
    assert [lrs.post(said).status for _ in range(2)] == [200, 200]
    assert lrs.post(statement(id=said["id"], result={"completion": True})).status == 409
    assert StatementRecord.objects.count() == 1


def test_put_gives_the_id_apart(lrs: Lrs) -> None:
    id_ = str(uuid4())
    assert lrs.send("PUT", query={"statementId": id_}, body=statement()).status == 204
    other = statement(id=str(uuid4()))
    assert lrs.send("PUT", query={"statementId": str(uuid4())}, body=other).status == 400
    assert lrs.one(statementId=id_)["id"] == id_


def test_a_voided_statement_is_found_by_its_own_parameter_only(lrs: Lrs) -> None:
    [voided] = lrs.stored(statement())
    [voiding] = lrs.stored(pointing(voided, VOIDED))
    assert lrs.one(statementId=voided) is None
    assert lrs.one(voidedStatementId=voided)["id"] == voided
    assert [one["id"] for one in lrs.found()] == [voiding]


def test_one_that_voids_cannot_be_voided(lrs: Lrs) -> None:
    [voided] = lrs.stored(statement())
    [voiding] = lrs.stored(pointing(voided, VOIDED))
    lrs.stored(pointing(voiding, VOIDED))
    assert lrs.one(statementId=voiding)["id"] == voiding


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_statement_about_a_statement_is_found_by_what_that_one_says_in_any_order(
    lrs: Lrs, order: tuple[int, ...]
) -> None:
    first, second, third = (str(uuid4()) for _ in range(3))
    chain = [
        pointing(second) | {"id": first},
        pointing(third) | {"id": second},
        statement(id=third),
    ]
    for number in order:
        lrs.stored(chain[number])
    verb = "http://adlnet.gov/expapi/verbs/completed"
    assert {one["id"] for one in lrs.found(agent=AGENT, verb=verb)} == {first, second, third}


def test_filters_look_where_they_should(lrs: Lrs) -> None:
    other = {"mbox": "mailto:teacher@example.org"}
    registration = str(uuid4())
    context = {
        "instructor": other,
        "registration": registration,
        "contextActivities": {"parent": [{"id": "https://inhoud.example/cursus"}]},
    }
    [wanted] = lrs.stored(statement(context=context))
    lrs.stored(statement(actor={"mbox": "mailto:else@example.org"}, object={"id": "http://x.nl/b"}))

    def ids(**query: str) -> list[str]:
        return [one["id"] for one in lrs.found(**query)]

    parent = "https://inhoud.example/cursus"
    assert ids(agent=AGENT) == ids(activity=ACTIVITY) == ids(registration=registration) == [wanted]
    assert ids(agent=json.dumps(other)) == ids(activity=parent) == []
    assert ids(agent=json.dumps(other), related_agents="true") == [wanted]
    assert ids(activity=parent, related_activities="true") == [wanted]
    assert ids(agent=AGENT, activity="http://x.nl/b") == []


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_more_visits_every_statement_once_while_others_come_in(lrs: Lrs, ascending: str) -> None:
    before = set(lrs.stored(*(statement() for _ in range(23))))
    query = {"limit": "5", "ascending": ascending, "agent": AGENT}
    seen: list[str] = []
    while True:
        page = json.loads(lrs.send("GET", query=query).body)
        seen += [one["id"] for one in page["statements"]]
        if not page["more"]:
            break
        if len(seen) == 5:
            lrs.stored(statement())
        query = dict(pair.split("=") for pair in page["more"].split("?")[1].split("&"))
        query["agent"] = AGENT
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_since_is_exclusive_and_until_is_not(lrs: Lrs) -> None:
    first, second = lrs.stored(statement())[0], lrs.stored(statement())[0]
    moment = lrs.one(statementId=first)["stored"]
    assert [one["id"] for one in lrs.found(since=moment)] == [second]
    assert [one["id"] for one in lrs.found(until=moment)] == [first]


def test_formats_give_ids_or_one_language(lrs: Lrs) -> None:
    named = {"id": ACTIVITY, "definition": {"name": {"nl": "Kade", "en": "Quay"}}}
    [id_] = lrs.stored(statement(object=named, actor=PERSON | {"name": "Iemand"}))
    short = lrs.one(statementId=id_, format="ids")
    assert short["object"] == {"id": ACTIVITY}
    assert short["actor"] == PERSON
    answer = lrs.send(
        "GET", query={"statementId": id_, "format": "canonical"}, accept_language="en-GB, nl;q=0.5"
    )
    assert json.loads(answer.body)["object"]["definition"]["name"] == {"en": "Quay"}


def test_an_attachment_comes_back_with_its_bytes(lrs: Lrs) -> None:
    content = bytes(range(256)) + b"\r\n--x\r\n"
    sha2 = hashlib.sha256(content).hexdigest()
    named = {
        "usageType": "http://example.org/foto",
        "display": {"nl": "Foto"},
        "contentType": "application/octet-stream",
        "length": len(content),
        "sha2": sha2,
    }
    said = dumped(statement(attachments=[named]))
    assert lrs.send("POST", body=said).status == 400  # no bytes, and no address
    content_type, body = multipart.write(said, [(sha2, "application/octet-stream", content)])
    answer = lrs.send("POST", body=body, content_type=content_type)
    assert answer.status == 200
    spoiled = lrs.send(
        "POST", body=body.replace(b"\x01\x02", b"\x02\x01"), content_type=content_type
    )
    assert spoiled.status == 400
    [id_] = json.loads(answer.body)
    back = lrs.send("GET", query={"statementId": id_, "attachments": "true"})
    first, second = multipart.read(str(back.content_type), back.body)
    assert json.loads(first.body)["id"] == id_
    assert (second.headers["x-experience-api-hash"], second.body) == (sha2, content)


@pytest.mark.parametrize("version", ["0.9", "1.1.0", "2.1.0", "3", ""])
def test_another_version_is_refused(lrs: Lrs, version: str) -> None:
    assert lrs.send("GET", x_experience_api_version=version).status == 400


def test_every_answer_says_until_when_the_ledger_is_complete(lrs: Lrs) -> None:
    for answer in (lrs.post(statement()), lrs.send("GET"), lrs.send("GET", query={"limit": "x"})):
        assert "X-Experience-API-Consistent-Through" in dict(answer.all_headers())


# Who may what -----------------------------------------------------------------------------------
def test_without_a_good_credential_nobody_comes_in(lrs: Lrs) -> None:
    assert lrs.send("GET", authorization="").status == 401
    assert lrs.send("GET", authorization=lrs.authorization[:-4] + "AAAA").status == 401
    credentials.revoke(lrs.credential)
    assert lrs.send("GET").status == 401


def test_an_expired_credential_opens_nothing() -> None:
    assert Lrs(expires_at=timezone.now() - timezone.timedelta(seconds=1)).send("GET").status == 401


def test_the_secret_is_nowhere_in_the_database_nor_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level("DEBUG"):
        made = credentials.make(name="x")
    assert made.secret not in str(vars(made.credential)) + caplog.text + repr(made)


def test_scopes_keep_to_what_they_say() -> None:
    writer, mine = (
        Lrs(Scope.STATEMENTS_WRITE),
        Lrs(Scope.STATEMENTS_READ_MINE, Scope.STATEMENTS_WRITE),
    )
    [theirs] = writer.stored(statement())
    [own] = mine.stored(statement())
    assert writer.send("GET").status == 403
    assert [one["id"] for one in mine.found()] == [own]
    assert mine.one(statementId=theirs) is None
    assert Lrs(Scope.STATEMENTS_READ).post(statement()).status == 403


def test_only_who_may_do_everything_voids_what_another_wrote() -> None:
    writer, other = Lrs(Scope.STATEMENTS_WRITE), Lrs(Scope.STATEMENTS_WRITE)
    [id_] = writer.stored(statement())
    assert other.post(pointing(id_, VOIDED)).status == 403
    assert writer.post(pointing(id_, VOIDED)).status == 200


def test_a_bound_credential_stays_within_its_activities() -> None:
    bound = Lrs(activity_prefix="https://inhoud.example/")
    assert bound.post(statement()).status == 200
    assert bound.post(statement(object={"id": "https://elders.example/"})).status == 403
    Lrs().stored(statement(object={"id": "https://elders.example/"}))
    assert {one["object"]["id"] for one in bound.found()} == {ACTIVITY}


def test_a_limit_on_requests_holds() -> None:
    lrs = Lrs(rate_limit=3)
    answers = [lrs.send("GET") for _ in range(5)]
    assert answers[0].status == 200
    assert answers[-1].status in {200, 429}  # a new minute may begin in between
    limited = [answer for answer in answers if answer.status == 429]
    assert all("Retry-After" in dict(answer.headers) for answer in limited)


def test_what_one_person_scored_in_our_own_activities_leaves_by_no_door(lrs: Lrs) -> None:
    ours = {"id": "https://leer.example/xapi/modules/m/quizzes/q"}
    [scored] = lrs.stored(statement(object=ours, result={"score": {"scaled": 0.5}}))
    [done] = lrs.stored(statement(object=ours, result={"completion": True}))
    [pointer] = lrs.stored(pointing(scored))
    assert lrs.one(statementId=scored) is None
    assert lrs.one(voidedStatementId=scored) is None
    assert {one["id"] for one in lrs.found()} == {done, pointer}
    assert {one["id"] for one in lrs.found(agent=AGENT)} == {done}
