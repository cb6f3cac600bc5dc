"""Scenario files in folders: found, read and proved, the languages of one folder held together.

Plain Python: nothing here needs a database. A file is ``<sleutel>/<taal>.twee``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from leer.scenarios import engine

SUFFIX = ".twee"
SOURCE_LANGUAGE = "nl"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True)
class StoryFile:
    """One file by its place: the folder is the key, the name is the language."""

    path: Path

    @property
    def key(self) -> str:
        """The key of the scenario."""
        return self.path.resolve().parent.name

    @property
    def language(self) -> str:
        """The language, as the file is called."""
        return self.path.stem

    @property
    def name(self) -> str:
        """How messages call the file."""
        return f"{self.key}/{self.path.name}"


@dataclass(frozen=True)
class Checked:
    """A file as it was found. Without ``scenario`` it could not be read; ``text`` is then what
    there was. ``errors`` and ``warnings`` are in the order of the text.
    """

    file: StoryFile
    text: str = ""
    scenario: engine.Scenario | None = None
    errors: tuple[engine.Problem, ...] = ()
    warnings: tuple[engine.Problem, ...] = ()
    figures: engine.Figures = field(default_factory=engine.Figures)

    @property
    def ok(self) -> bool:
        """Whether this file may be loaded."""
        return not self.errors


def find(paths: Iterable[Path]) -> list[StoryFile]:
    """Return the files among these paths and in these folders, each once. Raises
    ``FileNotFoundError`` for a path that isn't there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        inside = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
        found |= dict.fromkeys(inside)
    return [StoryFile(path) for path in found]


def check(files: Iterable[StoryFile]) -> list[Checked]:
    """Read and prove each file, and hold the languages of one folder against each other."""
    checked = list(map(check_one, files))
    more: dict[StoryFile, list[engine.Problem]] = {item.file: [] for item in checked}
    for item, problem in [*_language_problems(checked), *_ifid_problems(checked)]:
        more[item.file].append(problem)
    return [_with_errors(item, more[item.file]) for item in checked]


def check_one(file: StoryFile) -> Checked:
    """Read and prove one file."""
    try:
        text = file.path.read_bytes().decode("utf-8")
        scenario = engine.parse(text, name=file.name)
    except UnicodeDecodeError as error:
        return Checked(file, errors=(engine.problem("file-encoding", byte=error.start),))
    except engine.TweeError as error:
        return Checked(file, text, errors=tuple(error.problems))
    proof = engine.prove(scenario)
    return Checked(file, text, scenario, proof.errors, proof.warnings, proof.figures)


def _with_errors(checked: Checked, more: Sequence[engine.Problem]) -> Checked:
    errors = tuple(sorted([*checked.errors, *more], key=lambda found: found.line))
    return Checked(
        checked.file, checked.text, checked.scenario, errors, checked.warnings, checked.figures
    )


def _language_problems(checked: Iterable[Checked]) -> Iterator[tuple[Checked, engine.Problem]]:
    """Compare every language of a folder with the Dutch one, or with the first there is."""
    for _, group in groupby(sorted(checked, key=_folder), key=_folder):
        languages = [item for item in group if LANGUAGE.fullmatch(item.file.language)]
        stories = [(item, item.scenario) for item in languages if item.scenario]
        stories.sort(key=lambda pair: pair[0].file.language != SOURCE_LANGUAGE)
        for item, scenario in stories:
            yield from ((item, found) for found in _card_problems(item, scenario))
            if scenario is not stories[0][1]:
                yield from ((item, found) for found in engine.compare(stories[0][1], scenario))


def _folder(checked: Checked) -> Path:
    return checked.file.path.resolve().parent


def _card_problems(item: Checked, scenario: engine.Scenario) -> Iterator[engine.Problem]:
    on_card = scenario.card.get("taal", item.file.language)
    if on_card != item.file.language:
        yield engine.problem("language-card-different", card=on_card, file=item.file.path.name)


def _ifid_problems(checked: Iterable[Checked]) -> Iterator[tuple[Checked, engine.Problem]]:
    first: dict[str, Checked] = {}
    for item in checked:
        if item.scenario:
            earlier = first.setdefault(item.scenario.ifid, item)
            if earlier is not item:
                yield item, engine.problem("language-ifid-twice", other=earlier.file.name)
