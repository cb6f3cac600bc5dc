"""Loading a scenario: read, prove, keep as a version; publishing is a step of its own."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from leer.scenarios import engine
from leer.scenarios.models import Origin, Scenario, ScenarioVersion


@dataclass(frozen=True)
class Loaded:
    """What loading did. ``created`` is false when this text was known already."""

    version: ScenarioVersion
    created: bool


class UnsoundScenarioError(Exception):
    """The story is not sound; ``problems`` says where and how to mend it."""

    def __init__(self, problems: tuple[engine.Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class HeldByEditorsError(Exception):
    """The editors look after this scenario now: a file does not change it. ``number`` is that of
    the version that they published last.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"version {number} is the editors'")
        self.number = number


class KeyTakenError(Exception):
    """Another scenario already has this key in this language."""


@transaction.atomic
def load(text: str, *, key: str, language: str, origin: Origin = Origin.FILE) -> Loaded:
    """Keep this text as a version, unless it is known.

    Raises ``TweeError`` when it cannot be read, ``UnsoundScenarioError`` when it is not sound,
    ``HeldByEditorsError`` when it is not for this origin to change, and ``KeyTakenError``; then
    nothing is kept.
    """
    graph = engine.parse(text, name=f"{key}/{language}.twee")
    proof = engine.prove(graph)
    if proof.errors:
        raise UnsoundScenarioError(proof.errors)
    scenario = _scenario_of(graph, key, language, origin)
    digest = hashlib.sha256(text.encode()).hexdigest()
    same = Q(digest=digest)
    if origin == Origin.EDITORS:  # a file may be written down otherwise than we write it
        same |= Q(graph=graph.to_json())
    if known := scenario.versions.filter(same).order_by("-number").first():
        return Loaded(known, created=False)
    version = scenario.versions.create(
        number=scenario.versions.count() + 1,
        digest=digest,
        source=text,
        graph=graph.to_json(),
    )
    return Loaded(version, created=True)


def publish(version: ScenarioVersion) -> None:
    """From now on new attempts play this version; attempts under way stay on theirs."""
    scenario = version.scenario
    scenario.title = engine.Scenario.from_json(version.graph).title
    scenario.live_version = version
    scenario.save(update_fields=["title", "live_version"])


def withdraw(ifid: UUID) -> None:
    """New attempts can no longer be begun; attempts under way go on."""
    Scenario.objects.filter(ifid=ifid).update(live_version=None)


def _scenario_of(graph: engine.Scenario, key: str, language: str, origin: Origin) -> Scenario:
    ifid = UUID(graph.ifid)
    others = Scenario.objects.filter(key=key, language=language).exclude(ifid=ifid)
    if others.exists():
        raise KeyTakenError(key)
    scenario, _ = Scenario.objects.select_for_update().get_or_create(
        ifid=ifid,
        defaults={"key": key, "language": language, "title": graph.title, "origin": origin},
    )
    if scenario.origin == Origin.EDITORS != origin:
        raise HeldByEditorsError(scenario.versions.count())
    if scenario.origin != origin:
        scenario.origin = origin
        scenario.save(update_fields=["origin"])
    return scenario
