"""What a page asks of the database, at one row and at many."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from leer.xapi import credentials
from leer.xapi.forwarding import targets
from tests.xapi.admin.reading import FACTS, KEYS, TARGETS, fact_url
from tests.xapi.rest_client import ACTIVITY, Lrs, pointing, statement

pytestmark = pytest.mark.django_db


@contextmanager
def of_the_ledger() -> Iterator[list[str]]:
    """The queries about the ledger's tables: Wagtail's own are not ours to count."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield asked
    asked += [query["sql"] for query in captured if "xapi_" in query["sql"]]


def described(number: int) -> dict[str, Any]:
    named = {"name": {"nl": f"Deel {number}"}}
    parent = {"parent": [{"id": f"https://x.example/{number}"}]}
    return statement(
        object={"id": f"{ACTIVITY}/{number}", "definition": named},
        context={"contextActivities": parent},
    )


def asked_by(client: Client, url: str) -> int:
    with of_the_ledger() as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("query", ["", "?activity=https://inhoud.example/kade/1&related=on"])
def test_a_page_of_facts_asks_as_much_for_one_as_for_many(
    programme: Client, lrs: Lrs, query: str
) -> None:
    lrs.stored(described(1))
    # 1 the systems, 2 the facts, 3 what their activities are called
    assert asked_by(programme, FACTS + query) == 3
    lrs.stored(*(described(number) for number in range(20)))
    for _ in range(5):
        Lrs().stored(statement())
    assert asked_by(programme, FACTS + query) == 3


def test_a_later_page_asks_two_more_for_its_place_at_most(programme: Client, lrs: Lrs) -> None:
    facts = lrs.stored(*(described(number) for number in range(60)))
    # 1 the fact where it begins
    assert asked_by(programme, f"{FACTS}?older_than={facts[30]}") == 4
    # 2 the facts once more, when those that are newer are less than a page
    assert asked_by(programme, f"{FACTS}?newer_than={facts[50]}") == 5


def test_what_was_taken_back_is_one_query_too(programme: Client, lrs: Lrs) -> None:
    facts = lrs.stored(*(described(number) for number in range(20)))
    lrs.stored(*(pointing(fact, "http://adlnet.gov/expapi/verbs/voided") for fact in facts))
    assert asked_by(programme, f"{FACTS}?voided=on") == 3


def test_one_fact(programme: Client, lrs: Lrs) -> None:
    [fact] = lrs.stored(described(1))
    [about] = lrs.stored(pointing(fact))
    # 1 the fact, 2 the systems, 3 what its activities are called
    assert asked_by(programme, fact_url(fact)) == 3
    # 1 the fact, 2 the systems, 3 whether what it points to may be seen
    assert asked_by(programme, fact_url(about)) == 3


def test_keys_are_one_query(administrator: Client) -> None:
    credentials.make(name="LMS")
    assert asked_by(administrator, KEYS) == 1
    for number in range(10):
        credentials.make(name=f"LMS {number}")
    assert asked_by(administrator, KEYS) == 1


def test_targets_are_one_query_and_one_for_the_backlog_of_each(programme: Client, lrs: Lrs) -> None:
    def add(name: str) -> None:
        targets.add(name=name, endpoint="https://lrs.example", key="k", secret="s")

    add("een")
    assert asked_by(programme, TARGETS) == 2
    lrs.stored(*(statement() for _ in range(50)))
    assert asked_by(programme, TARGETS) == 2
    add("twee")
    assert asked_by(programme, TARGETS) == 3
