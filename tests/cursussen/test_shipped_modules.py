"""The modules in ``cursussen/inhoud``: as long as they say; those of the first strand whole."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

FOLDERS = sorted((Path(settings.CONTENT_FOLDER) / "modules").iterdir())
# A practice for the eye alone: it is the bank of questions that other modules draw from.
ONLY_QUESTIONS = {"oefen-je-blik"}
LONGEST = 20


def meta(path: Path) -> Mapping[str, Any]:
    """What a file says of itself."""
    text = path.read_text(encoding="utf-8")
    return tomllib.loads(text.split("+++")[1] if path.suffix == ".md" else text)


def parts(folder: Path) -> list[Mapping[str, Any]]:
    """The lessons, quizzes and stories of a module, in order."""
    return [meta(path) for path in sorted(folder.glob("[0-9]*"))]


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in FOLDERS])
def test_a_module_takes_as_long_as_its_parts(folder: Path) -> None:
    minutes = meta(folder / "module.md")["minuten"]
    assert minutes == sum(part["minuten"] for part in parts(folder))


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
    kinds = {part["soort"] for part in parts(folder)}
    assert kinds == ({"quiz"} if folder.name in ONLY_QUESTIONS else {"les", "quiz", "scenario"})
    assert meta(folder / "module.md")["minuten"] <= LONGEST
