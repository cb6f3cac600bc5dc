"""Whatever a client sends: a clear answer, and nothing of it is kept."""

import base64
import gzip
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leer.xapi.models import (
    Activity,
    AttachmentFile,
    Document,
    Mention,
    Reference,
    StatementId,
    StatementRecord,
)
from leer.xapi.rest import multipart
from leer.xapi.rest.http import Response
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs, dumped, pointing, statement

pytestmark = pytest.mark.django_db
GOOD = dumped(statement())
BOTH = pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
KEPT = (Activity, AttachmentFile, Document, Mention, Reference, StatementId, StatementRecord)
STATE = {"activityId": ACTIVITY, "agent": json.dumps(PERSON), "stateId": "s"}
SOME_ID = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def lrs() -> Lrs:
    return Lrs()


def keeps[T](test: T) -> T:
    """Marks a test of something good."""
    test.keeps = True  # type: ignore[attr-defined]
    return test


@pytest.fixture(autouse=True)
def _nothing_is_kept(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if not hasattr(request.function, "keeps"):
        assert {one.__name__: one.objects.count() for one in KEPT} == {
            one.__name__: 0 for one in KEPT
        }


def assert_refused(answer: Response, says: str, status: int = 400) -> None:
    """The status of somebody else's mistake, and what it is."""
    said = json.loads(answer.body)
    assert (answer.status, said["status"]) == (status, status), said
    assert says in said["detail"]
    assert answer.content_type == "application/json"


def with_extension(value: bytes) -> bytes:
    """A good statement that has this somewhere."""
    return GOOD[:-1] + b',"result":{"extensions":{"http://x.nl/e":' + value + b"}}}"


def with_score(value: bytes) -> bytes:
    return GOOD[:-1] + b',"result":{"score":{"raw":' + value + b"}}}"


# JSON -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(b"", "truncated", id="nothing"),
        pytest.param(b"  \n", "truncated", id="white space"),
        pytest.param(GOOD[: len(GOOD) // 2], "truncated", id="half"),
        pytest.param(GOOD + GOOD, "trailing characters (byte 221)", id="two of them"),
        pytest.param(b"\xef\xbb\xbf" + GOOD, "byte 0", id="a byte order mark"),
        pytest.param(GOOD.decode().encode("utf-16"), "byte 0 is not UTF-8", id="UTF-16"),
        pytest.param(b"null", "got `null`", id="null"),
        pytest.param(b'"x"', "got `str`", id="a string"),
        pytest.param(b"[" + GOOD + b",]", "trailing comma", id="a comma too many"),
        pytest.param(b"[[]]", "statement 1 of 1", id="a list in a list"),
        pytest.param(b"[%b, 7]" % GOOD, "statement 2 of 2", id="a number among statements"),
        pytest.param(with_extension(b'"\xff"'), "byte 261 is not UTF-8", id="no UTF-8"),
        pytest.param(with_extension(b'"\xc0\x80"'), "is not UTF-8", id="an overlong NUL"),
        pytest.param(with_extension(b'"\xed\xa0\x80"'), "is not UTF-8", id="a surrogate as bytes"),
        pytest.param(with_extension(b'"\\ud800"'), "truncated", id="half a pair"),
        pytest.param(
            with_extension(b'"\\ud800 and more"'), "surrogate", id="half a pair, and text"
        ),
        pytest.param(with_extension(b'"\\udc00\\ud800"'), "surrogate", id="a pair turned round"),
        pytest.param(with_extension(b'"a\x00b"'), "byte 262", id="a NUL"),
        pytest.param(with_extension(b'"\x1f"'), "byte 261", id="a control character"),
        pytest.param(with_extension(b'"\\x"'), "escape", id="an unknown escape"),
        pytest.param(with_extension(b"NaN"), "byte 260", id="NaN"),
        pytest.param(with_extension(b"-Infinity"), "byte 261", id="infinity"),
        pytest.param(with_extension(b"1e999999"), "out of range", id="a number too large"),
        pytest.param(with_extension(b"1" * 100_000), "out of range", id="100,000 digits"),
        pytest.param(with_score(b"-1e999999"), "`$.result.score.raw`", id="a score too large"),
        pytest.param(with_score(b"1" * 400), "`$.result.score.raw`", id="a score of 400 digits"),
        pytest.param(with_score(b"01"), "invalid number", id="a number with a zero before it"),
        pytest.param(with_extension(b"[" * 10_000 + b"]" * 10_000), "deep", id="10,000 lists"),
        pytest.param(
            with_extension(b'{"a":' * 10_000 + b"1" + b"}" * 10_000), "deep", id="10,000 objects"
        ),
        pytest.param(with_extension(b"[" * 99 + b"]" * 99), "deep", id="100 levels"),
        pytest.param(b"[" * 1_000_000, "deep", id="a million lists that never end"),
        pytest.param(b'{"a":' * 200_000, "unknown field `a`", id="objects that never end"),
        pytest.param(b"[" + b",".join([GOOD] * 10_001) + b"]", "at most 10000", id="too many"),
    ],
)
def test_what_is_no_statement_is_refused(lrs: Lrs, body: bytes, says: str) -> None:
    assert_refused(lrs.send("POST", body=body), says)
    if not body.startswith(b"["):
        assert lrs.send("PUT", query={"statementId": SOME_ID}, body=body).status == 400


@keeps
@pytest.mark.parametrize(
    "value",
    [
        b"-0", b"-0.0", b"1e-999999", b"1" * 400, b"0." + b"1" * 400, b"1.50E+1",
        b'"\\u0000"', b'"\\ud83d\\ude00"', b'"\xf0\x9f\x98\x80"', b'"\\/"',
        b"[" * 90 + b"]" * 90, b'""', b"{}",
    ],
)  # fmt: skip
@BOTH
def test_what_is_odd_and_allowed_is_kept_to_the_byte(value: bytes, version: str) -> None:
    lrs = Lrs(version=version)
    body = with_extension(value)
    [identity] = json.loads(lrs.send("POST", body=body).body)
    served = lrs.send("GET", query={"statementId": identity})
    assert served.body.startswith(body[:-1])
    for form in ("ids", "canonical"):
        assert lrs.send("GET", query={"statementId": identity, "format": form}).status == 200
    again = body[:-1] + b',"id":"%b"}' % identity.encode()
    assert lrs.send("POST", body=again).status == 200


DOUBLED = {
    b'"verb":{"id":"http://x.nl/v"}': b'"verb":{"id":"http://x.nl/v","id":"http://x.nl/w"}',
    b'{"mbox":"mailto:a@b.nl"}': b'{"mbox":"mailto:a@b.nl","mbox":"mailto:c@b.nl"}',
    b'"scaled":0': b'"scaled":0,"scaled":1',
    b'"nl":"Kade"': b'"nl":"Kade","nl":"Steiger"',
    b'"deep":1': b'"deep":1,"d\\u0065ep":2',
    b'"parent":[]': b'"parent":[],"parent":[]',
    b'"description":"\\""': b'"description":"\\"","description":"\\u0022"',
}
EVERYTHING = (
    b'{"actor":{"mbox":"mailto:a@b.nl"},"verb":{"id":"http://x.nl/v"},"result":{"score":'
    b'{"scaled":0},"extensions":{"http://x.nl/e":[{"deep":1,"description":"\\""}]}},"context":'
    b'{"contextActivities":{"parent":[]}},"object":{"objectType":"SubStatement","actor":'
    b'{"mbox":"mailto:a@b.nl"},"verb":{"id":"http://x.nl/v"},"object":{"id":"http://x.nl/a",'
    b'"definition":{"name":{"nl":"Kade"}}},"result":{"score":{"scaled":0}}}}'
)


@pytest.mark.parametrize("once", DOUBLED)
def test_a_property_twice_is_refused_at_every_depth(lrs: Lrs, once: bytes) -> None:
    for place in range(EVERYTHING.count(once)):
        before = EVERYTHING.split(once)
        body = once.join(before[: place + 1]) + DOUBLED[once] + once.join(before[place + 1 :])
        answer = lrs.send("POST", body=body)
        assert_refused(answer, "occurs twice in one object")
        assert "the property '" in json.loads(answer.body)["detail"]


@keeps
def test_without_the_second_one_it_is_fine(lrs: Lrs) -> None:
    assert lrs.send("POST", body=EVERYTHING).status == 200


# Values -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"id": SOME_ID + "\n"}, id="a line end after the id"),
        pytest.param(pointing(SOME_ID + "\n"), id="a line end after the id of a target"),
        pytest.param({"context": {"registration": SOME_ID + "\n"}}, id="… of a registration"),
        pytest.param({"verb": {"id": "http://x.nl/v\n"}}, id="… after an IRI"),
        pytest.param({"version": "1.0.0\n"}, id="… after a version"),
        pytest.param({"timestamp": "2026-11-25T10:00:00Z\n"}, id="… after a timestamp"),
        pytest.param({"result": {"duration": "PT1S\n"}}, id="… after a duration"),
        pytest.param(
            {"verb": {"id": "http://x.nl/v", "display": {"nl\n": "x"}}}, id="… a language"
        ),
        pytest.param({"actor": {"mbox": "mailto:a@b.nl\n"}}, id="… after an address"),
        pytest.param({"actor": {"mbox": "mailto:a\0@b.nl"}}, id="a NUL in an address"),
        pytest.param(
            {"object": {"id": "http://x.nl/\0", "definition": {"name": {"nl": "x"}}}},
            id="a NUL in the IRI of an activity",
        ),
        pytest.param(
            {"object": {"id": ACTIVITY, "definition": {"type": "http://x.nl/\0"}}},
            id="a NUL in the IRI of a type",
        ),
        pytest.param({"timestamp": "0000-01-01T00:00:00Z"}, id="the year nought"),
        pytest.param({"timestamp": "0001-01-01T00:00:00+23:59"}, id="before the year one"),
        pytest.param({"timestamp": "9999-12-31T23:59:59-23:59"}, id="after the year 9999"),
        pytest.param({"timestamp": "2026-02-30T00:00:00Z"}, id="the 30th of February"),
        pytest.param({"timestamp": "2026-02-03T10:00:00+99:99"}, id="an offset of four days"),
    ],
)
@BOTH
def test_values_that_only_look_right_are_refused(version: str, wrong: dict[str, Any]) -> None:
    assert Lrs(version=version).post(statement(**wrong)).status == 400


def test_two_of_a_batch_with_one_id_are_refused(lrs: Lrs) -> None:
    said = statement(id=SOME_ID)
    assert_refused(lrs.post(said, statement(id=SOME_ID.upper())), "same id")


# Headers ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "gzip, identity", "x"])
def test_a_compressed_body_is_not_taken_for_what_it_is_not(lrs: Lrs, coding: str) -> None:
    body = gzip.compress(GOOD)
    assert_refused(lrs.send("POST", body=body, content_encoding=coding), coding, 415)
    kept = lrs.send("PUT", "activities/state", STATE, gzip.compress(b"{}"), content_encoding=coding)
    assert_refused(kept, coding, 415)
    assert_refused(lrs.send("POST", body=body), "UTF-8")


@pytest.mark.parametrize("said", ["", "text/plain", "application/xml", "application/jsonx", ";"])
def test_another_content_type_is_refused(lrs: Lrs, said: str) -> None:
    assert_refused(lrs.send("POST", body=GOOD, content_type=said), "application/json")


@pytest.mark.parametrize(
    "said",
    ["Basic", "Basic !", "Basic YQBiOmM=", "Basic é", "Basic YTr/", "Bearer", "Bearer é.b.c",
     "Bearer a.b.c", "Digest x", "x" * 100_000, "Basic Og=="],
)  # fmt: skip
def test_what_is_no_credential_opens_nothing(lrs: Lrs, said: str) -> None:
    assert_refused(lrs.send("POST", body=GOOD, authorization=said), "credential", 401)


# Multipart --------------------------------------------------------------------------------------
CONTENT = b"hello"
SHA2 = hashlib.sha256(CONTENT).hexdigest()
ATTACHMENT = {
    "usageType": "http://x.nl/u",
    "display": {"nl": "Foto"},
    "contentType": "text/plain",
    "length": len(CONTENT),
    "sha2": SHA2,
}
NAMING = dumped(statement(attachments=[ATTACHMENT]))
KIND, WHOLE = multipart.write(NAMING, [(SHA2, "text/plain", CONTENT)])
MARK = KIND.partition("boundary=")[2].encode()


def without(part: bytes) -> bytes:
    assert part in WHOLE
    return WHOLE.replace(part, b"", 1)


@pytest.mark.parametrize(
    ("kind", "body", "says"),
    [
        pytest.param("multipart/mixed", WHOLE, "needs a boundary", id="no boundary"),
        pytest.param("multipart/mixed; boundary=", WHOLE, "needs a boundary", id="an empty one"),
        pytest.param("multipart/mixed; boundary=x", WHOLE, "its boundary", id="another boundary"),
        pytest.param("multipart/form-data; boundary=x", WHOLE, "Content-Type", id="a form"),
        pytest.param(KIND, b"", "begin and end", id="nothing"),
        pytest.param(KIND, WHOLE[:-8], "begin and end", id="no end"),
        pytest.param(KIND, WHOLE[: len(WHOLE) // 2], "begin and end", id="half"),
        pytest.param(KIND, WHOLE.replace(b"\r\n", b"\n"), "begin and end", id="bare line ends"),
        pytest.param(KIND, b"--%b--" % MARK, "begin and end", id="an end only"),
        pytest.param(KIND, without(b"\r\n\r\n"), "blank line", id="no blank line"),
        pytest.param(
            KIND, WHOLE.replace(b"n: text", b"n text").replace(b"e: text/", b"e text/"), "colon",
            id="a header without a colon",
        ),
        pytest.param(
            KIND, without(b"Content-Type: application/json"), "the first part", id="no JSON"
        ),
        pytest.param(
            KIND, without(b"Content-Transfer-Encoding: binary\r\n"), "Encoding: binary",
            id="no transfer encoding",
        ),
        pytest.param(
            KIND, WHOLE.replace(b": binary", b": base64"), "Encoding: binary", id="in Base64"
        ),
        pytest.param(
            KIND, without(b"X-Experience-API-Hash: " + SHA2.encode()), "API-Hash", id="no hash"
        ),
        pytest.param(KIND, WHOLE.replace(CONTENT, b"hallo"), SHA2, id="another content"),
        pytest.param(KIND, without(CONTENT), SHA2, id="no content"),
        pytest.param(
            KIND, WHOLE.replace(b"Hash: " + SHA2.encode(), b"Hash: 1234"), "API-Hash",
            id="a hash too short",
        ),
        pytest.param(
            *multipart.write(GOOD, [(SHA2, "text/plain", CONTENT)]), SHA2,
            id="a part of no statement",
        ),
        pytest.param(*multipart.write(NAMING, []), SHA2, id="a statement without its part"),
        pytest.param(
            *multipart.write(NAMING, [(SHA2, "text/plain", CONTENT)] * 201), "200 parts",
            id="too many parts",
        ),
    ],
)  # fmt: skip
@BOTH
def test_broken_multipart_is_refused(version: str, kind: str, body: bytes, says: str) -> None:
    assert_refused(Lrs(version=version).send("POST", body=body, content_type=kind), says)


def test_a_body_that_is_all_boundary_costs_no_more_than_its_parts() -> None:
    body = b"\r\n--x" * 3_000_000
    answer = Lrs().send("POST", body=body, content_type="multipart/mixed; boundary=x")
    assert_refused(answer, "200 parts")


@pytest.mark.parametrize(
    "kind",
    ["text/plain\r\n;x", "text/plain;a\rb", "text/plain\n", "a/b\0", "a b/c", "a", "a/b; \n"],
)
def test_a_content_type_cannot_add_lines_to_what_others_are_sent(lrs: Lrs, kind: str) -> None:
    said = dumped(statement(attachments=[ATTACHMENT | {"contentType": kind}]))
    sent_as, body = multipart.write(said, [(SHA2, "text/plain", CONTENT)])
    assert_refused(lrs.send("POST", body=body, content_type=sent_as), "contentType")


@keeps
def test_the_same_part_twice_is_kept_once(lrs: Lrs) -> None:
    kind, body = multipart.write(NAMING, [(SHA2, "text/plain", CONTENT)] * 2)
    assert lrs.send("POST", body=body, content_type=kind).status == 200
    assert AttachmentFile.objects.count() == 1


@pytest.mark.parametrize("payload", [b"[" * 100_000, b"[]", b'{"verb":1}', b"\xff", b""])
def test_a_signature_over_nonsense_is_refused(lrs: Lrs, payload: bytes) -> None:
    signature = b".".join(as_base64(part) for part in (b'{"alg":"RS256"}', payload, b"x"))
    sha2 = hashlib.sha256(signature).hexdigest()
    attachment = ATTACHMENT | {
        "usageType": "http://adlnet.gov/expapi/attachments/signature",
        "contentType": "application/octet-stream",
        "sha2": sha2,
    }
    said = dumped(statement(attachments=[attachment]))
    kind, body = multipart.write(said, [(sha2, "application/octet-stream", signature)])
    assert_refused(lrs.send("POST", body=body, content_type=kind), "what was signed")


def as_base64(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


# Queries ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"limit": "-1"}, "limit"),
        ({"limit": "1e3"}, "limit"),
        ({"limit": "²"}, "limit"),
        ({"limit": "9" * 20}, "limit"),
        ({"after": "-1"}, "after"),
        ({"agent": "{"}, "agent"),
        ({"agent": "[]"}, "agent"),
        ({"agent": "{}"}, "agent"),
        ({"agent": '{"mbox":"mailto:a@b.nl","mbox":"mailto:c@b.nl"}'}, "'mbox' occurs twice"),
        ({"agent": '{"name":"\\ud800","mbox":"mailto:a@b.nl"}'}, "agent"),
        ({"agent": "[" * 1900 + "]" * 1900}, "agent: nested too deeply"),
        ({"agent": json.dumps(PERSON | {"shoe": 1})}, "shoe"),
        ({"verb": "done"}, "verb is no IRI"),
        ({"verb": "http://x.nl/\0"}, "verb"),
        ({"verb": "http://x.nl/\n"}, "verb"),
        ({"activity": "http://x.nl/" + "a" * 5000}, "4000 characters"),
        ({"since": "yesterday"}, "since"),
        ({"until": "2026-13-01"}, "until"),
        ({"since": "9999-12-31T23:59:59-12:00"}, "since"),
        ({"registration": "x"}, "registration"),
        ({"registration": SOME_ID + "\n"}, "registration"),
        ({"statementId": SOME_ID + "\n"}, "statementId"),
        ({"statementId": SOME_ID, "voidedStatementId": SOME_ID}, "not for both"),
        ({"statementId": SOME_ID, "limit": "1"}, "limit"),
        ({"format": "xml"}, "format"),
        ({"attachments": "yes"}, "attachments"),
        ({"ascending": "1"}, "ascending"),
        ({"nonsense": "1"}, "nonsense"),
        ({"StatementId": SOME_ID}, "StatementId"),
    ],
)
@BOTH
def test_a_wrong_question_is_named(version: str, query: dict[str, str], says: str) -> None:
    assert_refused(Lrs(version=version).send("GET", query=query), says)


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_an_odd_question_that_is_allowed_has_an_answer(lrs: Lrs, ascending: str) -> None:
    for query in (
        {"after": "9" * 19}, {"limit": "9" * 19}, {"since": "9999-12-31T23:59:59Z"},
        {"until": "0001-01-01T00:00:00Z"}, {"verb": "x:y" + "é" * 1000},
    ):  # fmt: skip
        assert lrs.send("GET", query={"ascending": ascending} | query).status == 200


# Documents --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "body", [b"{", b"", b'{"a":1,"a":2}', b"[" * 10_000, b"NaN", b"\xff", b'"\\ud800"', b"1e999999"]
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_document_that_says_it_is_json_is_json(lrs: Lrs, method: str, body: bytes) -> None:
    assert_refused(lrs.send(method, "activities/state", STATE, body), "application/json")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"stateId": "s\0"}, "stateId"),
        ({"stateId": "s" * 4001}, "4000 characters"),
        ({"activityId": "x"}, "activityId"),
        ({"activityId": "http://x.nl/\0"}, "activityId"),
        ({"agent": '{"account":{"homePage":"http://x.nl","name":"\\u0000"}}'}, "agent"),
        ({"agent": '{"objectType":"Group","mbox":"mailto:a@b.nl"}'}, "agent"),
        ({"registration": "x"}, "registration"),
        ({"nonsense": "x"}, "nonsense"),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
def test_a_document_has_a_place(lrs: Lrs, method: str, wrong: dict[str, str], says: str) -> None:
    assert_refused(lrs.send(method, "activities/state", STATE | wrong, b"{}"), says)


@pytest.mark.parametrize("kind", ["a\0b", "text/plain\r\nX: y", "é", "a\tb"])
def test_a_document_has_a_content_type_that_can_be_sent_back(lrs: Lrs, kind: str) -> None:
    answer = lrs.send("PUT", "activities/state", STATE, b"x", content_type=kind)
    assert_refused(answer, "Content-Type")


@keeps
@pytest.mark.parametrize("body", [b"[1]", b'{"b":"\\ud800"}', b'{"b":\xff}', b"{", b"null"])
def test_what_cannot_be_merged_leaves_the_document_as_it_was(lrs: Lrs, body: bytes) -> None:
    lrs.send("PUT", "activities/state", STATE, b'{"a": 1}')
    assert lrs.send("POST", "activities/state", STATE, body).status == 400
    assert lrs.send("GET", "activities/state", STATE).body == b'{"a": 1}'


# Anything ---------------------------------------------------------------------------------------
SEEDS = [
    ("application/json", EVERYTHING), ("application/json", GOOD), (KIND, WHOLE),
    ("application/json", b"[%b, %b]" % (GOOD, dumped(pointing(str(uuid4()))))),
]  # fmt: skip
JUNK = [
    b"\0", b"\xff", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\\u0000", b"\\ud800", b"\n",
    b"1e999", b"null", b"-", b"\r\n", b"--", MARK, b'"id"', b'"objectType"', b"SubStatement",
]  # fmt: skip


def mutated(chance: random.Random, body: bytes) -> bytes:
    """This body with a few bytes cut out, doubled, or put in."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        start, end = sorted(chance.randint(0, len(body)) for _ in range(2))
        end = min(end, start + chance.choice([0, 1, 2, 30, 300]))
        between = chance.choice(
            [b"", body[start:end] * 2, chance.choice(JUNK), chance.randbytes(3)]
        )
        body = body[:start] + between + body[end:]
    return body


@keeps
def test_two_thousand_bodies_that_are_nearly_good_are_kept_or_refused(lrs: Lrs) -> None:
    chance = random.Random(20261125)
    statuses = Counter[int]()
    for number in range(2000):
        kind, good = chance.choice(SEEDS)
        body = mutated(chance, good)
        answer = lrs.send("POST", body=body, content_type=kind)
        assert answer.status in {200, 400, 409}, (number, body, answer.body)
        statuses[answer.status] += 1
    assert min(statuses[200], statuses[400]) > 100
    for form in ("ids", "canonical", "exact"):
        assert lrs.send("GET", query={"format": form, "attachments": "true"}).status == 200


@settings(max_examples=300)
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(["application/json", KIND, "multipart/mixed; boundary=-"]),
)
def test_any_bytes_as_statements_have_an_answer(body: bytes, kind: str) -> None:
    assert Lrs().send("POST", body=body, content_type=kind).status in {200, 400}


@settings(max_examples=300)
@given(form=st.binary(max_size=100), method=st.sampled_from(["GET", "PUT", "POST", "DELETE", "X"]))
def test_any_form_in_the_alternate_syntax_has_an_answer(form: bytes, method: str) -> None:
    answer = Lrs().send(
        "POST",
        query={"method": method},
        body=form,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status in {200, 204, 400, 404, 405}, answer.body


ANY_TEXT = st.text(max_size=40, alphabet=st.characters(exclude_categories=["Cs"]))


@settings(max_examples=300)
@given(
    name=st.sampled_from(
        ["agent", "verb", "activity", "registration", "since", "until", "limit", "ascending",
         "format", "attachments", "statementId", "voidedStatementId", "after", "related_agents"]
    ),
    value=ANY_TEXT | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", fullmatch=True),
)  # fmt: skip
def test_any_question_has_an_answer(name: str, value: str) -> None:
    assert Lrs().send("GET", query={name: value}).status in {200, 400, 404}


@settings(max_examples=50)
@given(header=ANY_TEXT, value=ANY_TEXT)
def test_any_header_has_an_answer(header: str, value: str) -> None:
    names = ["authorization", "accept_language", "if_match", "content_type", "content_encoding"]
    for name in [*names, "x_experience_api_version", header.lower()]:
        answer = Lrs().send("PUT", "activities/state", STATE, b"{}", **{name: value})
        assert answer.status < 500, answer.body
        Document.objects.all().delete()
