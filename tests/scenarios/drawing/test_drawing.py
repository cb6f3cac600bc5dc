"""What a reader of a drawing may count on."""

import itertools
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings as project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leer.scenarios import engine
from leer.scenarios.drawing import Arrow, Box, Diagram, diagram_of, svg, text_of
from leer.scenarios.drawing.layout import lay_out
from leer.scenarios.drawing.lettering import width
from leer.scenarios.drawing.shapes import KINDS, LABEL_SIZE, NOTE_SIZE
from tests.scenarios.drawing.diagrams import diagrams
from tests.scenarios.engine.examples import example
from tests.scenarios.engine.strategies import scenarios

SVG = "{http://www.w3.org/2000/svg}"
STORIES = sorted((Path(project.BASE_DIR) / "scenario's").glob("*/*.twee"))
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
weighted = diagrams(weights=st.floats(0, 1))


def elements(picture: str, name: str) -> list[ElementTree.Element]:
    """The elements of the drawing with this class."""
    root = ElementTree.fromstring(picture)
    return [item for item in root.iter() if name in item.get("class", "").split()]


def edges(placed) -> tuple[float, float, float, float]:
    across, along = placed.lettered.width / 2, placed.lettered.height / 2
    return placed.x - across, placed.y - along, placed.x + across, placed.y + along


def points_on(segment, count=24):
    """Points on a line or a Bézier curve, the ends left out."""
    for step in range(1, count):
        t = step / count
        points = list(segment)
        while len(points) > 1:
            points = [
                ((1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1])
                for a, b in itertools.pairwise(points)
            ]
        yield points[0]


def runs_through(placed, segment) -> bool:
    left, top, right, bottom = edges(placed)
    return any(
        left + 0.5 < x < right - 0.5 and top + 0.5 < y < bottom - 0.5 for x, y in points_on(segment)
    )


def apart(one, other) -> bool:
    left, top, right, bottom = edges(one)
    left2, top2, right2, bottom2 = edges(other)
    return right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top


@relaxed
@given(diagrams() | weighted)
def test_no_two_boxes_overlap_and_all_is_on_the_paper(diagram):
    layout = lay_out(diagram)
    for one, other in itertools.combinations(layout.boxes, 2):
        assert apart(one, other)
    for left, top, right, bottom in map(edges, layout.boxes):
        assert left >= 0
        assert top >= 0
        assert right <= layout.width
        assert bottom <= layout.height


@relaxed
@given(diagrams() | weighted)
def test_no_arrow_runs_through_a_box(diagram):
    layout = lay_out(diagram)
    for route in layout.routes:
        for placed in layout.boxes:
            assert not any(runs_through(placed, segment) for segment in route.segments)


@relaxed
@given(diagrams() | weighted)
def test_every_arrow_goes_unbroken_from_its_own_box_to_its_own_box(diagram):
    layout = lay_out(diagram)
    boxes = {placed.lettered.box.key: edges(placed) for placed in layout.boxes}
    for route in layout.routes:
        for one, other in itertools.pairwise(route.segments):
            assert one[-1] == other[0]
        ends = (route.segments[0][0], route.segments[-1][-1])
        for (x, y), key in zip(ends, (route.arrow.source, route.arrow.target), strict=True):
            left, top, right, bottom = boxes[key]
            assert left - 0.2 <= x <= right + 0.2
            assert top - 0.2 <= y <= bottom + 0.2


@relaxed
@given(diagrams() | weighted, st.booleans())
def test_every_box_and_arrow_is_drawn_once_and_any_words_make_a_well_formed_picture(diagram, own):
    picture = svg(diagram, standalone=own)
    assert len(elements(picture, "graph__box")) == len(diagram.boxes)
    assert len(elements(picture, "graph__arrow")) == len(diagram.arrows)
    names = {item.tag.removeprefix(SVG) for item in ElementTree.fromstring(picture).iter()}
    allowed = {"svg", "title", "desc", "g", "a", "rect", "path", "text", "tspan"}
    assert names <= allowed | ({"style"} if own else set())


@relaxed
@given(diagrams() | weighted)
def test_the_same_diagram_gives_the_same_picture(diagram):
    assert svg(diagram) == svg(Diagram(**{n: getattr(diagram, n) for n in diagram.__slots__}))


@relaxed
@given(diagrams())
def test_words_stay_in_their_box(diagram):
    for placed in lay_out(diagram).boxes:
        lettered = placed.lettered
        for lines, size in ((lettered.label, LABEL_SIZE), (lettered.note, NOTE_SIZE)):
            assert all(width(line, size) <= lettered.width - 18 for line in lines)


@relaxed
@given(scenarios())
def test_any_scenario_can_be_drawn_also_one_that_is_not_sound(scenario):
    problems = engine.prove(scenario).errors
    diagram = diagram_of(scenario, problems=problems)
    ElementTree.fromstring(svg(diagram))
    marked = {box.key for box in diagram.boxes if box.marked}
    assert marked == {found.passage for found in problems} & set(scenario.passages)
    assert len(diagram.arrows) == sum(len(p.choices) for p in scenario.passages.values())


@pytest.mark.parametrize("file", STORIES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_stories_that_ship_are_drawn_down_with_every_passage(file):
    scenario = engine.parse(file.read_text(encoding="utf-8"))
    picture = svg(diagram_of(scenario), standalone=True)
    assert len(elements(picture, "graph__box")) == len(scenario.passages)
    told = text_of(scenario)
    assert all(f"\n{name} (" in told for name in scenario.passages)


def test_a_drawing_without_links_is_one_image_with_a_title_and_a_description():
    root = ElementTree.fromstring(svg(diagram_of(example()), id_prefix="pad"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "pad-title pad-desc"
    assert root.find(f"{SVG}title").text == "Tekening van het scenario “Het rooster”"
    assert root.find(f"{SVG}desc").get("id") == "pad-desc"


def test_a_drawing_with_links_is_a_group_so_that_the_links_can_be_reached():
    diagram = Diagram("t", "d", (Box("a", "A", href="/a?x=1&y=2"),), ())
    root = ElementTree.fromstring(svg(diagram))
    assert root.get("role") == "group"
    assert root.find(f"{SVG}a").get("href") == "/a?x=1&y=2"


def test_in_a_page_there_is_no_style_of_its_own():
    picture = svg(diagram_of(example()))
    assert "style" not in picture
    assert "<style>" in svg(diagram_of(example()), standalone=True)


def test_kinds_differ_without_their_colours():
    looks = [(look.radius, look.outline, look.figure, look.dashed) for look in KINDS.values()]
    assert len(set(looks)) == len(KINDS)


def test_a_loop_is_drawn_as_going_back_and_ends_at_its_target():
    boxes = tuple(Box(key, key) for key in "abc")
    diagram = Diagram("t", "d", boxes, (Arrow("a", "b"), Arrow("b", "c"), Arrow("c", "a")))
    *_, loop = lay_out(diagram).routes
    assert loop.back
    assert len(elements(svg(diagram), "graph__arrow--back")) == 1
    a, _, c = lay_out(diagram).boxes
    assert loop.segments[0][0][1] == edges(c)[1]
    assert loop.segments[-1][-1][1] == edges(a)[3]


def test_a_flow_is_as_thick_as_it_is_heavy_and_without_weights_lines_are_thin():
    boxes = tuple(Box(key, key) for key in "abc")
    flow = Diagram("t", "d", boxes, (Arrow("a", "b", weight=0.9), Arrow("a", "c", weight=0.1)))
    heavy, light = lay_out(flow).routes
    assert heavy.thickness > 4 * light.thickness
    plain = Diagram("t", "d", boxes, (Arrow("a", "b"), Arrow("a", "c", marked=True)))
    thin, marked = lay_out(plain).routes
    assert thin.thickness < marked.thickness < heavy.thickness


def test_to_the_right_the_story_goes_from_left_to_right():
    boxes = tuple(Box(key, key) for key in "abc")
    arrows = (Arrow("a", "b", "Verder"), Arrow("b", "c"))
    across = [box.x for box in lay_out(Diagram("t", "d", boxes, arrows, "right")).boxes]
    assert across == sorted(across)
    along = [box.y for box in lay_out(Diagram("t", "d", boxes, arrows)).boxes]
    assert along == sorted(along)


def test_an_arrow_from_nowhere_and_two_boxes_with_one_key_are_refused():
    with pytest.raises(ValueError, match="no box for the arrow 'a' -> 'b'"):
        Diagram("t", "d", (Box("a", "A"),), (Arrow("a", "b"),))
    with pytest.raises(ValueError, match="same key"):
        Diagram("t", "d", (Box("a", "A"), Box("a", "B")), ())


def test_a_target_that_doesnt_exist_is_a_box_that_says_so():
    scenario = example(("[[Je zwijgt->", "[[Naar boven->zolder]]\n[[Je zwijgt->"))
    (unknown,) = [box for box in diagram_of(scenario).boxes if box.kind == "onbekend"]
    assert (unknown.key, unknown.note) == ("zolder", "bestaat niet")


def test_the_text_twin_tells_choices_with_their_conditions_and_what_they_do():
    told = text_of(example())
    assert "kantine (scène, fase contact, begin)\n  druk = 0\n" in told
    assert "  Je wacht tot morgen (als druk ≥ 1) → les\n" in told
    assert "r-gegeven (reactie)\n  druk + 1\n" in told
    assert "Teller druk: van 0 tot en met 3, begint op 0" in told


def test_an_ending_of_which_the_outcome_is_still_open_is_drawn_as_an_ending():
    story = example()
    name = next(name for name, one in story.passages.items() if one.outcome)
    open_ = replace(story.passages[name], outcome=None)
    story = replace(story, passages={**story.passages, name: open_})
    (box,) = [box for box in diagram_of(story).boxes if box.key == name]
    assert (box.kind, box.note.partition(";")[0]) == ("einde", "einde")
    assert box.kind in KINDS
