"""From the engine to the forms and back: nothing is lost, nothing is made up."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leer.scenarios import engine
from leer.scenarios.authoring import Draft, check, to_draft, to_graph, to_text
from tests.scenarios.engine.examples import example
from tests.scenarios.engine.strategies import scenarios

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(scenarios())
def test_a_story_goes_through_the_forms_unchanged(scenario: engine.Scenario) -> None:
    assert to_graph(to_draft(scenario)) == scenario


@relaxed
@given(scenarios())
def test_text_goes_through_the_forms_unchanged(scenario: engine.Scenario) -> None:
    text = engine.write(scenario)
    assert to_text(to_draft(engine.parse(text))) == text


@relaxed
@given(scenarios())
def test_blocks_that_were_there_keep_their_ids(scenario: engine.Scenario) -> None:
    before = to_draft(scenario)
    after = to_draft(scenario, like=before)
    assert [block["id"] for block in after.scenes] == [block["id"] for block in before.scenes]
    assert [block["id"] for block in after.counters] == [block["id"] for block in before.counters]
    assert after.positions == before.positions


def test_a_scene_with_another_name_keeps_the_choices_that_lead_to_it() -> None:
    draft = to_draft(example())
    scenes = [
        {**block, "value": {**block["value"], "name": "In de auto"}}
        if block["value"]["name"] == "auto"
        else block
        for block in draft.scenes
    ]
    graph = to_graph(Draft(draft.title, draft.ifid, draft.card, draft.counters, scenes))
    assert engine.prove(graph).ok
    assert graph.passages["r-nee"].choices[0].target == "In de auto"


def test_a_counter_with_another_name_keeps_its_effects_and_conditions() -> None:
    draft = to_draft(example())
    counter = draft.counters[0]
    renamed = {**counter, "value": {**counter["value"], "name": "stress"}}
    graph = to_graph(Draft(draft.title, draft.ifid, draft.card, [renamed], draft.scenes))
    assert engine.prove(graph).ok
    assert graph.passages["r-gegeven"].effects[0].counter == "stress"


CALLED = ("herziening: 2027-01-01", "herziening: 2027-01-01\ntellernamen: druk = de druk op jou")


def test_what_a_counter_is_called_is_in_its_own_form_and_comes_back_on_the_card() -> None:
    draft = to_draft(example(CALLED))
    assert draft.counters[0]["value"]["words"] == "de druk op jou"
    assert "tellernamen" not in draft.card
    renamed = {**draft.counters[0], "value": {**draft.counters[0]["value"], "name": "stress"}}
    graph = to_graph(Draft(draft.title, draft.ifid, draft.card, [renamed], draft.scenes))
    assert graph.card["tellernamen"] == "stress = de druk op jou"
    assert to_graph(draft) == example(CALLED)


def test_what_the_card_says_in_another_way_stays_as_it_is() -> None:
    loose = (CALLED[0], CALLED[1].replace(" = ", "="))
    draft = to_draft(example(loose))
    assert draft.counters[0]["value"]["words"] == ""
    assert to_text(draft) == engine.write(example(loose))


def test_a_comma_in_what_a_counter_is_called_is_told_in_the_words_of_the_form() -> None:
    draft = to_draft(example())
    counter = draft.counters[0]
    called = {**counter, "value": {**counter["value"], "words": "druk, van hem"}}
    found = check(Draft(draft.title, draft.ifid, draft.card, [called], draft.scenes)).errors
    assert [(one.code, one.field) for one in found] == [("counter-words-wrong", "counters")]
    assert "geen komma" in found[0].message


leaves = st.none() | st.sampled_from(["", "x", "[[a->b]]", "--", "[if x]", ":: y", "*", "druk"])
numbers = st.none() | st.integers(-3, 3)
conditions = st.lists(
    st.fixed_dictionaries({"counter": leaves, "operator": leaves, "value": numbers}), max_size=2
)
choices = st.fixed_dictionaries({"text": leaves, "target": leaves, "conditions": conditions})
values = st.fixed_dictionaries(
    {"name": leaves},
    optional={
        "place": leaves,
        "phase": leaves,
        "outcome": leaves,
        "picture": leaves,
        "texts": st.lists(
            st.fixed_dictionaries({"text": leaves, "conditions": conditions}), max_size=2
        ),
        "effects": st.lists(
            st.fixed_dictionaries({"counter": leaves, "change": leaves, "amount": numbers}),
            max_size=2,
        ),
        "choices": st.lists(choices, max_size=3),
        "onwards": st.none() | choices,
    },
)
blocks = st.builds(
    lambda kind, value, id: {"type": kind, "value": value, "id": id},
    st.sampled_from(["scene", "reaction", "ending"]),
    values,
    st.sampled_from(["x", "id-1", "id-2", "id-3"]),
)
counters = st.builds(
    lambda value: {"type": "counter", "value": value, "id": "c"},
    st.fixed_dictionaries(
        {"name": leaves, "words": leaves, "minimum": numbers, "maximum": numbers, "start": numbers}
    ),
)


@relaxed
@given(st.lists(blocks, max_size=4), st.lists(counters, max_size=2))
def test_whatever_stands_in_a_draft_it_is_told_and_not_stumbled_over(scenes, counters) -> None:
    draft = Draft("Titel", "D674C58C-DEFA-4F70-B7A2-27742230C0FC", {}, counters, scenes)
    assert check(draft).errors
