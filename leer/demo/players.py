"""Colleagues who came in early and played the story, so that there are figures to look at.

Each writes all that was done in one go, by the same write path as the pages: many people, and a
demo that still starts soon.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation.models import Membership
from leer.progress import api as progress
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine
from leer.xapi.api import name_uuid

PLAYERS = 220
STOPS = 0.04  # at each choice
PLAYS_AGAIN = 0.6
# Nobody of these has begun: they are for who tries Leer as somebody new.
UNTOUCHED = ("T010", "T011", "T013", "T026", "T027", "T058")


def play_story(module: content.Module, part: content.Part) -> int:
    """Let colleagues who have begun nothing play the story; returns how many did."""
    waiting = (
        Membership.objects.open()
        .filter(user__moduleprogress__isnull=True, user__leaderships__isnull=True)
        .exclude(team__external_id__in=UNTOUCHED)
        .order_by("-team__external_id", "user__username")
        .select_related("user")
    )
    players = [membership.user for membership in waiting[:PLAYERS]]
    version = scenarios.live_version_id(part.scenario_key)
    for user in players:
        progress.record(user, list(Visit(user, module, part, version).events()))
    return len(players)


class Visit:
    """Somebody who opens the module for its story, more than a month ago, and perhaps again."""

    def __init__(self, user: User, module: content.Module, part: content.Part, version: str):
        self._user, self._module, self._part, self._version = user, module, part, version
        self._dice = random.Random(user.username)  # noqa: S311
        self._clock = timezone.now() - timedelta(days=self._dice.randint(32, 41))

    def events(self) -> Iterator[progress.Event]:
        """Everything that happened, in order."""
        stay = name_uuid(self._user.actor_name, "module", self._module.key)
        yield progress.ModuleLaunched(**self._facts(stay, str(self._module.version)))
        yield progress.ModuleStarted(**self._facts(stay, str(self._module.version)))
        first = list(self._attempt(1))
        yield from first
        ended = isinstance(first[-1], progress.ScenarioEnded)
        if ended and self._dice.random() < PLAYS_AGAIN:
            yield from self._attempt(2)

    def _attempt(self, number: int) -> Iterator[progress.Event]:
        registration = name_uuid(self._user.actor_name, "demo", self._part.key, str(number))
        facts = self._facts(registration, self._version) | {"part": self._part.key}
        yield progress.ScenarioStarted(**facts)
        story = scenarios.graph_of(self._version)
        state, step = engine.begin(story), 0
        while open_ := engine.choices(story, state):
            if self._dice.random() < STOPS:
                return
            here, step = state.passage, step + 1
            target = self._choice(here, [choice.target for choice in open_], again=number > 1)
            state = engine.choose(story, state, target)
            at = {"at": self._later()}
            yield progress.ChoiceMade(**facts | at, step=step, scene=here, target=target)
        outcome = engine.outcome(story, state)
        if outcome:
            yield progress.ScenarioEnded(**facts | {"at": self._later()}, outcome=outcome.value)

    def _choice(self, scene: str, targets: list[str], *, again: bool) -> str:
        """Some choices are more popular than others; the second time people try the rest."""
        popular = random.Random(scene)  # noqa: S311
        weights = [popular.choice((1.0, 3.0, 6.0)) for _ in targets]
        if again:
            weights = [1 / weight for weight in weights]
        return self._dice.choices(targets, weights)[0]

    def _facts(self, registration: UUID, version: str) -> dict[str, Any]:
        return {
            "actor": self._user.actor_name,
            "module": self._module.key,
            "registration": registration,
            "version": version,
            "at": self._later(),
        }

    def _later(self) -> datetime:
        self._clock += timedelta(seconds=self._dice.randint(10, 90))
        return self._clock
