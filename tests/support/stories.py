"""Stories to play in tests: drawn at random, sound, and with a mark in every text of theirs.

A mark (``Mtekst7M``) is in nothing else that a page can say, so an answer tells by its marks what
it gives away: which passage's text, which choice, which counter, which name.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from leer.scenarios import engine
from leer.scenarios.engine import (
    Change,
    Choice,
    Condition,
    Counter,
    Effect,
    Kind,
    Operator,
    Outcome,
    Passage,
    Scenario,
    State,
    TextBlock,
)

MARK = re.compile(r"\bm[a-z]+\d+x\d*m\b", re.IGNORECASE)
CARD = {
    "versie": "1",
    "taal": "nl",
    "thema": "mthema1xm",
    "leerdoel": "mdoel1xm",
    "bron": "mbron1xm",
    "herziening": "2027-01-01",
}


def marks_in(text: str) -> set[str]:
    """The marks in this text, however they are capitalised there."""
    return {mark.lower() for mark in MARK.findall(text)}


def marked_story(seed: int, *, rule: str = "elk einde telt") -> Scenario:
    """A sound story: two counters, texts and choices that depend on them, ways back."""
    for attempt in range(1000):
        story = _Teller(random.Random(seed * 1000 + attempt), rule).story()
        if engine.prove(story).ok:
            return story
    raise AssertionError(f"no sound story came of seed {seed}")


def states_with_way(story: Scenario) -> dict[State, tuple[str, ...]]:
    """Every state that a player can come in, with the shortest way there."""
    found: dict[State, tuple[str, ...]] = {engine.begin(story): ()}
    waiting = list(found)
    for state in waiting:
        for choice in engine.choices(story, state):
            there = engine.choose(story, state, choice.target)
            if there not in found:
                found[there] = (*found[state], choice.target)
                waiting.append(there)
    return found


@dataclass(frozen=True)
class Walk:
    """A way to a state, and the arrows that are walked from there for the first time."""

    before: tuple[str, ...]
    then: tuple[str, ...]


def walks_over_every_arrow(story: Scenario) -> Iterator[Walk]:
    """Walks that together go along every arrow of the graph, each at least once."""
    seen: set[tuple[str, str]] = set()
    for state, way in states_with_way(story).items():
        while then := tuple(_new_arrows(story, state, seen)):
            yield Walk(way, then)


def _new_arrows(story: Scenario, state: State, seen: set[tuple[str, str]]) -> Iterator[str]:
    """On from here for as long as there is an arrow that nobody walked."""
    while True:
        open_ = [(state.passage, choice.target) for choice in engine.choices(story, state)]
        arrow = next((one for one in open_ if one not in seen), None)
        if arrow is None:
            return
        seen.add(arrow)
        yield arrow[1]
        state = engine.choose(story, state, arrow[1])


class _Teller:
    """Makes up one story; whether it is sound is for the proof to say."""

    def __init__(self, dice: random.Random, rule: str) -> None:
        self._dice, self._rule = dice, rule
        self._counters = (Counter("mteller1xm", 0, 3, 0), Counter("mteller2xm", 0, 2, 1))
        self._scenes = [f"mscene{number}xm" for number in range(dice.randint(3, 6))]
        self._endings = [f"meinde{number}xm" for number in range(dice.randint(2, 4))]
        self._passages: dict[str, Passage] = {}
        self._count = 0

    def story(self) -> Scenario:
        """All of it."""
        for place, name in enumerate(self._scenes):
            self._scene(place, name)
        for place, name in enumerate(self._endings):
            outcome = list(Outcome)[place % 3]
            blocks = self._blocks(name)
            self._passages[name] = Passage(name, Kind.ENDING, outcome=outcome, blocks=blocks)
        return Scenario(
            ifid="0D0B7A3C-5A0B-4B0E-9C39-0D6B1F9C8A11",
            title="Gemerkt verhaal",
            start=self._scenes[0],
            card=CARD | {"slaagregel": self._rule},
            counters=self._counters,
            passages=self._passages,
        )

    def _scene(self, place: int, name: str) -> None:
        count = self._dice.randint(2, 3)
        choices = [self._choice(place, name) for _ in range(count)]
        start = [Effect(one.name, Change.SET, one.start) for one in self._counters]
        self._passages[name] = Passage(
            name,
            Kind.SCENE,
            fatal=True,
            place=self._mark("plek") if self._dice.random() < 0.7 else "",
            effects=tuple(start) if place == 0 else (),
            blocks=self._blocks(name),
            # The first is always open, so that nobody gets stuck.
            choices=tuple(
                Choice(one, self._mark("keuze"), self._conditions() if nth else ())
                for nth, one in enumerate(dict.fromkeys(choices))
            ),
        )

    def _choice(self, place: int, name: str) -> str:
        """Straight on, or by way of a reaction; sometimes back to where one was."""
        later = [*self._scenes[place + 1 : place + 3], self._dice.choice(self._endings)]
        back = self._scenes[1 : place + 1] if self._dice.random() < 0.2 else []
        target = self._dice.choice([*later, *back])
        if self._dice.random() < 0.3:
            return target
        reaction = self._mark("reactie")
        self._passages[reaction] = Passage(
            reaction,
            Kind.REACTION,
            rationalisation=self._mark("smoes") if self._dice.random() < 0.5 else "",
            effects=self._effects(),
            blocks=self._blocks(reaction),
            choices=(Choice(target, self._mark("verder")),),
        )
        return reaction

    def _effects(self) -> tuple[Effect, ...]:
        counter = self._dice.choice(self._counters)
        amount = self._dice.randint(counter.minimum, counter.maximum)
        return (Effect(counter.name, Change.SET, amount),) if self._dice.random() < 0.7 else ()

    def _blocks(self, name: str) -> tuple[TextBlock, ...]:
        plain = TextBlock(f"Hier staat {self._mark('tekst')}.")
        if self._dice.random() < 0.5:
            return (plain,)
        return (plain, TextBlock(f"En ook {self._mark('extra')}.", self._conditions()))

    def _conditions(self) -> tuple[Condition, ...]:
        counter = self._dice.choice(self._counters)
        value = self._dice.randint(1, counter.maximum)
        return (Condition(counter.name, self._dice.choice(OPERATORS), value),)

    def _mark(self, what: str) -> str:
        self._count += 1
        return f"m{what}{self._count}x{self._dice.randint(0, 999)}m"


OPERATORS = (Operator.AT_LEAST, Operator.LESS, Operator.EQUAL)
