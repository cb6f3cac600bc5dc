"""The moments in stories that are worth talking about, where opinions lie furthest apart first.

Made of released figures only, and never with a figure: of the team where enough of its people
played, otherwise of the whole organisation. The same facts give the same guide.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log

from django.utils.safestring import SafeString

from cursussen import api as content
from leer.core.language import lang_attribute
from leer.core.markdown import to_html
from leer.disclosure import api as disclosure
from leer.disclosure.api import Release
from leer.monitoring.figures.counting import first_name, team_name
from leer.monitoring.figures.shape import Shape, shape_of, way
from leer.organisation import api as organisation
from leer.rollout import api as rollout
from leer.scenarios.api import engine
from leer.scenarios.models import Scenario

LEAST_SPREAD = 0.5  # of what is possible: below it nearly everybody agrees
MOST_MOMENTS = 4  # half an hour is enough for two; the rest is to choose from


class Basis(StrEnum):
    """Whose choices lie apart here."""

    TEAM = "team"
    EVERYBODY = "everybody"
    NOBODY = "nobody"  # not known, or nearly everybody agrees


@dataclass(frozen=True)
class Moment:
    """One scene to talk about. ``excuses`` are what one may tell oneself there; ``lang`` is the
    attribute of the story's own words.
    """

    title: str
    place: str
    text: SafeString
    choices: tuple[str, ...]
    excuses: tuple[str, ...]
    outcome: str
    basis: Basis
    spread: float
    lang: SafeString


def guide_of(team: organisation.Team) -> list[Moment]:
    """The moments for this team, those that divide most ahead; of others the first scene."""
    stories = _stories(_story_keys(team))
    versions = [str(story.live_version_id) for story in stories]
    names = [name for version in versions for name in _names(version, team.pk)]
    releases = disclosure.latest_of(names) if names else {}
    moments = [
        _moment(story, *(releases.get(name) for name in _names(version, team.pk)))
        for story, version in zip(stories, versions, strict=True)
    ]
    return sorted(moments, key=lambda moment: -moment.spread)[:MOST_MOMENTS]


def _story_keys(team: organisation.Team) -> list[str]:
    """Of the modules that the people of this team have, in the order of the modules."""
    people = [membership.user_id for membership in organisation.members_of(team)]
    given = {row.module_key for row in rollout.assignments_of_people(people)}
    modules = (module for key, module in content.modules().items() if key in given)
    return list(dict.fromkeys(_keys(modules)))


def _keys(modules: Iterable[content.Module]) -> Iterator[str]:
    for module in modules:
        for part in module.parts:
            if part.kind is content.PartKind.SCENARIO:
                yield part.scenario_key


def _stories(keys: list[str]) -> list[Scenario]:
    live = Scenario.objects.filter(key__in=keys, language="nl", live_version__isnull=False)
    return sorted(live, key=lambda story: keys.index(story.key))


def _names(version: str, team: int) -> tuple[str, str]:
    """The tables of this version: the team's, and that of everybody."""
    return team_name(version, team), first_name(version)


def _moment(story: Scenario, of_team: Release | None, of_all: Release | None) -> Moment:
    shape = shape_of(str(story.live_version_id))
    basis, scene, spread = _chosen(shape, of_team, of_all)
    passage = shape.story.passages[scene]
    return Moment(
        title=story.title,
        place=passage.place or story.title,
        text=to_html("\n\n".join(b.text for b in passage.blocks if not b.conditions)),
        choices=tuple(choice.text for choice in passage.choices if not choice.conditions),
        excuses=tuple(_excuses(shape.story, passage)),
        outcome=shape.story.card.get("leerdoel", ""),
        basis=basis,
        spread=spread,
        lang=lang_attribute(story.language),
    )


def _chosen(
    shape: Shape, of_team: Release | None, of_all: Release | None
) -> tuple[Basis, str, float]:
    """Whose choices point at which scene, and how far they lie apart there."""
    for basis, release in ((Basis.TEAM, of_team), (Basis.EVERYBODY, of_all)):
        scene, spread = most_divided(shape, release.figures if release else {})
        if scene:
            return basis, scene, spread
    return Basis.NOBODY, shape.start, 0


def most_divided(shape: Shape, figures: Mapping[str, int]) -> tuple[str, float]:
    """The scene where the choices lie furthest apart, and how far: from 0 (one choice) to 1 (all
    alike); no scene when nearly everybody agrees.
    """
    spreads = {scene: _spread(shape, figures, scene) for scene in shape.scenes}
    scene = max(spreads, key=lambda scene: spreads[scene], default="")
    return (scene, spreads[scene]) if scene and spreads[scene] >= LEAST_SPREAD else ("", 0)


def _spread(shape: Shape, figures: Mapping[str, int], scene: str) -> float:
    choices = shape.story.passages[scene].choices
    shown = [figures.get(way(scene, choice.target), 0) for choice in choices]
    shares = [figure / sum(shown) for figure in shown if figure]
    return -sum(share * log(share) for share in shares) / log(len(choices))


def _excuses(story: engine.Scenario, passage: engine.Passage) -> Iterator[str]:
    for choice in passage.choices:
        if excuse := story.passages[choice.target].rationalisation:
            yield excuse
