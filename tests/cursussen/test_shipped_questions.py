"""The questions that ship give the best answer away neither by its length nor by its place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cursussen.loading.quizzes import RATINGS
from cursussen.loading.sources import read_source

FOLDER = Path(settings.CONTENT_FOLDER)
FILES = {"policies": "afspraken/*.md", "modules": "modules/*/*.toml"}
# With three options chance is 33 %; with as many questions as we have, 40 % is still near chance.
MOST = 0.40


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with one best answer: the length of what can be chosen, and where the best is."""

    file: str
    lengths: tuple[int, ...]
    place: int

    def stands_out(self, extreme: int) -> bool:
        """The best answer has this length, and no other has."""
        return self.lengths[self.place] == extreme and self.lengths.count(extreme) == 1


def asked(pattern: str) -> list[Asked]:
    """Those of these files."""
    paths = sorted(FOLDER.glob(pattern))
    return [one for path in paths for one in _of_file(path)]


def _of_file(path: Path) -> Iterator[Asked]:
    for question in read_source(path).meta.get("vraag", []):
        options = question.get("optie", question.get("actie", []))
        marks = [_mark(option) for option in options]
        if options and marks.count(max(marks)) == 1:
            lengths = tuple(len(option["tekst"]) for option in options)
            yield Asked(str(path.relative_to(FOLDER)), lengths, marks.index(max(marks)))


def _mark(option: Mapping[str, Any]) -> int:
    """How good it is: right or wrong, or where actions are judged how fitting."""
    return int(RATINGS[option["oordeel"]]) if "oordeel" in option else int(option["goed"])


def worst(questions: Iterable[Asked]) -> str:
    """The files with the most of these questions, for whoever has to write better options."""
    return ", ".join(
        f"{file} ({n})" for file, n in Counter(q.file for q in questions).most_common(8)
    )


@pytest.mark.parametrize("extreme", [max, min], ids=["longest", "shortest"])
@pytest.mark.parametrize("kind", FILES)
def test_the_best_answer_is_not_told_by_its_length(kind: str, extreme: Any) -> None:
    questions = asked(FILES[kind])
    telling = [one for one in questions if one.stands_out(extreme(one.lengths))]
    assert len(telling) <= MOST * len(questions), worst(telling)


@pytest.mark.parametrize("kind", FILES)
def test_the_best_answer_is_now_and_then_the_longest(kind: str) -> None:
    """Never the longest would tell as much."""
    questions = asked(FILES[kind])
    assert sum(one.stands_out(max(one.lengths)) for one in questions) >= 0.15 * len(questions)


@pytest.mark.parametrize("place", range(3))
def test_the_best_answer_of_three_stands_at_each_place_about_as_often(place: int) -> None:
    threes = [one for pattern in FILES.values() for one in asked(pattern) if len(one.lengths) == 3]
    here = [one for one in threes if one.place == place]
    assert 0.25 <= len(here) / len(threes) <= MOST, worst(here)
