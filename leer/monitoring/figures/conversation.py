"""What a team may talk about: the same words for every team, and never a figure.

Where the choices of the whole organisation lie furthest apart is where there is something to
talk about. Before that can be said, a story's own theme and learning outcome are there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from cursussen import api as content
from leer.disclosure.api import Release
from leer.monitoring.figures.shape import Shape, shape_of, way
from leer.privacy.api import Facility, decided
from leer.scenarios.models import Scenario

LEAST_SPREAD = 0.5  # of what is possible: below it nearly everybody agrees


@dataclass(frozen=True)
class Talk:
    """One story to talk about. ``place`` is where the scene is in which the choices lie furthest
    apart; empty when none can be named.
    """

    title: str
    theme: str
    outcome: str
    place: str = ""


def talks(modules: Iterable[content.Module]) -> list[Talk]:
    """One for each story in these modules, in one query."""
    keys = list(dict.fromkeys(_scenario_keys(modules)))
    rows = {row.key: row for row in _with_figures(keys)} if keys else {}
    return [
        _talk(shape_of(str(rows[key].live_version_id)), rows[key].figures or {})
        for key in keys
        if key in rows
    ]


def _scenario_keys(modules: Iterable[content.Module]) -> Iterator[str]:
    for module in modules:
        for part in module.parts:
            if part.kind is content.PartKind.SCENARIO:
                yield part.scenario_key


def _with_figures(keys: list[str]) -> "QuerySet[Any]":
    """The stories, each with what was last released of first attempts at what is live, while
    figures are on.
    """
    version = Cast(OuterRef("live_version_id"), TextField())
    parts = (Value("verhaal:"), version, Value(":eerste"))
    name = Concat(*parts, output_field=TextField())
    released = Release.objects.filter(decided(Facility.FIGURES), name=name)
    figures = released.order_by("-number").values("figures")[:1]
    live = Scenario.objects.filter(key__in=keys, language="nl", live_version__isnull=False)
    return live.annotate(figures=Subquery(figures))


def _talk(shape: Shape, figures: Mapping[str, int]) -> Talk:
    card = shape.story.card
    scene = most_divided(shape, figures)
    return Talk(
        title=shape.story.title,
        theme=card.get("thema", "").replace("-", " "),
        outcome=card.get("leerdoel", ""),
        place=shape.story.passages[scene].place if scene else "",
    )


def most_divided(shape: Shape, figures: Mapping[str, int]) -> str:
    """The scene where the choices lie furthest apart; none when nearly everybody agrees."""
    spreads = {scene: _spread(shape, figures, scene) for scene in shape.scenes}
    scene = max(spreads, key=lambda scene: spreads[scene], default="")
    return scene if scene and spreads[scene] >= LEAST_SPREAD else ""


def _spread(shape: Shape, figures: Mapping[str, int], scene: str) -> float:
    """From 0 (one choice) to 1 (all alike), of the choices that are shown."""
    choices = shape.story.passages[scene].choices
    shown = [figures.get(way(scene, choice.target), 0) for choice in choices]
    shares = [figure / sum(shown) for figure in shown if figure]
    return -sum(share * log(share) for share in shares) / log(len(choices))
