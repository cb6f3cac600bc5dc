"""Which statements a target gets: by its filter, and by what they point to."""

from typing import Any
from uuid import uuid4

import pytest

from tests.xapi.forwarding.facts import (
    COMPLETED,
    READ,
    forward,
    pointing,
    statement,
    store,
    target_at,
)
from tests.xapi.forwarding.lrs import Lrs

OURS = "https://x.example/a/"


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        pytest.param({}, {"a", "b", "c", "d"}, id="no filter"),
        pytest.param({"activity_prefixes": [OURS]}, {"a", "b"}, id="a prefix"),
        pytest.param({"verbs": [READ]}, {"b", "d"}, id="a verb"),
        pytest.param({"activity_prefixes": [OURS], "verbs": [READ]}, {"b"}, id="both"),
        pytest.param(
            {"activity_prefixes": [OURS, "https://y.example/"]}, {"a", "b", "c", "d"}, id="either"
        ),
    ],
)
def test_a_target_gets_what_its_filter_takes(
    lrs: Lrs, wish: dict[str, Any], wanted: set[str]
) -> None:
    named = {
        "a": statement(activity=OURS + "1"),
        "b": statement(activity=OURS + "2", verb=READ),
        "c": statement(activity="https://y.example/1"),
        "d": statement(activity="https://y.example/2", verb=READ),
    }
    store(*named.values())
    target = target_at(lrs, **wish)
    forward(target)
    assert set(lrs.kept) == {named[name]["id"] for name in wanted}
    assert target.delivered == len(wanted)


def test_voided_statements_go_with_those_that_void_them(lrs: Lrs) -> None:
    [voided] = store(statement())
    [voiding] = store(pointing(voided))
    forward(target_at(lrs))
    assert list(lrs.kept) == [voided, voiding]


def test_a_statement_goes_with_the_one_it_points_to_however_far(lrs: Lrs) -> None:
    [wanted, other] = store(statement(verb=COMPLETED), statement(verb=READ))
    [about] = store(pointing(wanted, verb="https://x.example/verbs/commented"))
    [voiding] = store(pointing(about))
    store(pointing(other))
    forward(target_at(lrs, verbs=[COMPLETED]))
    assert list(lrs.kept) == [wanted, about, voiding]


def test_one_that_voids_what_is_still_to_come_goes_whatever_the_filter(lrs: Lrs) -> None:
    """Else the target would count a statement that was taken back before it came."""
    late = statement(verb=COMPLETED)
    [voiding] = store(pointing(late["id"]))
    store(pointing(str(uuid4()), verb="https://x.example/verbs/commented"))
    target = target_at(lrs, verbs=[COMPLETED])
    forward(target)
    store(late)
    forward(target)
    assert list(lrs.kept) == [voiding, late["id"]]


def test_one_that_voids_a_private_statement_fits_no_filter(lrs: Lrs) -> None:
    [private] = store(statement(verb=COMPLETED), private=True)
    store(pointing(private))
    forward(target_at(lrs, verbs=[COMPLETED]))
    assert lrs.kept == {}
