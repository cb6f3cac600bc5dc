"""What is wrong with a draft, and at which block."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leer.scenarios import engine
from leer.scenarios.authoring.compiling import (
    distinct_names,
    names_by_id,
    one_line,
    paragraphs,
    to_graph,
)
from leer.scenarios.authoring.draft import ENDING, REACTION, Block, Draft, choices_of, items
from leer.scenarios.authoring.naming import name_of
from leer.scenarios.authoring.wording import CARD_LABELS, OWN_WORDS, in_form_words
from leer.scenarios.engine.card import REQUIRED_KEYS

COUNTER_NAME = re.compile(r"[a-z][a-z0-9_]*")
TOLD_HERE = frozenset(
    {
        "card-key-missing",
        "counter-unknown",
        "counters-unreadable",
        "kind-wrong",
        "name-missing",
        "name-twice",
        "outcome-wrong",
        "reaction-choices",
        "start-unknown",
        "start-missing",
        "target-unknown",
        "title-missing",
    }
)
"""What the engine says of things that are told here, with the block they are in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. ``block`` is the id of the scene it is in; ``field`` a key of the card,
    ``counters`` or ``scenes``; with neither it is about the whole story.
    """

    code: str
    message: str
    block: str = ""
    field: str = ""
    name: str = ""
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """The story as far as it goes, and everything there is to say about it."""

    graph: engine.Scenario
    findings: tuple[Finding, ...]
    figures: engine.Figures

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be mended before it can be published."""
        return tuple(found for found in self.findings if found.is_error)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Advice."""
        return tuple(found for found in self.findings if not found.is_error)


def check(draft: Draft) -> Checked:
    """Look at everything in the draft. Never raises, however unfinished it is."""
    graph = to_graph(draft)
    own = [*_card(draft), *_counters(draft), *_scenes(draft)]
    if not draft.scenes:
        return Checked(graph, tuple(own), engine.Figures())
    proof = engine.prove(graph)
    told = {(found.code, found.block) for found in own}
    engines = [found for found in _reading(graph) if not _is_echo(found, told, draft)]
    placed = [*own, *_placed([*engines, *proof.errors], draft)]
    placed += _placed(proof.warnings, draft, is_error=False)
    return Checked(graph, tuple(dict.fromkeys(placed)), proof.figures)


def _reading(graph: engine.Scenario) -> Iterable[engine.Problem]:
    """What stands in the way of writing the story down and reading the same story back."""
    try:
        read = engine.parse(engine.write(graph))
    except engine.TweeError as error:
        return error.problems
    return [
        engine.Problem("reads-otherwise", OWN_WORDS["reads-otherwise"], passage=name)
        for name, passage in graph.passages.items()
        if read.passages.get(name) != passage
    ]


def _is_echo(problem: engine.Problem, told: set[tuple[str, str]], draft: Draft) -> bool:
    """A choice that is not finished cannot be written down either; once is enough."""
    ids = {name: block for block, name in names_by_id(draft.scenes).items()}
    unfinished = {"choice-empty", "choice-nowhere", "onwards-missing"}
    block = ids.get(problem.passage, "")
    return problem.code == "choice-unreadable" and any((code, block) in told for code in unfinished)


def _placed(
    problems: Iterable[engine.Problem], draft: Draft, *, is_error: bool = True
) -> Iterator[Finding]:
    ids = {name: block for block, name in names_by_id(draft.scenes).items()}
    for problem in problems:
        if problem.code not in TOLD_HERE:
            block = ids.get(problem.passage, "")
            yield Finding(
                code=problem.code,
                message=in_form_words(problem),
                block=block,
                field="" if block else _field(problem),
                name=problem.passage if block else "",
                is_error=is_error,
            )


def _field(problem: engine.Problem) -> str:
    return "counters" if problem.code.startswith("counter") else ""


def _card(draft: Draft) -> Iterator[Finding]:
    for key in REQUIRED_KEYS:
        if not one_line(draft.card.get(key)):
            yield _own("field-empty", field=key, label=CARD_LABELS[key])


def _counters(draft: Draft) -> Iterator[Finding]:
    for block in draft.counters:
        name = name_of(block)
        if not COUNTER_NAME.fullmatch(name):
            yield _own("counter-name", field="counters", name=name)


def _scenes(draft: Draft) -> Iterator[Finding]:
    if not draft.scenes:
        yield _own("story-empty", field="scenes")
    counters = {str(block.get("id")) for block in draft.counters}
    counters |= {name_of(block) for block in draft.counters}
    names = distinct_names(draft.scenes)
    targets = {*names_by_id(draft.scenes), *names}
    for block, name in zip(draft.scenes, names, strict=True):
        place = {"block": str(block.get("id")), "name": name}
        found = [*_page(block, name), *_choices(block, targets), *_pointers(block, counters)]
        for code, values in dict.fromkeys(found):
            yield _own(code, **place, values=dict(values))


type _Found = tuple[str, tuple[tuple[str, str], ...]]


def _page(block: Block, name: str) -> Iterator[_Found]:
    value = block["value"]
    if name_of(block) and one_line(name_of(block)) != name:
        yield "name-used", (("name", one_line(name_of(block))),)
    if not any(paragraphs(item.get("text")) for item in items(value.get("texts"))):
        yield "text-missing", ()
    if block["type"] == ENDING and not value.get("outcome"):
        yield "outcome-missing", ()


def _choices(block: Block, targets: set[str]) -> Iterator[_Found]:
    choices = choices_of(block)
    if block["type"] == REACTION and not (choices and choices[0].get("target")):
        yield "onwards-missing", ()
        return
    for choice in choices:
        text, target = one_line(choice.get("text")), choice.get("target")
        if not text:
            yield "choice-empty", ()
        if not target:
            yield "choice-nowhere", (("text", text),)
        elif target not in targets:
            yield "choice-gone", (("text", text),)


def _pointers(block: Block, counters: set[str]) -> Iterator[_Found]:
    """Counters that effects and conditions name."""
    value = block["value"]
    conditional = [*items(value.get("texts")), *choices_of(block)]
    pointing = [*items(value.get("effects"))]
    pointing += [needed for piece in conditional for needed in items(piece.get("conditions"))]
    for item in pointing:
        if not item.get("counter"):
            yield "counter-unchosen", ()
        elif item["counter"] not in counters:
            yield "counter-gone", ()


def _own(
    code: str,
    *,
    block: str = "",
    field: str = "",
    name: str = "",
    values: Mapping[str, Any] | None = None,
    **more: str,
) -> Finding:
    message = OWN_WORDS[code].format_map({"name": name, **(values or {}), **more})
    return Finding(code, message, block, field, name if block else "")
