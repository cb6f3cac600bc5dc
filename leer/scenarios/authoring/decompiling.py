"""From the engine to the forms, losing nothing."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from leer.scenarios import engine
from leer.scenarios.authoring.draft import (
    BECOMES,
    COUNTER,
    ENDING,
    LESS,
    MORE,
    REACTION,
    SCENE,
    Block,
    Draft,
)
from leer.scenarios.authoring.naming import name_of
from leer.scenarios.engine import Change, Kind

TYPES = {Kind.SCENE: SCENE, Kind.REACTION: REACTION, Kind.ENDING: ENDING}


def to_draft(graph: engine.Scenario, *, like: Draft | None = None) -> Draft:
    """The story as the forms hold it. Scenes and counters that ``like`` has too, by name, keep
    the block ids they have there, and with them their comments.
    """
    passages = engine.reading_order(graph)
    scenes = _ids((passage.name for passage in passages), like.scenes if like else ())
    counters = _ids((item.name for item in graph.counters), like.counters if like else ())
    words = _words(graph)
    writer = _Writer(scenes, counters, opening=graph.start)
    return Draft(
        title=graph.title,
        ifid=graph.ifid,
        card={
            key: text
            for key, text in graph.card.items()
            if not (words and key == engine.COUNTER_WORDS_KEY)
        },
        counters=[
            _counter(item, words.get(item.name, ""), counters[item.name]) for item in graph.counters
        ],
        scenes=[writer.block(passage) for passage in passages],
        positions={
            scenes[passage.name]: list(passage.position) for passage in passages if passage.position
        },
    )


def _ids(names: Iterable[str], known: Iterable[Block]) -> dict[str, str]:
    had = {name_of(block): str(block.get("id")) for block in known if block.get("id")}
    return {name: had.get(name) or str(uuid4()) for name in names}


class _Writer:
    """Writes passages as blocks that point at each other by id."""

    def __init__(
        self, scenes: Mapping[str, str], counters: Mapping[str, str], *, opening: str
    ) -> None:
        self._scenes, self._counters, self._opening = scenes, counters, opening

    def block(self, passage: engine.Passage) -> Block:
        value: dict[str, Any] = {
            "name": passage.name,
            "picture": passage.picture,
            "texts": [_item(self._text(piece)) for piece in passage.blocks],
            "effects": [_item(self._effect(effect)) for effect in self._effects(passage)],
        }
        value |= self._own(passage)
        kind, block_id = TYPES[passage.kind], self._scenes[passage.name]
        return {"type": kind, "value": value, "id": block_id}

    def _own(self, passage: engine.Passage) -> dict[str, Any]:
        """What only this kind of passage has."""
        choices = [self._choice(choice) for choice in passage.choices]
        if passage.kind is Kind.REACTION:
            onwards = choices[0] if choices else None
            return {"rationalisation": passage.rationalisation, "onwards": onwards}
        if passage.kind is Kind.ENDING:
            return {"outcome": _word(passage.outcome), "place": passage.place}
        return {
            "place": passage.place,
            "phase": _word(passage.phase),
            "fatal": passage.fatal,
            "choices": [_item(choice) for choice in choices],
        }

    def _effects(self, passage: engine.Passage) -> tuple[engine.Effect, ...]:
        """The opening scene sets the counters to their start by itself."""
        return () if passage.name == self._opening else passage.effects

    def _text(self, piece: engine.TextBlock) -> dict[str, Any]:
        return {"text": piece.text, "conditions": self._conditions(piece.conditions)}

    def _choice(self, choice: engine.Choice) -> dict[str, Any]:
        return {
            "text": choice.text,
            "target": self._scenes.get(choice.target, choice.target),
            "conditions": self._conditions(choice.conditions),
        }

    def _effect(self, effect: engine.Effect) -> dict[str, Any]:
        change, amount = MORE, effect.amount
        if effect.change is Change.SET:
            change = BECOMES
        elif amount < 0:
            change, amount = LESS, -amount
        return {"counter": self._counter(effect.counter), "change": change, "amount": amount}

    def _conditions(self, conditions: Iterable[engine.Condition]) -> list[Block]:
        return [
            _item(
                {
                    "counter": self._counter(needed.counter),
                    "operator": needed.operator.value,
                    "value": needed.value,
                }
            )
            for needed in conditions
        ]

    def _counter(self, name: str) -> str:
        return self._counters.get(name, name)


def _words(graph: engine.Scenario) -> dict[str, str]:
    """What the counters are called, if the forms would say it to the letter; else it stays on
    the card.
    """
    given = engine.given_counter_words(graph)
    words = {item.name: given[item.name] for item in graph.counters if item.name in given}
    said = engine.counter_words_line(words) == graph.card.get(engine.COUNTER_WORDS_KEY)
    return words if said else {}


def _counter(counter: engine.Counter, words: str, block_id: str) -> Block:
    value = {
        "name": counter.name,
        "words": words,
        "minimum": counter.minimum,
        "maximum": counter.maximum,
        "start": counter.start,
    }
    return {"type": COUNTER, "value": value, "id": block_id}


def _word(value: engine.Outcome | engine.Phase | None) -> str:
    return value.value if value else ""


def _item(value: Any) -> Block:
    return {"type": "item", "value": value, "id": str(uuid4())}
