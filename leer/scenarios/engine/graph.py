# SPDX-License-Identifier: EUPL-1.2
"""The scenario as data: passages, the choices between them, and the counters they change.

Everything here is frozen and knows nothing of the text it came from. Places in the text
(``line``) are carried along so that a problem can point at them, but they are no part of what a
scenario *is*: they don't count when two scenarios are compared and are not stored.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What a passage is for. The values are the tags in the Twee text."""

    SCENE = "scene"
    REACTION = "reactie"
    ENDING = "einde"


class Outcome(StrEnum):
    """How a story ends."""

    SAFE = "veilig"
    LESSON = "leermoment"
    HARM = "schade"


class Phase(StrEnum):
    """The seven phases of an approach: a working model of ours (design, "Facts for content")."""

    SCOUTING = "verkennen"
    CONTACT = "contact"
    BONDING = "binding"
    SMALL_FAVOUR = "kleine-gunst"
    GIFT = "gift"
    TRAPPING = "vastzetten"
    THREAT = "dreiging"


class Operator(StrEnum):
    """How a condition compares a counter with a number, written as in JavaScript."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "==="


class Change(StrEnum):
    """What an effect does with its amount: put it in the counter's place, or add it."""

    SET = "set"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Counter:
    """A bounded whole number that remembers consequences, such as ``druk 0..3 = 0``."""

    name: str
    minimum: int
    maximum: int
    start: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a counter with a number. Several together must all hold."""

    counter: str
    operator: Operator
    value: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What entering a passage does to one counter. Taking away is adding a negative amount."""

    counter: str
    change: Change
    amount: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A way on. Known by its scene and its target, so that rewording keeps its history."""

    target: str
    text: str
    conditions: tuple[Condition, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One or more paragraphs of Markdown that are shown when all conditions hold."""

    text: str
    conditions: tuple[Condition, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """One page of the story. The name is its stable id.

    ``phase`` and ``fatal`` belong to scenes, ``outcome`` to endings; elsewhere they are None and
    False. ``place`` (the line above the text), ``picture`` and ``rationalisation`` (the excuse a
    wrong choice uses; reactions only) are empty when not given. ``fatal`` says that a scene need
    not leave a way back to a safe ending. ``position`` is where Twine draws the box.
    """

    name: str
    kind: Kind
    phase: Phase | None = None
    outcome: Outcome | None = None
    fatal: bool = False
    place: str = ""
    picture: str = ""
    rationalisation: str = ""
    effects: tuple[Effect, ...] = ()
    blocks: tuple[TextBlock, ...] = ()
    choices: tuple[Choice, ...] = ()
    position: tuple[int, int] | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole story. ``ifid`` is its identity for ever, whatever its title becomes.

    ``card`` holds the metadata of the ``kaart`` passage as written, without ``tellers``: those
    are ``counters``. ``passages`` has neither the card nor the story's own data passages.
    """

    ifid: str
    title: str
    start: str
    card: Mapping[str, str]
    counters: tuple[Counter, ...]
    passages: Mapping[str, Passage]

    def to_json(self) -> dict[str, Any]:
        """Return plain data that is the same for equal scenarios, to be stored with a version.

        Passages come as a list in reading order, because ``jsonb`` doesn't keep the order of keys.
        """
        return {
            "schema": SCHEMA,
            "ifid": self.ifid,
            "title": self.title,
            "start": self.start,
            "card": dict(sorted(self.card.items())),
            "counters": [_counter_to_json(counter) for counter in self.counters],
            "passages": [_passage_to_json(passage) for passage in reading_order(self)],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the scenario that ``to_json`` was called on. Refuses an unknown schema."""
        if data.get("schema") != SCHEMA:
            raise ValueError(f"unknown scenario schema {data.get('schema')!r}, expected {SCHEMA}")
        passages = (_passage_from_json(item) for item in data["passages"])
        return cls(
            ifid=data["ifid"],
            title=data["title"],
            start=data["start"],
            card=dict(data["card"]),
            counters=tuple(Counter(**item) for item in data["counters"]),
            passages={passage.name: passage for passage in passages},
        )


SCHEMA = 1
"""The version of the stored form. Raise it, and read the old one too, when a field changes."""


def reading_order(scenario: Scenario) -> tuple[Passage, ...]:
    """Return the passages nearest to the start first, then the unreachable ones by name.

    The order depends on the graph only, so a file that Twine sorted by name gives the same result
    as the file that the writer made.
    """
    near = list(_breadth_first(scenario))
    rest = sorted(set(scenario.passages) - set(near))
    return tuple(scenario.passages[name] for name in [*near, *rest])


def _breadth_first(scenario: Scenario) -> Iterator[str]:
    waiting = deque([scenario.start])
    seen: set[str] = set()
    while waiting:
        name = waiting.popleft()
        if name in scenario.passages and name not in seen:
            seen.add(name)
            yield name
            waiting.extend(choice.target for choice in scenario.passages[name].choices)


def _counter_to_json(counter: Counter) -> dict[str, Any]:
    return {
        "name": counter.name,
        "minimum": counter.minimum,
        "maximum": counter.maximum,
        "start": counter.start,
    }


def _passage_to_json(passage: Passage) -> dict[str, Any]:
    return {
        "name": passage.name,
        "kind": passage.kind.value,
        "phase": passage.phase.value if passage.phase else None,
        "outcome": passage.outcome.value if passage.outcome else None,
        "fatal": passage.fatal,
        "place": passage.place,
        "picture": passage.picture,
        "rationalisation": passage.rationalisation,
        "effects": [_effect_to_json(effect) for effect in passage.effects],
        "blocks": [_block_to_json(block) for block in passage.blocks],
        "choices": [_choice_to_json(choice) for choice in passage.choices],
        "position": list(passage.position) if passage.position else None,
    }


def _effect_to_json(effect: Effect) -> dict[str, Any]:
    return {"counter": effect.counter, "change": effect.change.value, "amount": effect.amount}


def _block_to_json(block: TextBlock) -> dict[str, Any]:
    return {"text": block.text, "conditions": _conditions_to_json(block.conditions)}


def _choice_to_json(choice: Choice) -> dict[str, Any]:
    return {
        "target": choice.target,
        "text": choice.text,
        "conditions": _conditions_to_json(choice.conditions),
    }


def _conditions_to_json(conditions: Iterable[Condition]) -> list[dict[str, Any]]:
    return [
        {"counter": item.counter, "operator": item.operator.value, "value": item.value}
        for item in conditions
    ]


def _passage_from_json(data: Mapping[str, Any]) -> Passage:
    return Passage(
        name=data["name"],
        kind=Kind(data["kind"]),
        phase=Phase(data["phase"]) if data["phase"] else None,
        outcome=Outcome(data["outcome"]) if data["outcome"] else None,
        fatal=data["fatal"],
        place=data["place"],
        picture=data["picture"],
        rationalisation=data["rationalisation"],
        effects=tuple(_effect_from_json(item) for item in data["effects"]),
        blocks=tuple(_block_from_json(item) for item in data["blocks"]),
        choices=tuple(_choice_from_json(item) for item in data["choices"]),
        position=(data["position"][0], data["position"][1]) if data["position"] else None,
    )


def _effect_from_json(data: Mapping[str, Any]) -> Effect:
    return Effect(data["counter"], Change(data["change"]), data["amount"])


def _block_from_json(data: Mapping[str, Any]) -> TextBlock:
    return TextBlock(data["text"], _conditions_from_json(data["conditions"]))


def _choice_from_json(data: Mapping[str, Any]) -> Choice:
    return Choice(data["target"], data["text"], _conditions_from_json(data["conditions"]))


def _conditions_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    return tuple(
        Condition(item["counter"], Operator(item["operator"]), item["value"]) for item in data
    )
