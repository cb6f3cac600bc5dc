"""What the pages show of a story: made from releases only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leer.core.language import lang_attribute
from leer.disclosure import api as disclosure
from leer.disclosure.api import PEOPLE, Release
from leer.monitoring.figures.counting import first_name, second_name
from leer.monitoring.figures.shape import Shape, shape_of, stop, way
from leer.scenarios import blocks, drawing
from leer.scenarios.api import engine
from leer.scenarios.models import Scenario, ScenarioVersion

OUTCOMES = dict(blocks.OUTCOMES)


@dataclass(frozen=True)
class Row:
    """A line of a table: what was done, and how many did it at least (0: not to be said)."""

    label: str
    first: int
    again: int
    share: int  # of everybody who played it for the first time, in hundredths
    outcome: str = ""


@dataclass(frozen=True)
class SceneRows:
    """One scene: who came there, and what they chose."""

    name: str
    place: str
    came: Row
    choices: tuple[Row, ...]


@dataclass(frozen=True)
class Flow:
    """How one version of a story is played."""

    version: ScenarioVersion
    first: Release
    again: Release | None
    scenes: tuple[SceneRows, ...]
    endings: tuple[Row, ...]
    stops: tuple[Row, ...]
    picture: str


@dataclass(frozen=True)
class StoryLine:
    """A story in the list, and how many played what is live now. ``lang`` is the attribute of its
    title.
    """

    scenario: Scenario
    people: int
    lang: SafeString


def stories() -> list[StoryLine]:
    """Every published story, in two queries."""
    scenarios = list(Scenario.objects.filter(live_version__isnull=False))
    names = [first_name(str(scenario.live_version_id)) for scenario in scenarios]
    releases = disclosure.latest_of(names)
    return [
        StoryLine(
            scenario,
            releases[name].people if name in releases else 0,
            lang_attribute(scenario.language),
        )
        for scenario, name in zip(scenarios, names, strict=True)
    ]


def flow_of(version: ScenarioVersion) -> Flow | None:
    """How this version is played; ``None``: nothing was released yet."""
    key = str(version.pk)
    releases = disclosure.latest_of([first_name(key), second_name(key)])
    first, again = releases.get(first_name(key)), releases.get(second_name(key))
    if not first:
        return None
    shape, figures = shape_of(key), Figures(first, again)
    scenes = tuple(_scene(shape, figures, name) for name in shape.scenes)
    stops = (figures.row(_place(shape, name), (stop(name),)) for name in shape.scenes)
    return Flow(
        version=version,
        first=first,
        again=again,
        scenes=scenes,
        endings=tuple(_endings(shape, figures)),
        stops=tuple(row for row in stops if row.first or row.again),
        picture=drawing.svg(picture_of(shape, first), id_prefix="stroom"),
    )


class Figures:
    """The two releases side by side."""

    def __init__(self, first: Release, again: Release | None) -> None:
        self._first, self._again = first, again

    def row(
        self,
        label: str,
        cells: tuple[str, ...],
        again: tuple[str, ...] | None = None,
        outcome: str = "",
    ) -> Row:
        """A line about these cells together; in second attempts they may be others."""
        first = self._first.at_least(*cells)
        second = self._again.at_least(*(again or cells)) if self._again else 0
        share = round(100 * first / max(self._first.people, 1))
        return Row(label, first, second, share, outcome)


def _scene(shape: Shape, figures: Figures, name: str) -> SceneRows:
    passage = shape.story.passages[name]
    came = figures.row("", shape.whole(name, again=False), shape.whole(name, again=True))
    choices = (figures.row(c.text, (way(name, c.target),)) for c in passage.choices)
    return SceneRows(name, _place(shape, name), came, tuple(choices))


def _endings(shape: Shape, figures: Figures) -> Iterator[Row]:
    for passage in shape.endings():
        outcome = OUTCOMES[passage.outcome.value] if passage.outcome else ""
        ways_in = shape.ways_in[passage.name]
        yield figures.row(_first_sentence(passage), ways_in, outcome=str(outcome))


def _first_sentence(passage: engine.Passage) -> str:
    """How an ending begins: its name is the writer's own, and the same in every language."""
    text = passage.blocks[0].text if passage.blocks else passage.name
    return re.split(r"(?<=[.?!…])\s", text, maxsplit=1)[0].replace("*", "")


def _place(shape: Shape, name: str) -> str:
    return shape.story.passages[name].place or name


def picture_of(shape: Shape, release: Release) -> drawing.Diagram:
    """The whole story; an arrow is as thick as the share of people of whom it is known. It is
    told in the language of the page: inside an image nothing else is read out.
    """
    plain = drawing.diagram_of(shape.story)
    flows = {
        (passage.name, choice.target): _flow(shape, release, passage, choice.target)
        for passage in shape.story.passages.values()
        for choice in passage.choices
    }
    into: dict[str, int] = {shape.story.start: release.people}
    for (_source, target), people in flows.items():
        into[target] = into.get(target, 0) + people
    whole = max(release.people, 1)
    return replace(
        plain,
        title=_("Hoe mensen door “%(title)s” gaan") % {"title": shape.story.title},
        description=_("De getallen staan ook in de tabellen."),
        boxes=tuple(replace(box, note=_at_least(into.get(box.key, 0))) for box in plain.boxes),
        arrows=tuple(
            replace(arrow, label="", weight=flows[arrow.source, arrow.target] / whole)
            for arrow in plain.arrows
        ),
    )


def _flow(shape: Shape, release: Release, passage: engine.Passage, target: str) -> int:
    """At least so many went this way. Whoever came to a passage with one way on, went on."""
    if passage.name in shape.scenes:
        return release.at_least(way(passage.name, target))
    return sum(
        release.at_least(way(scene, name))
        for scene in shape.scenes
        for name in _before(shape, scene, passage.name)
    ) or (release.at_least(PEOPLE) if passage.name == shape.story.start else 0)


def _before(shape: Shape, scene: str, name: str) -> Iterator[str]:
    """The choices at this scene that lead through this passage before anybody decides again."""
    for choice in shape.story.passages[scene].choices:
        here = choice.target
        while here != shape.landing[choice.target]:
            if here == name:
                yield choice.target
            here = shape.story.passages[here].choices[0].target


def _at_least(people: int) -> str:
    return f"≥ {people}" if people else ""
