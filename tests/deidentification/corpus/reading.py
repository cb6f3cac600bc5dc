"""The corpus as it is read: passages in which ``[soort:tekst]`` marks what must be found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leer.deidentification.api import Kind

HERE = Path(__file__).parent

KINDS = {
    "adres": Kind.ADDRESS,
    "bsn": Kind.BSN,
    "container": Kind.CONTAINER,
    "datum": Kind.DATE,
    "email": Kind.EMAIL,
    "functie": Kind.JOB_TITLE,
    "iban": Kind.IBAN,
    "kenteken": Kind.PLATE,
    "nummer": Kind.CASE_NUMBER,
    "persoon": Kind.PERSON,
    "plaats": Kind.PLACE,
    "postcode": Kind.POSTCODE,
    "schip": Kind.VESSEL,
    "team": Kind.TEAM,
    "telefoon": Kind.PHONE,
    "terminal": Kind.TERMINAL,
    "tijd": Kind.TIME,
    "web": Kind.WEB,
}
MARK = re.compile(r"\[(" + "|".join(KINDS) + r"):([^\]]+)\]")


@dataclass(frozen=True)
class Marked:
    """What must be found: where it is in the text without marks."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Passage:
    """A line of the corpus, as an editor would have written it, and what is in it."""

    text: str
    marked: tuple[Marked, ...]


def passage_of(line: str) -> Passage:
    """Take the marks out of a line and remember where they were."""
    text, marked, done = "", [], 0
    for match in MARK.finditer(line):
        text += line[done : match.start()]
        marked.append(Marked(len(text), len(text) + len(match[2]), KINDS[match[1]]))
        text += match[2]
        done = match.end()
    return Passage(text + line[done:], tuple(marked))


def lines_of(name: str) -> Iterator[str]:
    """The lines of a file; what begins with # explains it."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line


def passages(*names: str) -> list[Passage]:
    """The passages of these files; in the generated ones ``¶`` stands for the end of a line."""
    return [passage_of(line.replace("¶", "\n")) for name in names for line in lines_of(name)]
