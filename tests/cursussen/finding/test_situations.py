"""Whether colleagues find the right policy: situations that others wrote, and the texts that ship.

``uv run pytest tests/cursussen/finding/test_situations.py -n 0 -s`` tells what is not found.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cursussen.content import Policy
from cursussen.finding.policies import Lookup, find
from cursussen.finding.weighing import Index, Passage
from tests.cursussen.finding import shipped

pytestmark = pytest.mark.django_db
FIRST = 3
SETS = [  # and how much of each is found at least; a new set that nobody looked at comes below
    ("situations", 0.92),
    ("situations_2", 0.94),
    ("situations_3", 0.9),
    ("heldout", 0.94),
]


@pytest.mark.parametrize(("name", "enough"), SETS)
def test_situations_lead_to_a_right_policy_among_the_first_three(name: str, enough: float) -> None:
    """The ``situations`` were looked at while the search was made; of the third set 43 of 50 were
    found before that. Of ``heldout`` only the figure was seen: whoever mends the search for one
    of those loses what it is worth.
    """
    situations = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text())["situatie"]
    assert len(situations) == 50
    missed = list(_missed(situations))
    for situation, found in missed:
        print(f"{situation['situatie']}: {found}, not {situation['goed']}")
    assert 1 - len(missed) / len(situations) >= enough


def test_a_situation_is_found_by_the_others_of_its_policy() -> None:
    """Each fifth is asked after it was taken away: what the search makes of words it was not given.
    With ``[::1]`` it is the column *hidden* of decision 0045.
    """
    policies, lookup = shipped.policies(), shipped.lookup()
    asked = [one for one in lookup.index.passages if one.line][::5]
    right = [one for one in asked if one.key in _first(one.line, policies, _without(one, lookup))]
    print(f"hidden: {len(right)} of {len(asked)}")
    assert len(right) / len(asked) >= 0.7


def _without(hidden: Passage, lookup: Lookup) -> Lookup:
    left = [one for one in lookup.index.passages if one != hidden]
    kept = [number for number, line in enumerate(lookup.lines) if line != hidden.line]
    return Lookup(
        Index(left, lookup.index.synonyms),
        [lookup.lines[number] for number in kept],
        lookup.meanings[kept],
    )


def _first(text: str, policies: dict[str, Policy], lookup: Lookup) -> list[str]:
    return [one.policy.key for one in find(text, policies, lookup)[:FIRST]]


def _missed(situations: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    policies, lookup = shipped.policies(), shipped.lookup()
    for situation in situations:
        assert set(situation["goed"]) <= policies.keys()
        found = _first(situation["situatie"], policies, lookup)
        if not set(found) & set(situation["goed"]):
            yield situation, found
