"""The modules in ``cursussen/inhoud``: as long as they say, and short; the first strand's whole."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cursussen.loading.sources import Source, read_source
from cursussen.reading import WORDS_PER_MINUTE
from leer.scenarios import engine

FOLDERS = sorted((Path(settings.CONTENT_FOLDER) / "modules").iterdir())
# A practice for the eye alone: it is the bank of questions that other modules draw from.
ONLY_QUESTIONS = {"oefen-je-blik"}
LONGEST = 20
# What is read of a question, and of what can be chosen. What a quiz draws is not counted.
TEXTS = {"tekst", "uitleg", "reactie", "smoes", "weerwoord", "past_bij"}
TABLES = {"optie", "stuk", "plek", "stap", "paar", "actie"}
every_module = pytest.mark.parametrize(
    "folder", [pytest.param(folder, id=folder.name) for folder in FOLDERS]
)


def meta(path: Path) -> Mapping[str, Any]:
    """What a file says of itself."""
    return read_source(path).meta


def parts(folder: Path) -> list[Source]:
    """The lessons, quizzes and stories of a module, in order."""
    return [read_source(path) for path in sorted(folder.glob("[0-9]*"))]


def minutes_to_read(part: Source) -> float:
    """All there is to read at a calm pace; of a story the way with the most words."""
    if part.kind == "scenario":
        file = Path(settings.SCENARIO_FOLDER) / part.meta["scenario"] / "nl.twee"
        return engine.prove(engine.parse(file.read_text("utf-8"))).figures.reading_seconds / 60
    return _words([part.body, part.meta.get("vraag", [])]) / WORDS_PER_MINUTE


def _words(value: Any) -> int:
    """How many there are in a text, or in the texts of a question that are shown."""
    if isinstance(value, str):
        return len(value.split())
    if isinstance(value, list):
        return sum(map(_words, value))
    if not isinstance(value, dict) or value.get("vast") is False:
        return 0
    return sum(_words(value[name]) for name in (TEXTS | TABLES) & value.keys())


@every_module
def test_a_module_takes_as_long_as_its_parts(folder: Path) -> None:
    minutes = meta(folder / "module.md")["minuten"]
    assert minutes == sum(part.meta["minuten"] for part in parts(folder)) <= LONGEST


@every_module
def test_a_part_takes_no_longer_than_it_says_and_a_module_is_one_sitting(folder: Path) -> None:
    reading = {part.key: (minutes_to_read(part), part.meta["minuten"]) for part in parts(folder)}
    short = {key: both for key, both in reading.items() if round(both[0]) > both[1]}
    assert short == {}, "minutes to read, and minutes that are said"
    whole = sum(minutes for minutes, _said in reading.values())
    assert whole <= LONGEST
    assert round(whole) <= meta(folder / "module.md")["minuten"]


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(folder, id=folder.name)
        for folder in FOLDERS
        if "leerlijn" not in meta(folder / "module.md")
    ],
)
def test_a_module_against_approach_is_short_and_whole(folder: Path) -> None:
    """Those of the first strand: a lesson, questions and a story in one sitting."""
    kinds = {part.kind for part in parts(folder)}
    assert kinds == ({"quiz"} if folder.name in ONLY_QUESTIONS else {"les", "quiz", "scenario"})
