"""The Agents, Activities and About Resources (Communication, 2.4, 2.5 and 2.8)."""

from msgspec import UNSET

from leer.xapi.credentials import Client
from leer.xapi.rest import access, parameters
from leer.xapi.rest.http import Request, Response, json_response
from leer.xapi.rest.versions import SPOKEN
from leer.xapi.scopes import Scope
from leer.xapi.statements.views import IDENTIFIERS
from leer.xapi.store import definitions

READ = (
    Scope.STATEMENTS_READ, Scope.STATEMENTS_READ_MINE, Scope.DEFINE, Scope.PROFILE, Scope.STATE,
    Scope.ALL_READ,
)  # fmt: skip


def get_agent(request: Request, client: Client, version: str) -> Response:
    """A Person with what was asked, and no more: the ledger joins no identities."""
    access.demand(client, *READ)
    parameters.only(request, {"agent"})
    agent = parameters.actor(request)
    said = {name: getattr(agent, name) for name in ("name", *IDENTIFIERS)}
    person = {name: [value] for name, value in said.items() if value is not UNSET}
    return json_response({"objectType": "Person", **person})


def get_activity(request: Request, client: Client, version: str) -> Response:
    """An activity with the ledger's definition of it."""
    access.demand(client, *READ)
    parameters.only(request, {"activityId"})
    iri = parameters.iri(request, "activityId")
    access.demand_prefix(client, iri)
    known = definitions.known([iri]).get(iri)
    definition = {"definition": known} if known else {}
    return json_response({"objectType": "Activity", "id": iri, **definition})


def get_about(request: Request) -> Response:
    """Which versions are spoken; open to everybody."""
    parameters.only(request, ())
    return json_response({"version": list(SPOKEN)})
