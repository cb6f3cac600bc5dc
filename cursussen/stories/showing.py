"""A draft as it is looked at: its map with what is wrong, and playing it. Nothing is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from leer.core.markdown import to_html
from leer.scenarios import api as scenarios
from leer.scenarios.api import authoring, drawing, engine

type Context = dict[str, Any]
SCENE_ANCHOR = "#scene-"
FIELD_ANCHOR = "#field-"
FIELDS = {
    "versie": "version",
    "taal": "language",
    "thema": "theme",
    "leerdoel": "goal",
    "bron": "source",
    "herziening": "review_on",
    "counters": "counters",
    "scenes": "scenes",
}
"""The field of the form that holds what ``authoring.check`` speaks of."""


@dataclass(frozen=True)
class Told:
    """A problem, and the way to where it is."""

    message: str
    href: str
    name: str
    is_error: bool


def edit_url(page_id: int) -> str:
    """The form of this story."""
    return reverse("wagtailadmin_pages:edit", args=[page_id])


# The map -------------------------------------------------------------------------------------
def story_map(draft: authoring.Draft, *, edit_url: str | None = None) -> Context:
    """The drawing, the same in words, the figures and the problems. Given the address of the form
    (empty: this very page), what is told leads to its place there.
    """
    checked = authoring.check(draft)
    hrefs = _hrefs(draft, edit_url)
    return {
        "title": draft.title,
        "errors": [_told(found, edit_url) for found in checked.errors],
        "warnings": [_told(found, edit_url) for found in checked.warnings],
        "figures": checked.figures,
        "endings": [
            {"name": ending.passage, "percent": round(ending.share * 100)}
            for ending in checked.figures.endings
            if ending.share is not None
        ],
        "minutes": round(checked.figures.reading_seconds / 60),
        "drawing": _drawing(checked, hrefs) if draft.scenes else "",
        "words": drawing.text_of(checked.graph) if draft.scenes else "",
    }


def graph_map(graph: engine.Scenario) -> Context:
    """The same for a story that is not written here."""
    return story_map(authoring.to_draft(graph))


def _hrefs(draft: authoring.Draft, edit_url: str | None) -> dict[str, str]:
    if edit_url is None:
        return {}
    names = authoring.names_by_id(draft.scenes)
    return {name: f"{edit_url}{SCENE_ANCHOR}{block}" for block, name in names.items()}


def _drawing(checked: authoring.Checked, hrefs: Mapping[str, str]) -> SafeString:
    graph = _with_targets(checked.graph)
    problems = [
        engine.Problem(found.code, found.message, passage=found.name)
        for found in checked.findings
        if found.name
    ]
    diagram = drawing.diagram_of(graph, problems=problems)
    boxes = tuple(replace(box, href=hrefs.get(box.key, "")) for box in diagram.boxes)
    picture = drawing.svg(replace(diagram, boxes=boxes))
    # The map stands in a frame beside the form; links in a drawing know no <base target>.
    picture = picture.replace("<a href=", '<a target="_parent" href=')
    return mark_safe(picture)  # noqa: S308 (the drawing escapes what it is given)


def _with_targets(graph: engine.Scenario) -> engine.Scenario:
    """Without the choices that have no target yet: there is no arrow to draw."""
    passages = {
        name: replace(passage, choices=tuple(one for one in passage.choices if one.target))
        for name, passage in graph.passages.items()
    }
    return replace(graph, passages=passages)


def _told(found: authoring.Finding, edit_url: str | None) -> Told:
    href = ""
    if edit_url is not None and found.block:
        href = f"{edit_url}{SCENE_ANCHOR}{found.block}"
    elif edit_url is not None and found.field:
        href = f"{edit_url}{FIELD_ANCHOR}{FIELDS[found.field]}"
    return Told(found.message, href, found.name, found.is_error)


# Playing -------------------------------------------------------------------------------------
def play(draft: authoring.Draft, asked: Mapping[str, str], keep: Mapping[str, str]) -> Context:
    """The passage that was asked for (by name or block id), the opening scene otherwise.

    The whole state is in the address: ``scene``, and the counters as ``t0``, ``t1`` … ``keep`` is
    what every address must hold on to.
    """
    graph = authoring.playable(authoring.to_graph(draft))
    names = authoring.names_by_id(draft.scenes)
    context: Context = {"title": draft.title, "keep": dict(keep)}
    if not graph.passages:
        return context
    name = names.get(asked.get("scene", ""), asked.get("scene", ""))
    if name in graph.passages:
        state = authoring.start_at(graph, name, _counters(graph, asked))
    else:
        state = engine.begin(graph)
    return context | _stage(graph, state, keep)


def _counters(graph: engine.Scenario, asked: Mapping[str, str]) -> Iterable[int]:
    for place, counter in enumerate(graph.counters):
        try:
            yield int(asked.get(f"t{place}", counter.start))
        except ValueError:
            yield counter.start


def _stage(graph: engine.Scenario, state: engine.State, keep: Mapping[str, str]) -> Context:
    passage = engine.passage_of(graph, state)
    return {
        "passage": passage,
        "passages": [
            {"name": item.name, "kind": item.kind.value} for item in graph.passages.values()
        ],
        "html": to_html(engine.visible_text(graph, state)),
        "picture": _picture(passage.picture),
        "counters": [
            {"name": counter.name, "field": f"t{place}", "value": value, "counter": counter}
            for place, (counter, value) in enumerate(
                zip(graph.counters, state.counters, strict=True)
            )
        ],
        "choices": [_way_on(graph, state, choice, keep) for choice in engine.choices(graph, state)],
        "again": "?" + urlencode(keep),
    }


def _way_on(
    graph: engine.Scenario, state: engine.State, choice: engine.Choice, keep: Mapping[str, str]
) -> dict[str, str]:
    """A choice as a link to what comes of it; without a link when it leads nowhere yet."""
    if choice.target not in graph.passages:
        return {"text": choice.text, "url": ""}
    after = engine.choose(graph, state, choice.target)
    values = {f"t{place}": value for place, value in enumerate(after.counters)}
    return {"text": choice.text, "url": "?" + urlencode({**keep, "scene": choice.target, **values})}


def _picture(name: str) -> dict[str, Any] | None:
    if name not in scenarios.drawn_places():
        return None
    return {"url": static(f"leer/places/{name}.svg"), "alt": "", "width": 1600, "height": 900}
