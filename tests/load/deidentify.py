"""The figures of deidentification.md (docs): ``uv run python -m tests.load.deidentify``."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from leer.deidentification.api import Kind
from tests.deidentification.corpus.reading import Passage, passages
from tests.deidentification.measuring import (
    FRESH,
    HELD_OUT,
    PARAGRAPHS,
    TUNED,
    WITHOUT,
    Measured,
    measure,
    with_lists,
)

A_CASE = 10_000
"""Characters of a long case."""


def main() -> None:
    started = time.process_time()
    with_lists("Eerste keer.")
    print(f"Reading the lists, once per process: {time.process_time() - started:.2f} s of CPU.\n")
    parts = {name: passages(*files) for name, files in PARTS.items()}
    for name, part in parts.items():
        print(f"{name}: {len(part)} passages, {sum(len(p.text) for p in part):,} characters")
    _table(measure(parts["tuned"]), measure(parts["held-out"]))
    _fresh("Fresh part", measure(parts["fresh"]))
    _fresh("Paragraphs", measure(parts["paragraphs"]))
    _without(parts["without anything"])
    _stories(list(_told()))
    _speed([*parts["tuned"], *parts["held-out"], *parts["without anything"]])


PARTS = {
    "tuned": TUNED,
    "held-out": HELD_OUT,
    "fresh": FRESH,
    "paragraphs": PARAGRAPHS,
    "without anything": WITHOUT,
}


def _table(tuned: Measured, held_out: Measured) -> None:
    print("\n| kind | tuned | recall % | held-out | recall % | kind right % | precision % |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for kind in Kind:
        if not held_out.marked[kind]:
            continue
        right = held_out.named_right[kind] / held_out.marked[kind]
        figures = (tuned.recall(kind), held_out.recall(kind), right, held_out.precision(kind))
        a, b, c, d = (f"{100 * figure:.1f}" for figure in figures)
        print(
            f"| {kind} | {tuned.marked[kind]} | {a} | {held_out.marked[kind]} | {b} | {c} | {d} |"
        )


def _without(prose: list[Passage]) -> None:
    measured = measure(prose)
    print(f"\nFalse alarms in {len(prose)} passages without anything: {measured.false.total()}")
    for finding, passage in measured.alarms:
        print(f"  {finding.kind}: {finding.text!r} in {passage.text!r}")


def _fresh(name: str, measured: Measured) -> None:
    print(
        f"\n{name}: {measured.found.total()} of {measured.marked.total()} found; persons ", end=""
    )
    print(f"{measured.found[Kind.PERSON]} of {measured.marked[Kind.PERSON]}; ", end="")
    print(f"false alarms {measured.false.total()}")


def _stories(stories: list[str]) -> None:
    """Stories by others, full of made-up names: what would an editor of one have to look at?"""
    kinds = Counter(finding.kind for text in stories for finding in with_lists(text))
    print(f"\nStories: {len(stories)}, {sum(map(len, stories)):,} characters; findings: ", end="")
    print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def _told() -> Iterator[str]:
    """The stories that Leer ships, without what is written for machines."""
    for path in sorted(Path("scenario's").glob("*/nl.twee")):
        text = path.read_text(encoding="utf-8")
        text = text[text.index(" [scene") :]
        text = re.sub(r"^(?:::.*|--|[\w-]+:.*)$", "", text, flags=re.MULTILINE)
        yield re.sub(r"->[^\]]*\]\]", "", text).replace("[[", "")


def _speed(every: list[Passage]) -> None:
    text = "\n".join(passage.text for passage in every)
    started = time.process_time()
    with_lists(text)
    spent = time.process_time() - started
    print(f"\nSpeed: {len(text) / spent:,.0f} characters per second of CPU; ", end="")
    print(f"a case of {A_CASE:,} characters takes {A_CASE * spent / len(text):.2f} s.")


if __name__ == "__main__":
    main()
