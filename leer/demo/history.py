"""What has been learned so far in the demo: a few teams have begun, as in a real first wave.

Deterministic: who did what follows from a seeded draw, so that every demo looks alike.
"""

import random
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery import actions
from leer.demo import players
from leer.organisation import api as organisation
from leer.organisation.models import Membership, Team
from leer.progress.models import ModuleProgress
from leer.questions import api as questions
from leer.rollout import api as rollout
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine

MODULE = "herken-een-benadering"
# What team leaders have beside it, one after the other, and in how many weeks each is due.
FOR_LEADERS = {
    "als-er-iets-op-je-bureau-komt": 20,
    "voorbeeld-en-grens": 24,
    "zien-wat-er-speelt": 28,
    "het-gesprek": 32,
    "moreel-beraad": 36,
    "er-zijn-als-het-moeilijk-wordt": 40,
    "een-aanhouding-in-je-team": 44,
    "het-hele-jaar-door": 48,
}
# What one team that is well under way gets after it, and in how many weeks each is due.
GOING_ON = {
    "wat-ze-van-je-willen": 10,
    "vroeg-en-hardop-nee": 14,
    "wat-je-doet-en-wie-je-het-vertelt": 18,
    "jezelf-en-thuis": 22,
    "oefen-je-blik": 26,
    "opfrissen": 46,
}
# What one region tries beside it, by the keys of the job functions that each module is for.
PRACTISING_REGION = "Zuid"
PRACTICE = {
    "oefenen-aan-de-kade": ("F01", "F02", "F04"),
    "oefenen-aan-je-bureau": ("F03", "F07"),
    "oefenen-aan-de-balie-en-thuis": ("F06", "F08"),
    "oefenen-met-systemen-en-dossiers": ("F05", "F09", "F10", "F12"),
}
# For a team that has just been put together.
NEW_TEAM, FOR_NEW = "T058", "je-eerste-maanden"
BEGAN = timedelta(weeks=6)
MOSTLY = 0.7
HIGH_RISK_SHARE = 0.5
TEAMS_WITH_HISTORY = 6
# The people who sign in to try Leer find their module fresh.
FRESH = {"medewerker", "leidinggevende", "redacteur", "eindredacteur", "programma", "beheerder"}
# How far the members of a team are, in order; then again from the beginning.
PATTERN = ("done", "done", "busy", "done", "todo", "done", "done", "late", "done", "done", "busy")


@transaction.atomic
def make() -> int:
    """Assign the modules and play what was done; returns how many people have begun.

    All or nothing, and once: when anybody has begun already, nothing happens.
    """
    if ModuleProgress.objects.exists():
        return 0
    first, later = _waves()
    _assign(first, weeks=3, reason="Golf 1: team met veel risicovolle functies")
    _assign(later, weeks=16, reason="Golf 2")
    for key, weeks in FOR_LEADERS.items():
        _assign_to(organisation.leaders(), key, weeks=weeks, reason="Je geeft leiding")
    _assign_practice()
    begun = sum(_play_team(team) for team in first[:TEAMS_WITH_HISTORY])
    going_on = organisation.people_in(first[TEAMS_WITH_HISTORY - 1 : TEAMS_WITH_HISTORY])
    for key, weeks in GOING_ON.items():
        _assign_to(going_on, key, weeks=weeks, reason="Vervolg op Herken een benadering")
    module = content.module(MODULE)
    story = next(part for part in module.parts if part.kind is content.PartKind.SCENARIO)
    return begun + players.play_story(module, story)


def _assign_practice() -> None:
    """By function in the region that goes first; and what is for people who are new."""
    there = Membership.objects.open().filter(team__region=PRACTISING_REGION)
    for module, functions in PRACTICE.items():
        people = User.objects.filter(
            pk__in=there.filter(job_function__external_id__in=functions).values("user")
        )
        _assign_to(people, module, weeks=24, reason="Oefenen bij je functie")
    new = organisation.people_in(Team.objects.filter(external_id=NEW_TEAM))
    _assign_to(new, FOR_NEW, weeks=12, reason="Nieuw team")


def _waves() -> tuple[list[Team], list[Team]]:
    """Teams with many high-risk functions first."""
    high: dict[int, list[bool]] = {}
    for membership in Membership.objects.open().select_related("job_function"):
        high.setdefault(membership.team_id, []).append(membership.job_function.high_risk)
    teams = Team.objects.filter(active=True, pk__in=high).order_by("external_id")
    first = [t for t in teams if sum(high[t.pk]) / len(high[t.pk]) >= HIGH_RISK_SHARE]
    return first, [team for team in teams if team not in first]


def _assign(teams: list[Team], *, weeks: int, reason: str) -> None:
    _assign_to(organisation.people_in(teams), MODULE, weeks=weeks, reason=reason)


def _assign_to(people: Iterable[User], module: str, *, weeks: int, reason: str) -> None:
    now = timezone.now()
    rollout.assign(
        people,
        module_key=module,
        due_on=timezone.localdate(now + timedelta(weeks=weeks)),
        reason=reason,
        at=now - BEGAN,
    )


def _play_team(team: Team) -> int:
    """Play the members of one team as far as the pattern says."""
    begun = 0
    people = [m.user for m in organisation.members_of(team) if m.user.username not in FRESH]
    for number, user in enumerate(people):
        fate = PATTERN[number % len(PATTERN)]
        if fate == "late":
            _was_due_last_week(user)
        if fate in {"done", "busy"}:
            Player(user, random.Random(user.username)).play(whole=fate == "done")  # noqa: S311
            begun += 1
    return begun


def _was_due_last_week(user: User) -> None:
    last_week = timezone.localdate() - timedelta(days=6)
    rollout.Assignment.objects.filter(user=user, module_key=MODULE).update(due_on=last_week)


class Player:
    """Somebody who works through the module in one sitting, some weeks ago: on a day that is drawn,
    or so many days.
    """

    def __init__(self, user: User, dice: random.Random, *, days: int | None = None) -> None:
        self._user, self._dice = user, dice
        self._module = content.module(MODULE)
        days = days or dice.randint(3, BEGAN.days - 2)
        self._clock = timezone.now() - timedelta(days=days, minutes=dice.randint(0, 400))

    def play(self, *, whole: bool) -> None:
        """All parts, or the first two."""
        actions.begin_module(self._user, self._module, at=self._later())
        for part in self._module.parts if whole else self._module.parts[:2]:
            plays = {
                content.PartKind.LESSON: self._read,
                content.PartKind.QUIZ: self._answer,
                content.PartKind.SCENARIO: self._walk,
            }
            plays[part.kind](part)

    def _read(self, part: content.Part) -> None:
        actions.finish_lesson(self._user, self._module, part, at=self._later())

    def _answer(self, part: content.Part) -> None:
        attempt = actions.start_attempt(self._user, self._module, part, at=self._later())
        quiz = questions.quiz_version(attempt.version)
        for step, _question in enumerate(quiz.asked(attempt.drawn), start=1):
            actions.answer(
                self._user,
                self._module,
                part,
                attempt_id=attempt.id,
                step=step,
                respond=self._respond,
                at=self._later(),
            )

    def _respond(self, question: questions.FrozenQuestion) -> Collection[str]:
        if self._dice.random() < MOSTLY:
            return questions.right_answer(question)
        return questions.any_answer(question, self._dice)

    def _walk(self, part: content.Part) -> None:
        attempt = actions.start_attempt(self._user, self._module, part, at=self._later())
        for step, target in enumerate(self._path(attempt.version), start=1):
            actions.choose(
                self._user,
                self._module,
                part,
                attempt_id=attempt.id,
                step=step,
                choice=actions.choice_key(attempt.id, step, target),
                at=self._later(),
            )

    def _path(self, version: str) -> Iterator[str]:
        story = scenarios.graph_of(version)
        state = engine.begin(story)
        while open_ := engine.choices(story, state):
            target = self._dice.choice(open_).target
            yield target
            state = engine.choose(story, state, target)

    def _later(self) -> datetime:
        self._clock += timedelta(seconds=self._dice.randint(20, 150))
        return self._clock
