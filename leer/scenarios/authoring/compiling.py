"""From the forms to the engine. Anything can stand in a draft, so nothing here may fail."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from leer.scenarios import engine
from leer.scenarios.authoring.draft import (
    BECOMES,
    ENDING,
    LESS,
    REACTION,
    SCENE,
    Block,
    Draft,
    choices_of,
    items,
)
from leer.scenarios.authoring.naming import name_of
from leer.scenarios.engine import Change, Effect, Kind, Operator, Passage, TextBlock

KINDS = {SCENE: Kind.SCENE, REACTION: Kind.REACTION, ENDING: Kind.ENDING}
LINE_END = re.compile(r"\s*[\r\n]+\s*")
BLANK_LINES = re.compile(r"\n{3,}")


def to_graph(draft: Draft) -> engine.Scenario:
    """The story as the engine knows it. The first scene sets the counters, as Twine wants it."""
    names = names_by_id(draft.scenes)
    counters = tuple(map(_counter, draft.counters))
    known = {str(block.get("id")): _name(block["value"]) for block in draft.counters}
    reader = _Reader(names, known, [counter.name for counter in counters])
    made = [
        reader.passage(block, name, draft.positions.get(str(block.get("id"))))
        for block, name in zip(draft.scenes, distinct_names(draft.scenes), strict=True)
    ]
    passages = {passage.name: passage for passage in _opened(made, counters)}
    return engine.Scenario(
        ifid=draft.ifid.upper(),
        title=one_line(draft.title),
        start=made[0].name if made else "",
        card=_card(draft),
        counters=counters,
        passages=passages,
    )


def _card(draft: Draft) -> dict[str, str]:
    """The card, with what the counters are called as their own forms say it."""
    card = {key: one_line(text) for key, text in draft.card.items() if one_line(text)}
    values = [block["value"] for block in draft.counters]
    words = {_name(value): one_line(value.get("words")) for value in values}
    line = engine.counter_words_line(words)
    return card | {engine.COUNTER_WORDS_KEY: line} if line else card


def to_text(draft: Draft) -> str:
    """The story as canonical Twee. Raises ``engine.TweeError`` when it would read differently."""
    graph = to_graph(draft)
    text = engine.write(graph)
    if engine.parse(text) != graph:
        raise engine.TweeError([])
    return text


def names_by_id(scenes: Iterable[Block]) -> dict[str, str]:
    """The name under which every block is known to the engine."""
    scenes = list(scenes)
    return {
        str(block.get("id")): name
        for block, name in zip(scenes, distinct_names(scenes), strict=True)
    }


def distinct_names(scenes: Iterable[Block]) -> list[str]:
    """The names in order; a name that is missing or used before gets its number behind it."""
    found: list[str] = []
    for number, block in enumerate(scenes, start=1):
        name = one_line(name_of(block)) or f"({number})"
        found.append(f"{name} ({number})" if name in found else name)
    return found


def one_line(text: str | None) -> str:
    """Text for a place that has one line."""
    return LINE_END.sub(" ", text or "").strip()


class _Reader:
    """Reads the blocks of one draft, whose pointers it knows."""

    def __init__(
        self, names: Mapping[str, str], counters: Mapping[str, str], order: list[str]
    ) -> None:
        self._names, self._counters, self._order = names, counters, order

    def passage(self, block: Block, name: str, position: Any) -> Passage:
        value, kind = block["value"], KINDS[block["type"]]
        return Passage(
            name=name,
            kind=kind,
            phase=_one_of(engine.Phase, value.get("phase")),
            outcome=_one_of(engine.Outcome, value.get("outcome")),
            fatal=bool(value.get("fatal")),
            place=one_line(value.get("place")),
            picture=one_line(value.get("picture")),
            rationalisation=one_line(value.get("rationalisation")),
            effects=self._effects(value),
            blocks=self._texts(value),
            choices=tuple(map(self._choice, choices_of(block))),
            position=(position[0], position[1]) if position else None,
        )

    def _texts(self, value: Mapping[str, Any]) -> tuple[TextBlock, ...]:
        """Text under the same condition is one piece, as it is when it is read from a file."""
        found: list[TextBlock] = []
        for item in items(value.get("texts")):
            text, needed = paragraphs(item.get("text")), self._conditions(item)
            if text and found and found[-1].conditions == needed:
                text = f"{found.pop().text}\n\n{text}"
            if text:
                found.append(TextBlock(text, needed))
        return tuple(found)

    def _effects(self, value: Mapping[str, Any]) -> tuple[Effect, ...]:
        found = [self._effect(item) for item in items(value.get("effects"))]
        places = {name: place for place, name in enumerate(self._order)}
        return tuple(sorted(found, key=lambda item: places.get(item.counter, len(places))))

    def _effect(self, item: Mapping[str, Any]) -> Effect:
        counter = self._counter(item)
        amount, change = int(item.get("amount") or 0), item.get("change")
        if change == BECOMES:
            return Effect(counter, Change.SET, amount)
        return Effect(counter, Change.ADD, -amount if change == LESS else amount)

    def _choice(self, item: Mapping[str, Any]) -> engine.Choice:
        target = item.get("target") or ""
        return engine.Choice(
            target=self._names.get(target, target),
            text=one_line(item.get("text")),
            conditions=self._conditions(item),
        )

    def _conditions(self, item: Mapping[str, Any]) -> tuple[engine.Condition, ...]:
        return tuple(
            engine.Condition(
                self._counter(needed),
                _one_of(Operator, needed.get("operator")) or Operator.AT_LEAST,
                int(needed.get("value") or 0),
            )
            for needed in items(item.get("conditions"))
        )

    def _counter(self, item: Mapping[str, Any]) -> str:
        counter = item.get("counter") or ""
        return self._counters.get(counter, counter)


def _opened(made: list[Passage], counters: tuple[engine.Counter, ...]) -> list[Passage]:
    if not made:
        return []
    opening = tuple(Effect(counter.name, Change.SET, counter.start) for counter in counters)
    values = {name: getattr(made[0], name) for name in made[0].__slots__}
    return [Passage(**values | {"effects": opening + made[0].effects}), *made[1:]]


def _counter(block: Block) -> engine.Counter:
    value = block["value"]
    return engine.Counter(
        _name(value),
        int(value.get("minimum") or 0),
        int(value.get("maximum") or 0),
        int(value.get("start") or 0),
    )


def _name(value: Mapping[str, Any]) -> str:
    return one_line(value.get("name"))


def paragraphs(text: str | None) -> str:
    """Text as the engine keeps it: no spaces at the ends of lines, one blank line between."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _one_of[T: (engine.Phase, engine.Outcome, Operator)](kind: type[T], value: Any) -> T | None:
    try:
        return kind(value)
    except ValueError:
        return None
