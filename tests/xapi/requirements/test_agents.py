"""The Agents Resource: xAPI 1.0.3, Communication 2.4; IEEE 9274.1.1 (2.0), 4.1.6.3."""

import json
from typing import Any

from tests.xapi.requirements.documents import NOT_AGENTS
from tests.xapi.requirements.kit import (
    GROUPS,
    IDENTIFIERS,
    SINGLE_IDENTIFIERS,
    SOMEBODY,
    assert_statuses,
    read,
)
from tests.xapi.rest_client import Lrs, statement


def _person(lrs: Lrs, agent: dict[str, Any]) -> Any:
    return read(lrs.send("GET", "agents", {"agent": json.dumps(agent)}))


def _has_an_array(lrs: Lrs, name: str) -> None:
    """Of what was asked; without it when that is something else."""
    agent = {name: IDENTIFIERS[name]}
    assert _person(lrs, agent)[name] == [IDENTIFIERS[name]]
    other = next(one for one in SINGLE_IDENTIFIERS if one != agent)
    assert name not in _person(lrs, other)


def test_xapi_00236_get_is_accepted(lrs: Lrs) -> None:
    query = {"agent": json.dumps(SOMEBODY)}
    assert read(lrs.send("GET", "agents", query))["objectType"] == "Person"
    assert_statuses([lrs.send(method, "agents", query) for method in ("POST", "PUT")], 405)


def test_xapi_00237_it_is_a_person(lrs: Lrs) -> None:
    for agent in [*SINGLE_IDENTIFIERS, {"objectType": "Agent", **SOMEBODY}]:
        assert _person(lrs, agent)["objectType"] == "Person"


def test_xapi_00238_names_are_an_array(lrs: Lrs) -> None:
    assert _person(lrs, {"name": "Somebody", **SOMEBODY})["name"] == ["Somebody"]
    assert "name" not in _person(lrs, SOMEBODY)


def test_xapi_00239_mboxes_are_an_array(lrs: Lrs) -> None:
    _has_an_array(lrs, "mbox")


def test_xapi_00240_hashed_mboxes_are_an_array(lrs: Lrs) -> None:
    _has_an_array(lrs, "mbox_sha1sum")


def test_xapi_00241_openids_are_an_array(lrs: Lrs) -> None:
    _has_an_array(lrs, "openid")


def test_xapi_00242_accounts_are_an_array(lrs: Lrs) -> None:
    _has_an_array(lrs, "account")


def test_xapi_00243_get_without_agent_is_refused(lrs: Lrs) -> None:
    assert_statuses([lrs.send("GET", "agents")], 400)
    assert _person(lrs, SOMEBODY)


def test_xapi_00244_an_mbox_is_a_mailto_iri(lrs: Lrs) -> None:
    assert _person(lrs, SOMEBODY)["mbox"] == ["mailto:somebody@example.org"]
    for bad in ("somebody@example.org", "mailto:somebody", "http://example.org"):
        query = {"agent": json.dumps({"mbox": bad})}
        assert_statuses([lrs.send("GET", "agents", query)], 400)


def test_xapi_00245_it_is_at_agents(lrs: Lrs) -> None:
    query = {"agent": json.dumps(SOMEBODY)}
    assert_statuses([lrs.send("GET", "agents", query)], 200)
    assert_statuses([lrs.send("GET", path, query) for path in ("agent", "agents/", "Agents")], 404)


def test_xapi_00246_every_attribute_is_an_array(lrs: Lrs) -> None:
    for agent in SINGLE_IDENTIFIERS:
        person = _person(lrs, {"name": "Somebody", **agent})
        assert person.pop("objectType") == "Person"
        assert person == {name: [value] for name, value in ({"name": "Somebody"} | agent).items()}


def test_xapi_00247_of_a_stranger_it_says_what_was_asked(lrs: Lrs) -> None:
    assert _person(lrs, SOMEBODY) == {"objectType": "Person", "mbox": [SOMEBODY["mbox"]]}


def test_xapi_00248_of_somebody_known_it_says_who_it_is(lrs: Lrs) -> None:
    lrs.stored(statement(actor=SOMEBODY))
    person = _person(lrs, SOMEBODY)
    assert person["objectType"] == "Person"
    assert SOMEBODY["mbox"] in person["mbox"]


def test_xapi_00249_what_is_no_agent_is_refused(lrs: Lrs) -> None:
    bad = [*NOT_AGENTS, *map(json.dumps, GROUPS), json.dumps(IDENTIFIERS)]
    assert_statuses([lrs.send("GET", "agents", {"agent": agent}) for agent in bad], 400)
    assert _person(lrs, SOMEBODY)
