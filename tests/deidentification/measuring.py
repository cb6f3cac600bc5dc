"""Recall and false alarms of a search on the corpus, per kind."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from leer.deidentification.api import Finding, Kind, Lists, search
from tests.deidentification.corpus.reading import Marked, Passage

TUNED = ("gemaakt.txt", "handgeschreven.txt", "vermomd.txt")
HELD_OUT = ("gemaakt_apart.txt", "handgeschreven_apart.txt", "vermomd_apart.txt")
FRESH = ("vers.txt",)
PARAGRAPHS = ("alineas.txt",)
WITHOUT = ("zonder.txt",)

LISTS = Lists(
    teams=(
        "team Scan Zuid", "team Rivier 3", "Fysiek Toezicht Noord", "team Kade Oost",
        "team Passagiers 4", "Toezicht Fruit",
    ),
)  # fmt: skip
"""What the organisation of the corpus would hand over: its teams. All else must be known."""

TAG = re.compile(r"</?b>")
Search = Callable[[str], Sequence[Finding]]


@dataclass
class Measured:
    """Counts per kind. Found: all of it is covered, by whichever kind."""

    marked: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    named_right: Counter[Kind] = field(default_factory=Counter)
    reported: Counter[Kind] = field(default_factory=Counter)
    false: Counter[Kind] = field(default_factory=Counter)
    missed: list[tuple[str, Kind, Passage]] = field(default_factory=list)
    alarms: list[tuple[Finding, Passage]] = field(default_factory=list)

    def recall(self, kind: Kind) -> float:
        return self.found[kind] / self.marked[kind]

    def missed_of(self, kind: Kind) -> list[str]:
        """For whoever reads why a test failed."""
        return [f"{text!r} in {p.text!r}" for text, of, p in self.missed if of is kind]

    def precision(self, kind: Kind) -> float:
        return 1 - self.false[kind] / self.reported[kind] if self.reported[kind] else 1.0


def with_lists(text: str) -> list[Finding]:
    return search(text, LISTS)


def measure(passages: Iterable[Passage], search: Search = with_lists) -> Measured:
    measured = Measured()
    for passage in passages:
        findings = search(passage.text)
        for mark in passage.marked:
            _count(measured, passage, mark, findings)
        for finding in findings:
            measured.reported[finding.kind] += 1
            if not any(finding.start < m.end and m.start < finding.end for m in passage.marked):
                measured.false[finding.kind] += 1
                measured.alarms.append((finding, passage))
    return measured


def _count(measured: Measured, passage: Passage, mark: Marked, findings: Sequence[Finding]) -> None:
    measured.marked[mark.kind] += 1
    over = [f for f in findings if f.start < mark.end and mark.start < f.end]
    covered = {place for f in over for place in range(f.start, f.end)}
    for tag in TAG.finditer(passage.text):
        covered.update(range(*tag.span()))
    if all(
        place in covered or not passage.text[place].isalnum()
        for place in range(mark.start, mark.end)
    ):
        measured.found[mark.kind] += 1
        measured.named_right[mark.kind] += any(f.kind is mark.kind for f in over)
    else:
        measured.missed.append((passage.text[mark.start : mark.end], mark.kind, passage))
