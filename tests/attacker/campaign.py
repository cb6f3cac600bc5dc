"""Three years of looking, and what can be made of it."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from leer.accounts.api import User
from leer.disclosure import api as disclosure
from leer.disclosure.api import PEOPLE, Table
from leer.disclosure.models import Tally
from leer.monitoring.figures.counting import STANDS_STILL, first_name, second_name
from leer.monitoring.figures.items import table_name, table_of
from leer.monitoring.figures.shape import Shape, shape_of
from leer.monitoring.guide.counting import LOOKS_BACK, team_name
from leer.questions.api import FrozenQuestion, Question
from tests.attacker import working_out
from tests.attacker.clock import Clock
from tests.attacker.collecting import Answers, Collector
from tests.attacker.working_out import Attack, Figures, Found
from tests.attacker.world import (
    BEGIN,
    DAYS,
    MODULE,
    MULTIPLE,
    QUIZ,
    SINGLE,
    STORY,
    Person,
    Play,
    Secret,
    World,
)

STORY_FILE = f"/cijfers/verhaal/{'/'.join(STORY)}/%s/cijfers.csv"
QUESTION_PAGE = "/cijfers/vraag/%s/"
NAME = re.compile(r"\bMens\d{3}\b")


type Moment = tuple[datetime, Person]
"""When somebody did it, as far as counting goes."""


@dataclass(frozen=True)
class Seen:
    """What was shown of one table: the figures of each release, and who came in at it."""

    name: str
    told: Sequence[Figures]
    came: Sequence[Sequence[Person]]

    @property
    def people(self) -> list[int]:
        """How many people were in it at each release."""
        return [len(counted) for _, counted in self.said()]

    def said(self) -> Iterator[tuple[Figures, set[Person]]]:
        """The figures of each release, and everybody whom they are about."""
        counted: set[Person] = set()
        for figures, people in zip(self.told, self.came, strict=True):
            counted = counted | set(people)
            yield figures, counted


@dataclass(frozen=True)
class Tables:
    """A table about everybody, and those of teams inside it."""

    table: Table
    all: Seen
    teams: Sequence[Seen] = ()

    @property
    def each(self) -> list[Seen]:
        """All of them."""
        return [self.all, *self.teams]

    @property
    def k(self) -> int:
        """What was promised when something was shown for the first time: it holds for good."""
        return int(disclosure.history(self.all.name)[0].k)

    def findings(self) -> Iterator[Found]:
        """What is known of every group that somebody could point at."""
        attack = self._attack()
        for people in dict.fromkeys(self._groups(attack)):
            yield from attack.on(people)

    def answers(self) -> Iterator[Found]:
        """What is known of one person, whoever it is."""
        attack = self._attack()
        for alike in attack.together():
            yield from attack.on(alike[:1])

    def _attack(self) -> Attack:
        return Attack(self.table, [said for seen in self.each for said in seen.said()], self.k)

    def _groups(self, attack: Attack) -> Iterator[frozenset[Person]]:
        """Of those who are alike one fewer than *k* (what is known of fewer is known of these), and
        all of them; a team; who joined together; everybody in a release.
        """
        for alike in attack.together():
            yield from (frozenset(alike[:number]) for number in (self.k - 1, len(alike)))
        everybody = [person for alike in attack.together() for person in alike]
        yield from _by(everybody, lambda person: person.team.pk)
        yield from _by(everybody, lambda person: person.since)
        for seen in self.each:
            yield from (frozenset(people) for _, people in seen.said())


def _by(people: Sequence[Person], same: Callable[[Person], object]) -> Iterator[frozenset[Person]]:
    for value in dict.fromkeys(map(same, people)):
        yield frozenset(person for person in people if same(person) == value)


class Campaign:
    """A world, and those who look at it: four managers, who stands in for one, who leads the layer
    above, somebody of the programme, an editor.
    """

    def __init__(
        self,
        seed: int,
        *,
        steps: int,
        days: int = DAYS,
        secret: Secret = Secret.AS_IT_IS,
        most: int = 8,
    ) -> None:
        self.clock = Clock(BEGIN)
        self._seed, self._steps, self._days, self._secret = seed, steps, days, secret
        self._most = most
        self.figures: list[Answers] = []
        self.days: list[datetime] = []

    def run(self, *, everything_at: Collection[int] = (), by: Collection[str] = ()) -> None:
        """Look at the figures after every step, and after these at everything, all of those who
        look or those with these names.
        """
        with self.clock.running():
            self.world = World(
                self._seed, self.clock, steps=self._steps, days=self._days, secret=self._secret
            )
            self._come_in()
            for step in range(1, self._steps + 1):
                self.world.step()
                self.days.append(timezone.localtime().replace(hour=0, minute=0))
                self.figures.append(self.editor.only(self._figure_pages()))
                if step in everything_at:
                    for one in self.everybody:
                        if not by or one.name in by:
                            one.collect(self.world)

    def _come_in(self) -> None:
        def who(name: str, user: User) -> Collector:
            return Collector(name, user, most=self._most)

        leaders = enumerate(self.world.managers)
        self.managers = [who(f"leider {number}", user) for number, user in leaders]
        self.deputy = who("vervanger", self.world.deputy)
        self.upper = who("afdelingshoofd", self.world.upper_manager)
        self.planner = who("programma", self.world.programme_member)
        self.editor = who("redacteur", self.world.editor)

    @property
    def everybody(self) -> list[Collector]:
        """Who looks."""
        return [*self.managers, self.deputy, self.upper, self.planner, self.editor]

    @property
    def readers(self) -> list[Collector]:
        """Who looked at everything."""
        return [one for one in self.everybody if one.answers]

    def _figure_pages(self) -> list[str]:
        files = [STORY_FILE % number for number in range(1, len(self.world.versions) + 1)]
        return [*files, *(QUESTION_PAGE % key for key in (SINGLE, MULTIPLE))]

    # What may be nowhere --------------------------------------------------------------------------
    def secrets(self, reader: Collector) -> Iterator[str]:
        """What nobody but the person may find anywhere as it is."""
        for person in self.world.people:
            if person.user != reader.user:
                yield from (play.marker for play in person.plays)
                yield str(person.user.actor_name)

    # What was shown -------------------------------------------------------------------------------
    def seen(self) -> list[Tables]:
        """Every table of which anything was released."""
        found = [*self._stories(), *self._questions()]
        return [one for one in found if one.all.told]

    def _stories(self) -> Iterator[Tables]:
        for version in self.world.versions:
            shape = shape_of(version)
            for again, name in enumerate((first_name(version), second_name(version))):
                moments = list(self._played(version, again))
                teams = [] if again else list(self._teams(version, moments))
                yield Tables(shape.table(again=bool(again)), _seen(name, moments), teams)

    def _played(self, version: str, again: int) -> Iterator[Moment]:
        for person in self.world.people:
            for play in person.plays[again : again + 1]:
                if play.version == version:
                    yield _story_settled(play), person

    def _questions(self) -> Iterator[Tables]:
        firsts = [person.plays[0] for person in self.world.people if person.plays]
        moments = [(play.at + timedelta(minutes=5), play.person) for play in firsts]
        for question in _questions():
            name = table_name(MODULE, QUIZ, question)
            yield Tables(table_of(question), _seen(name, moments))

    def _teams(self, version: str, moments: Sequence[Moment]) -> Iterator[Seen]:
        """The tables of teams: the guide shows an order that is made from them, and no more."""
        for team in self.world.teams:
            inside = [
                (moment, person)
                for moment, person in moments
                if self.world.team_on(person, moment) == team
            ]
            seen = _seen(team_name(version, team.pk), inside, looks_back=LOOKS_BACK)
            if seen.told:
                yield seen

    def as_read(self) -> Iterator[tuple[str, datetime, Figures]]:
        """The figures of every table as they stood on pages and in files, day after day."""
        for day, answers in zip(self.days, self.figures, strict=True):
            for number, version in enumerate(self.world.versions, start=1):
                if file := answers.get(STORY_FILE % number):
                    first, second = _story(shape_of(version), file)
                    yield first_name(version), day, first
                    yield second_name(version), day, second
            for question in _questions():
                page = answers[QUESTION_PAGE % question.key]
                name = table_name(MODULE, QUIZ, question)
                yield name, day, working_out.read_question(question, page)


def _seen(name: str, moments: Sequence[Moment], *, looks_back: timedelta = timedelta.max) -> Seen:
    history = disclosure.history(name)
    untils = [release.until for release in history]
    came = [
        [
            person
            for moment, person in moments
            if since <= moment < until and until - moment <= looks_back
        ]
        for since, until in pairwise([disclosure.BEGINNING, *untils])
    ]
    return Seen(name, [release.figures for release in history], came)


def _questions() -> list[FrozenQuestion]:
    return [Question.objects.get(key=key).freeze() for key in (SINGLE, MULTIPLE)]


def _story(shape: Shape, text: str) -> tuple[Figures, Figures]:
    """Of first attempts and of second; without a release there is no file."""
    return ({}, {}) if text.startswith("404") else working_out.read_story(shape, text)


def _story_settled(play: Play) -> datetime:
    return play.at + (timedelta(minutes=15) if play.ended else STANDS_STILL)


def truly_counted(seen: Seen) -> int:
    """How many people Leer counted: as many as the attacker thinks, or nothing is proved."""
    return int(Tally.objects.get(name=seen.name).counts[PEOPLE])
