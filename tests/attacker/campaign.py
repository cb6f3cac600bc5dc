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
from leer.monitoring.figures.counting import (
    STANDS_STILL,
    first_name,
    second_name,
    team_name,
)
from leer.monitoring.figures.items import table_name, table_of
from leer.monitoring.figures.shape import Shape, shape_of
from leer.organisation.models import Team
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
KEPT = timedelta(days=365)  # what came in through the ledger: ``retention.RECOMMENDED``
QUIET, WAITS = timedelta(days=7), timedelta(days=28)  # how long people wait for their team


@dataclass(frozen=True)
class Moment:
    """When somebody did it, as far as counting goes, and in which team that was."""

    at: datetime
    play: Play
    team: Team | None = None

    def is_there(self, until: datetime) -> bool:
        """Whether it may be counted then: facts that wait longer than they are kept never are."""
        kept = KEPT if self.play.really else timedelta.max
        return self.at < until and until - self.at <= kept


type Came = Sequence[tuple[datetime, Sequence[Moment]]]
"""Of each release of a table until when it is, and who came in at it."""


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
    """A table about everybody, and what was released of teams in it."""

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
            first, second = (list(self._played(version, again)) for again in (0, 1))
            history = disclosure.history(first_name(version))
            came = _with_their_teams(first, [release.until for release in history])
            seen = _seen(first_name(version), came)
            yield Tables(shape.table(again=False), seen, list(self._teams(version, came)))
            name = second_name(version)
            yield Tables(shape.table(again=True), _seen(name, _by_time(name, second)))

    def _played(self, version: str, again: int) -> Iterator[Moment]:
        for person in self.world.people:
            for play in person.plays[again : again + 1]:
                if play.version == version:
                    at = _story_settled(play)
                    yield Moment(at, play, self.world.team_on(person, at))

    def _questions(self) -> Iterator[Tables]:
        firsts = [person.plays[0] for person in self.world.people if person.plays]
        moments = [Moment(play.at + timedelta(minutes=5), play) for play in firsts]
        for question in _questions():
            name = table_name(MODULE, QUIZ, question)
            yield Tables(table_of(question), _seen(name, _by_time(name, moments)))

    def _teams(self, version: str, came: Came) -> Iterator[Seen]:
        """Of each release of a team: the guide shows an order that is made from it, and no more."""
        together = dict(came)
        for team in self.world.teams:
            name = team_name(version, team.pk)
            for release in disclosure.history(name):
                own = [one.play.person for one in together[release.until] if one.team == team]
                yield Seen(name, [release.figures], [own])

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


def _by_time(name: str, moments: Sequence[Moment]) -> Came:
    """Who came in at each release, of a table that takes in everybody."""
    untils = [release.until for release in disclosure.history(name)]
    return [
        (until, [one for one in moments if since <= one.at and one.is_there(until)])
        for since, until in pairwise([disclosure.BEGINNING, *untils])
    ]


def _with_their_teams(moments: Sequence[Moment], untils: Sequence[datetime]) -> Came:
    """Who came in at each, of a table that people come into together with their team."""
    waiting, came = list(moments), []
    for until in untils:
        there = [one for one in waiting if one.is_there(until)]
        ready = [one for one in there if one.team is None or _is_whole(one.team, there, until)]
        came.append((until, ready))
        waiting = [one for one in waiting if one not in ready]
    return came


def _is_whole(team: Team, moments: Sequence[Moment], until: datetime) -> bool:
    at = [one.at for one in moments if one.team == team]
    return until - max(at) > QUIET or until - min(at) > WAITS


def _seen(name: str, came: Came) -> Seen:
    told = [release.figures for release in disclosure.history(name)]
    return Seen(name, told, [[one.play.person for one in moments] for _, moments in came])


def _questions() -> list[FrozenQuestion]:
    return [Question.objects.get(key=key).freeze() for key in (SINGLE, MULTIPLE)]


def _story(shape: Shape, text: str) -> tuple[Figures, Figures]:
    """Of first attempts and of second; without a release there is no file."""
    return ({}, {}) if text.startswith("404") else working_out.read_story(shape, text)


def _story_settled(play: Play) -> datetime:
    return play.at + (timedelta(minutes=15) if play.ended else STANDS_STILL)


def truly_counted(seen: Seen) -> bool:
    """Whether Leer counted as many people as the attacker thinks: else nothing is proved."""
    tally = Tally.objects.filter(name=seen.name).first()
    if tally:
        return bool(tally.counts[PEOPLE] == seen.people[-1])
    k = disclosure.history(seen.name)[0].k
    return seen.told[-1][PEOPLE] == seen.people[-1] // k * k
