"""What a statement is about: xAPI 1.0.3, Data 2.4.4; IEEE 9274.1.1 (2.0), 4.2.2.3."""

from typing import Any

import pytest

from tests.xapi.requirements.kit import (
    ABSENT,
    AGENTS,
    ANOTHER,
    COMPONENTS,
    EXTENSIONS,
    FULL,
    GROUPS,
    IRIS,
    LANGUAGE_MAPS,
    NOT_ARRAYS,
    NOT_EXTENSIONS,
    NOT_IRIS,
    NOT_LANGUAGE_MAPS,
    NOT_OBJECTS,
    NOT_STRINGS,
    NOT_UUIDS,
    SOMEBODY,
    UUIDS,
    assert_refused,
    assert_taken,
    inside,
    judge,
)
from tests.xapi.rest_client import ACTIVITY, Lrs, pointing, statement

LISTS = ["choices", "scale", "source", "target", "steps"]
INTERACTIONS = [
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing",
    "likert", "numeric", "other",
]  # fmt: skip
SUB: dict[str, Any] = {"objectType": "SubStatement", **statement()}
REFERENCE = {"objectType": "StatementRef", "id": UUIDS[0]}


def _judge_object(lrs: Lrs, *, takes: list[Any], refuses: list[Any]) -> None:
    """Also as the object of a SubStatement."""
    for form in (lambda said: said, inside):
        assert_taken(lrs, *(form(statement(object=one)) for one in takes))
        assert_refused(lrs, *(form(statement(object=one)) for one in refuses))


def _judge_definition(lrs: Lrs, name: str, *, takes: list[Any], refuses: list[Any]) -> None:
    judge(lrs, f"object.definition.{name}", takes=[ABSENT, *takes], refuses=refuses)


def _judge_components(lrs: Lrs, name: str) -> None:
    """A list of interaction components."""
    bad = [*NOT_ARRAYS, ["a"], [1], [[]], [{}], [COMPONENTS], [{"id": 1}], [COMPONENTS[0], None]]
    _judge_definition(lrs, name, takes=[COMPONENTS, COMPONENTS[:1]], refuses=bad)


def test_xapi_00046_an_object_is_one_of_five_kinds(lrs: Lrs) -> None:
    good = [{"objectType": "Activity", "id": ACTIVITY}, {"objectType": "Agent", **SOMEBODY}]
    good += [*GROUPS, REFERENCE]
    wrong = ["Person", "Statement", "activity", "", *NOT_STRINGS]
    bad = [{"objectType": kind, "id": ACTIVITY} for kind in wrong]
    _judge_object(lrs, takes=good, refuses=bad)
    assert_taken(lrs, statement(object=SUB))


# Activities -----------------------------------------------------------------------------------
def test_xapi_00047_an_activity_has_an_iri(lrs: Lrs) -> None:
    judge(lrs, "object.id", takes=IRIS, refuses=[ABSENT, *NOT_IRIS])
    _judge_object(lrs, takes=[{"id": ACTIVITY}], refuses=[{}, {"objectType": "Activity"}])


def test_xapi_00048_a_definition_is_an_object(lrs: Lrs) -> None:
    bad = [*NOT_OBJECTS, {"shoe": "left"}]
    judge(lrs, "object.definition", takes=[ABSENT, {}, {"type": IRIS[0]}], refuses=bad)


def test_xapi_00049_an_interaction_type_is_one_of_ten(lrs: Lrs) -> None:
    wrong = ["Choice", "essay", "", IRIS[0], *NOT_STRINGS]
    judge(lrs, "object.definition.interactionType", takes=INTERACTIONS, refuses=wrong)


def test_xapi_00050_correct_responses_are_strings(lrs: Lrs) -> None:
    bad = [*NOT_ARRAYS, *([one] for one in NOT_STRINGS), ["a", 1]]
    good = [[], ["a"], ["a", "b[,]c"]]
    _judge_definition(lrs, "correctResponsesPattern", takes=good, refuses=bad)


def test_xapi_00051_steps_are_components(lrs: Lrs) -> None:
    _judge_components(lrs, "steps")


def test_xapi_00052_target_has_components(lrs: Lrs) -> None:
    _judge_components(lrs, "target")


def test_xapi_00053_source_has_components(lrs: Lrs) -> None:
    _judge_components(lrs, "source")


def test_xapi_00054_scale_has_components(lrs: Lrs) -> None:
    _judge_components(lrs, "scale")


def test_xapi_00055_choices_are_components(lrs: Lrs) -> None:
    _judge_components(lrs, "choices")


def test_xapi_00056_the_name_is_a_language_map(lrs: Lrs) -> None:
    _judge_definition(lrs, "name", takes=LANGUAGE_MAPS, refuses=NOT_LANGUAGE_MAPS)


def test_xapi_00057_extensions_are_extensions(lrs: Lrs) -> None:
    _judge_definition(lrs, "extensions", takes=EXTENSIONS, refuses=NOT_EXTENSIONS)


@pytest.mark.parametrize("name", LISTS)
def test_xapi_00058_the_id_of_a_component_is_there_and_its_own(lrs: Lrs, name: str) -> None:
    ids = f"object.definition.{name}.0.id"
    judge(lrs, ids, takes=["c", "1", ""], refuses=[ABSENT, "b", *NOT_STRINGS])


def test_xapi_00059_the_description_is_a_language_map(lrs: Lrs) -> None:
    _judge_definition(lrs, "description", takes=LANGUAGE_MAPS, refuses=NOT_LANGUAGE_MAPS)


def test_xapi_00060_the_type_is_an_iri(lrs: Lrs) -> None:
    _judge_definition(lrs, "type", takes=IRIS, refuses=NOT_IRIS)


def test_xapi_00061_more_info_is_an_irl(lrs: Lrs) -> None:
    _judge_definition(lrs, "moreInfo", takes=IRIS, refuses=NOT_IRIS)


@pytest.mark.parametrize("name", LISTS)
def test_xapi_00062_the_description_of_a_component_is_a_language_map(lrs: Lrs, name: str) -> None:
    _judge_definition(lrs, f"{name}.0.description", takes=LANGUAGE_MAPS, refuses=NOT_LANGUAGE_MAPS)


@pytest.mark.parametrize("name", LISTS)
def test_xapi_00063_a_component_is_an_object(lrs: Lrs, name: str) -> None:
    place, good = f"object.definition.{name}.0", [{"id": "c"}, COMPONENTS[0]]
    judge(lrs, place, takes=good, refuses=[*NOT_OBJECTS, {}, {"id": "c", "shoe": "left"}])


@pytest.mark.parametrize("name", ["correctResponsesPattern", *LISTS])
def test_xapi_00064_parts_of_an_interaction_need_its_type(lrs: Lrs, name: str) -> None:
    part = {name: FULL["object"]["definition"][name]}
    good, bad = part | {"interactionType": "choice"}, part
    judge(lrs, "object.definition", takes=[good, {}], refuses=[bad])


# Agents and Groups, StatementRefs -------------------------------------------------------------
def test_xapi_00065_an_agent_or_group_says_that_it_is_one(lrs: Lrs) -> None:
    said = [one | {"objectType": "Agent"} for one in AGENTS]
    unsaid = [{name: one[name] for name in one if name != "objectType"} for one in said + GROUPS]
    _judge_object(lrs, takes=[*said, *GROUPS], refuses=unsaid)


def test_xapi_00072_a_reference_has_a_uuid(lrs: Lrs) -> None:
    kind = {"objectType": "StatementRef"}
    bad = [kind, *(kind | {"id": one} for one in NOT_UUIDS), REFERENCE | {"shoe": "left"}]
    _judge_object(lrs, takes=[kind | {"id": one} for one in UUIDS], refuses=bad)


def test_xapi_00073_a_reference_and_a_sub_statement_say_what_they_are(lrs: Lrs) -> None:
    wrong = ["statementref", "Statement", "Agent", "Activity"]
    bad = [{"id": UUIDS[0]}, *({"objectType": kind, "id": UUIDS[0]} for kind in wrong)]
    _judge_object(lrs, takes=[REFERENCE], refuses=bad)
    assert_taken(lrs, statement(object=SUB))
    assert_refused(lrs, statement(object=statement()))


# SubStatements --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"actor": {}}, id="nobody"),
        pytest.param({"actor": None}, id="null"),
        pytest.param({"verb": {"id": "done"}}, id="a verb without IRI"),
        pytest.param({"object": {"id": "x"}}, id="an activity without IRI"),
        pytest.param({"result": {"success": "yes"}}, id="a result of another type"),
        pytest.param({"context": {"registration": "1"}}, id="a registration that is no UUID"),
        pytest.param({"timestamp": "today"}, id="a timestamp that is none"),
        pytest.param({"attachments": [{}]}, id="an empty attachment"),
        pytest.param({"shoe": "left"}, id="an unknown property"),
    ],
)
def test_xapi_00066_a_sub_statement_keeps_the_rules(lrs: Lrs, wrong: dict[str, Any]) -> None:
    assert_taken(lrs, statement(object=SUB))
    assert_refused(lrs, statement(object=SUB | wrong))


def test_xapi_00066_a_sub_statement_is_complete(lrs: Lrs) -> None:
    assert_taken(lrs, statement(object=SUB))
    for missing in ("actor", "verb", "object"):
        less = {name: value for name, value in SUB.items() if name != missing}
        assert_refused(lrs, statement(object=less))


def _has_not(lrs: Lrs, **property_: Any) -> None:
    """The statement may have it; the SubStatement may not."""
    assert lrs.post(statement(object=SUB, **property_)).status == 200
    assert_refused(lrs, statement(object=SUB | property_))


def test_xapi_00067_a_sub_statement_has_no_authority(lrs: Lrs) -> None:
    _has_not(lrs, authority=ANOTHER)


def test_xapi_00068_a_sub_statement_has_no_version(lrs: Lrs) -> None:
    _has_not(lrs, version="1.0.0")


def test_xapi_00069_a_sub_statement_has_no_stored(lrs: Lrs) -> None:
    _has_not(lrs, stored="2026-11-25T10:00:00Z")


def test_xapi_00070_a_sub_statement_has_no_id(lrs: Lrs) -> None:
    _has_not(lrs, id=UUIDS[0])


def test_xapi_00071_a_sub_statement_holds_none(lrs: Lrs) -> None:
    assert_taken(lrs, statement(object=SUB), statement(object=SUB | {"object": REFERENCE}))
    assert_refused(lrs, statement(object=SUB | {"object": SUB}))


def test_a_reference_needs_no_target(lrs: Lrs) -> None:
    assert_taken(lrs, pointing(UUIDS[0]))
