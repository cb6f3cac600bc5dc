"""Text is UTF-8: xAPI 1.0.3, Data 2.2 and Communication 1.4; IEEE 9274.1.1 (2.0), 4.1.2."""

import json

import pytest

from tests.xapi.requirements.documents import ALL, Documents
from tests.xapi.requirements.kit import assert_statuses, assert_taken, ids
from tests.xapi.rest_client import Lrs, statement

WORDS = "één € 中文 العربية 🚶"


def test_xapi_00015_what_is_said_in_utf_8_comes_back_so(lrs: Lrs) -> None:
    said = statement(result={"response": WORDS}, object={"id": "http://example.org/één/中文"})
    assert_taken(lrs, said)
    raw = json.dumps(said, ensure_ascii=False).encode()
    [id_] = json.loads(lrs.send("POST", body=raw).body)
    assert WORDS.encode() in lrs.send("GET", query={"statementId": id_}).body
    assert id_ in ids(lrs.found(activity="http://example.org/één/中文"))


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-32"])
def test_xapi_00015_another_encoding_is_refused(lrs: Lrs, encoding: str) -> None:
    said = json.dumps(statement(result={"response": "één"}), ensure_ascii=False)
    assert_statuses([lrs.send("POST", body=said.encode(encoding))], 400)
    assert_statuses([lrs.send("POST", body=said.encode())], 200)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.path)
def test_xapi_00015_documents_and_their_names_too(lrs: Lrs, kind: Documents) -> None:
    content = json.dumps({"words": WORDS}, ensure_ascii=False).encode()
    kind.keep(lrs, content, **{kind.name: WORDS})
    assert kind.content(lrs, **{kind.name: WORDS}) == content
    assert kind.names(lrs) == [WORDS]
    assert_statuses([kind.send(lrs, "POST", content.decode().encode("utf-16"))], 400)
