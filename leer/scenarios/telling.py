"""How the commands tell what was found: for people, and as JSON for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from leer.scenarios import engine
from leer.scenarios.files import Checked

SCHEMA = 1
"""The version of the JSON (docs/developers/scenarios.md). Raise it when a field changes."""


def lines_of(checked: Checked) -> Iterator[str]:
    """Yield one line for each problem: file, line, passage, what to do, and the stable code."""
    yield from problem_lines(checked.file.path, checked.errors)
    yield from problem_lines(checked.file.path, checked.warnings, mark="let op: ")


def problem_lines(
    place: object, problems: Iterable[engine.Problem], *, mark: str = ""
) -> Iterator[str]:
    """Yield “file:line: “passage”: message (code)”."""
    for found in problems:
        line = f":{found.line}" if found.line else ""
        passage = f"“{found.passage}”: " if found.passage else ""
        yield f"{place}{line}: {mark}{passage}{found.message} ({found.code})"


def figures_text(figures: engine.Figures) -> str:
    """Return the figures in a few lines."""
    ways = "oneindig veel manieren" if figures.ways is None else f"{figures.ways} manieren"
    scores = ", ".join(f"{s.counter} {s.lowest}–{s.highest}" for s in figures.scores)
    rounds = "ten hoogste " if figures.has_loops else ""
    parts = [
        f"{figures.scenes} scènes, {figures.states} situaties, {ways} om te spelen",
        f"{figures.shortest} tot {rounds}{figures.longest} stappen, "
        f"{rounds}{_minutes(figures.reading_seconds)} lezen",
        *([f"tellers aan het eind: {scores}"] if scores else []),
        *map(_ending_text, figures.endings),
    ]
    return "\n".join(f"  {part}" for part in parts)


def endings_text(checked: Iterable[Checked]) -> str:
    """Return how many endings of each kind the stories have together; a story that is there in
    two languages counts once. Safe endings are the good examples: there should be more of them
    than of harm.
    """
    stories = {item.file.key: item.scenario for item in checked if item.scenario}
    passages = (p for story in stories.values() for p in story.passages.values() if p.outcome)
    found = Counter(passage.outcome for passage in passages)
    kinds = ", ".join(f"{found[kind]} {kind.value}" for kind in engine.Outcome)
    return f"Alle eindes samen: {kinds}."


def json_of(checked: Iterable[Checked]) -> dict[str, Any]:
    """Return the whole check as plain data."""
    files = [_file_json(item) for item in checked]
    return {"schema": SCHEMA, "ok": all(file["ok"] for file in files), "files": files}


def _file_json(checked: Checked) -> dict[str, Any]:
    story = checked.scenario
    return {
        "path": str(checked.file.path),
        "key": checked.file.key,
        "language": checked.file.language,
        "ifid": story.ifid if story else None,
        "title": story.title if story else None,
        "ok": checked.ok,
        "errors": [asdict(found) for found in checked.errors],
        "warnings": [asdict(found) for found in checked.warnings],
        "figures": asdict(checked.figures) if story else None,
    }


def _ending_text(ending: engine.Ending) -> str:
    often = "onbekend" if ending.share is None else f"{ending.share:.1%}".replace(".", ",")
    return f"{ending.passage} ({ending.outcome.value}): {often} van wie willekeurig kiest"


def _minutes(seconds: int) -> str:
    return f"{max(1, round(seconds / 60))} min"
