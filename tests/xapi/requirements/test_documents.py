"""What all documents have in common: xAPI 1.0.3, Communication 2.2; IEEE 9274.1.1 (2.0), 4.1.6."""

import json

import pytest

from leer.xapi.models import Document, StatementRecord
from tests.xapi.requirements.documents import ALL, Documents
from tests.xapi.requirements.kit import assert_statuses
from tests.xapi.rest_client import Lrs, statement

EACH = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.path)


@EACH
def test_xapi_00182_a_refused_request_changes_nothing(lrs: Lrs, kind: Documents) -> None:
    kind.keep(lrs, {"n": 1})
    before = list(Document.objects.values())
    bad = [kind.send(lrs, method, b"{", shoe="left") for method in ("PUT", "POST", "DELETE")]
    bad += [kind.send(lrs, "POST", b"{"), kind.send(lrs, "POST", [1])]
    bad += [lrs.post(statement(shoe="left")), lrs.post(statement(), statement(actor={}))]
    assert_statuses(bad, 400)
    assert list(Document.objects.values()) == before
    assert not StatementRecord.objects.exists()
    assert_statuses([kind.send(lrs, "POST", {"n": 2})], 204)
    assert list(Document.objects.values()) != before


@EACH
def test_xapi_00183_a_merge_goes_one_level_deep(lrs: Lrs, kind: Documents) -> None:
    kind.keep(lrs, {"car": {"make": "Ford", "model": "Escape"}, "list": [1, 2]})
    assert_statuses([kind.send(lrs, "POST", {"car": {"make": "Dodge"}, "list": [3]})], 204)
    assert kind.value(lrs) == {"car": {"make": "Dodge"}, "list": [3]}


@EACH
def test_xapi_00184_a_merge_replaces_what_comes_again(lrs: Lrs, kind: Documents) -> None:
    kind.keep(lrs, {"a": 1, "b": "old", "c": {"x": 1}})
    assert_statuses([kind.send(lrs, "POST", {"b": "new", "c": None, "d": 0})], 204)
    assert kind.value(lrs) == {"a": 1, "b": "new", "c": None, "d": 0}


@EACH
def test_xapi_00185_a_merge_makes_one_document(lrs: Lrs, kind: Documents) -> None:
    """JSON with each property once, of which the type is still JSON."""
    kind.keep(lrs, b' { "a" : 1, "b" : 2 } ')
    assert_statuses([kind.send(lrs, "POST", b'\n{"b":3, "c":4}\n')], 204)
    answer = kind.send(lrs, "GET")
    pairs = json.loads(answer.body, object_pairs_hook=list)
    assert sorted(pairs) == [("a", 1), ("b", 3), ("c", 4)]
    assert answer.content_type == "application/json"


@EACH
def test_xapi_00186_a_merge_reads_both_documents(lrs: Lrs, kind: Documents) -> None:
    """Properties are the same by what they say, not by how they are written."""
    kind.keep(lrs, b'{"a": 1, "\\u0062": {"\\u0063": 1}}')
    assert_statuses([kind.send(lrs, "POST", b'{"\\u0061": 2, "\\/": 3}')], 204)
    answer = kind.send(lrs, "GET")
    pairs = json.loads(answer.body, object_pairs_hook=list)
    assert sorted(pairs, key=str) == [("/", 3), ("a", 2), ("b", [("c", 1)])]
