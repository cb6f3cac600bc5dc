"""How statements and the bytes of attachments travel: xAPI 1.0.3, Communication 1.5; IEEE
9274.1.1 (2.0), 4.1.3.
"""

from typing import Any
from uuid import uuid4

import pytest

from tests.xapi.requirements.kit import assert_statuses
from tests.xapi.requirements.parts import (
    ATTACHMENT,
    BOUNDARY,
    HASH,
    Part,
    file,
    mixed,
    sentence,
    together,
)
from tests.xapi.rest_client import Lrs, dumped, statement

MIXED = f"multipart/mixed; boundary={BOUNDARY}"
AT_AN_ADDRESS = ATTACHMENT | {"fileUrl": "https://example.org/quay.png"}


def _send(lrs: Lrs, body: bytes, content_type: str) -> list[int]:
    """The answers to this body, POSTed and PUT."""
    put = {"statementId": str(uuid4())}
    return [
        lrs.send("POST", body=body, content_type=content_type).status,
        lrs.send("PUT", query=put, body=body, content_type=content_type).status,
    ]


GOOD, BAD = [200, 204], [400, 400]


def test_xapi_00127_the_content_type_is_json_or_mixed(lrs: Lrs) -> None:
    plain, parts = dumped(statement()), together(sentence(), file())
    for kind in ("application/json", "application/json; charset=utf-8", "Application/JSON"):
        assert _send(lrs, plain, kind) == GOOD
    assert _send(lrs, parts, MIXED) == GOOD
    for kind in ("", "text/plain", "application/xml", "application/jsonp"):
        assert _send(lrs, plain, kind) == BAD
    for kind in ("application/json", "multipart/form-data; boundary=quay"):
        assert _send(lrs, parts, kind) == BAD


def test_xapi_00128_a_part_that_is_no_attachment_is_refused(lrs: Lrs) -> None:
    assert _send(lrs, together(sentence(), file()), MIXED) == GOOD
    stranger = file(b"a stranger")
    assert _send(lrs, together(sentence(), file(), stranger), MIXED) == BAD
    assert _send(lrs, together(sentence(statement()), stranger), MIXED) == BAD


def test_xapi_00129_bytes_that_are_missing_are_refused(lrs: Lrs) -> None:
    missing, elsewhere = (statement(attachments=[one]) for one in (ATTACHMENT, AT_AN_ADDRESS))
    assert _send(lrs, dumped(elsewhere), "application/json") == GOOD
    assert _send(lrs, dumped(missing), "application/json") == BAD
    assert _send(lrs, together(sentence(elsewhere)), MIXED) == GOOD
    assert _send(lrs, together(sentence(missing)), MIXED) == BAD


def test_xapi_00130_every_part_begins_with_the_boundary(lrs: Lrs) -> None:
    good = together(sentence(), file())
    assert _send(lrs, good, MIXED) == GOOD
    mark = f"--{BOUNDARY}\r\n".encode()
    for bad in (good.replace(mark, b""), good.replace(mark, b"", 1), good[::-1]):
        assert _send(lrs, bad, MIXED) == BAD
    between = good.rfind(mark)
    assert _send(lrs, good[:between] + good[between + len(mark) :], MIXED) == BAD


def test_xapi_00130_the_body_ends_with_the_boundary(lrs: Lrs) -> None:
    """What came after the last one would be lost without a word."""
    end = f"--{BOUNDARY}--\r\n".encode()
    plain = sentence(statement())
    for parts in ((sentence(), file()), (plain,), (plain, file())):
        assert _send(lrs, together(*parts).removesuffix(end), MIXED) == BAD
    assert _send(lrs, together(plain), MIXED) == GOOD
    assert _send(lrs, together(sentence(), file()), MIXED) == GOOD


def test_xapi_00131_the_content_type_names_the_boundary(lrs: Lrs) -> None:
    body = together(sentence(), file())
    for good in (MIXED, f'multipart/mixed; boundary="{BOUNDARY}"'):
        assert _send(lrs, body, good) == GOOD
    for bad in ("multipart/mixed", "multipart/mixed; boundary=", "multipart/mixed; boundary=x"):
        assert _send(lrs, body, bad) == BAD


@pytest.mark.parametrize("hash_", ["", "0" * 64, HASH[:-1], "hash"])
def test_xapi_00132_a_part_names_the_hash_of_an_attachment(lrs: Lrs, hash_: str) -> None:
    assert_statuses([mixed(lrs, sentence(), file())], 200)
    wrong = file().having(**{"X-Experience-API-Hash": hash_})
    without = file().without("X-Experience-API-Hash")
    assert_statuses([mixed(lrs, sentence(), one) for one in (wrong, without)], 400)


def test_xapi_00132_the_hash_is_that_of_the_bytes(lrs: Lrs) -> None:
    spoiled = Part(file().headers, file().content + b" ")
    assert_statuses([mixed(lrs, sentence(), spoiled)], 400)
    assert_statuses([mixed(lrs, sentence(), file())], 200)


def test_xapi_00133_all_statements_are_in_the_first_part(lrs: Lrs) -> None:
    one, other = statement(attachments=[ATTACHMENT]), statement()
    assert_statuses([mixed(lrs, sentence(one, other), file())], 200)
    assert_statuses([mixed(lrs, sentence(one), sentence(other), file())], 400)
    assert_statuses([mixed(lrs, file(), sentence(one))], 400)


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", ""])
def test_xapi_00134_the_first_part_is_json(lrs: Lrs, kind: str) -> None:
    assert_statuses([mixed(lrs, sentence(), file())], 200)
    wrong, without = sentence().having(Content_Type=kind), sentence().without("Content-Type")
    assert_statuses([mixed(lrs, one, file()) for one in (wrong, without)], 400)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "7bit", ""])
def test_xapi_00135_the_bytes_are_binary(lrs: Lrs, encoding: str) -> None:
    """And say so, in 2.0 too: there a store SHOULD assume it (4.1.3), but the suite does not."""
    assert_statuses([mixed(lrs, sentence(), file())], 200)
    wrong = file().having(Content_Transfer_Encoding=encoding)
    without = file().without("Content-Transfer-Encoding")
    assert_statuses([mixed(lrs, sentence(), one) for one in (wrong, without)], 400)


def test_xapi_00137_a_mime_version_is_not_asked_for(lrs: Lrs) -> None:
    """Withdrawn: RFC 2045 has it on a message, and HTTP has no such messages (RFC 9110, 8.3)."""
    assert_statuses([mixed(lrs, sentence(), file())], 200)
    assert_statuses([mixed(lrs, sentence(), file(), mime_version="1.0")], 200)


@pytest.mark.parametrize("kind", ["form-data", "related", "alternative"])
def test_xapi_00138_attachments_come_in_mixed(lrs: Lrs, kind: str) -> None:
    """Withdrawn as a rule of its own; 00127 says the same."""
    other = f"multipart/{kind}; boundary={BOUNDARY}"
    assert_statuses([mixed(lrs, sentence(), file(), content_type=other)], 400)
    assert_statuses([mixed(lrs, sentence(), file())], 200)


def _attachments_of(said: dict[str, Any], lrs: Lrs) -> Any:
    [id_] = lrs.stored(said)
    return lrs.one(statementId=id_)["attachments"]


def test_what_is_at_an_address_may_come_along_too(lrs: Lrs) -> None:
    said = statement(attachments=[AT_AN_ADDRESS])
    assert_statuses([mixed(lrs, sentence(said), file())], 200)
    assert _attachments_of(said, lrs) == [AT_AN_ADDRESS]
