"""The State, Activity Profile and Agent Profile Resources (Communication, 2.2 to 2.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus

from django.utils import timezone
from msgspec import MsgspecError

from leer.xapi import documents
from leer.xapi.credentials import Client
from leer.xapi.documents import Blindly, Conditions, Content, Place
from leer.xapi.models import Document, DocumentKind
from leer.xapi.rest import access, parameters
from leer.xapi.rest.http import (
    JSON,
    Problem,
    Request,
    Response,
    bad_request,
    json_response,
    no_content,
    refuse_encoded,
)
from leer.xapi.rest.versions import OLD
from leer.xapi.scopes import Scope
from leer.xapi.statements.checking import Refused, parse
from leer.xapi.statements.names import is_measurement


@dataclass(frozen=True)
class Resource:
    """One of the three. State asks for no conditions, since conflicts are unlikely (3.1); 2.0
    asks for them where something would be replaced.
    """

    kind: DocumentKind
    scope: Scope
    name: str
    of: Sequence[str]
    is_state: bool = False

    def get(self, request: Request, client: Client, version: str) -> Response:
        """One document, or the names of all."""
        access.demand(client, self.scope, Scope.ALL_READ)
        is_one = self.name in request.query
        parameters.only(request, {*self.of, self.name if is_one else "since"})
        place = self._place(request, client)
        if not is_one:
            return _names(place, request)
        document = documents.find(place, parameters.required(request, self.name))
        if document is None:
            raise Problem(HTTPStatus.NOT_FOUND, "there is no such document")
        return _document(document)

    def put(self, request: Request, client: Client, version: str) -> Response:
        """Write one document."""
        place, name = self._for_writing(request, client)
        blindly = Blindly(create=self.is_state, replace=self.is_state and version == OLD)
        documents.put(place, name, _content(request), _conditions(request), blindly=blindly)
        return no_content()

    def post(self, request: Request, client: Client, version: str) -> Response:
        """Write one document, or merge it into the one that is there."""
        place, name = self._for_writing(request, client)
        documents.merge(place, name, _content(request), _conditions(request))
        return no_content()

    def delete(self, request: Request, client: Client, version: str) -> Response:
        """Remove one document, or all state of a context."""
        if self.is_state and self.name not in request.query:
            access.demand(client, self.scope)
            parameters.only(request, self.of)
            documents.delete_all(self._place(request, client))
            return no_content()
        place, name = self._for_writing(request, client)
        documents.delete(place, name, _conditions(request))
        return no_content()

    def _for_writing(self, request: Request, client: Client) -> tuple[Place, str]:
        access.demand(client, self.scope)
        parameters.only(request, {*self.of, self.name})
        return self._place(request, client), parameters.required(request, self.name)

    def _place(self, request: Request, client: Client) -> Place:
        activity = parameters.iri(request, "activityId") if "activityId" in self.of else ""
        access.demand_prefix(client, activity)
        if is_measurement(activity):  # class C: an answer there belongs to nobody
            raise bad_request("no documents are kept about measurements: answers are anonymous")
        agent = parameters.identifier(request) if "agent" in self.of else ""
        registration = parameters.uuid(request, "registration")
        return Place(self.kind, activity, agent, registration)


STATE = Resource(
    DocumentKind.STATE,
    Scope.STATE,
    "stateId",
    ("activityId", "agent", "registration"),
    is_state=True,
)
ACTIVITY_PROFILE = Resource(
    DocumentKind.ACTIVITY_PROFILE, Scope.PROFILE, "profileId", ("activityId",)
)
AGENT_PROFILE = Resource(DocumentKind.AGENT_PROFILE, Scope.PROFILE, "profileId", ("agent",))


def _names(place: Place, request: Request) -> Response:
    since = parameters.moment(request, "since")
    response = json_response(documents.names(place, since=since))
    changed = documents.last_change(place) or timezone.now()
    response.headers.append(("Last-Modified", format_datetime(changed, usegmt=True)))
    return response


def _document(document: Document) -> Response:
    headers = [
        ("ETag", f'"{document.etag}"'),
        ("Last-Modified", format_datetime(document.updated_at, usegmt=True)),
        # What somebody else put here is never run in a browser as a page of ours.
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "sandbox; default-src 'none'"),
    ]
    return Response(200, bytes(document.content), document.content_type, headers)


def _content(request: Request) -> Content:
    """The body as a document; JSON must be JSON."""
    refuse_encoded(request)
    content = Content(request.headers.get("content-type", "application/octet-stream"), request.body)
    if not (content.type.isascii() and content.type.isprintable()):
        raise bad_request("a Content-Type is one line of printable ASCII")
    if content.is_json:
        try:
            parse(content.body)
        except (Refused, MsgspecError) as error:
            raise bad_request(f"the document says that it is {JSON}: {error}") from error
    return content


def _conditions(request: Request) -> Conditions:
    return Conditions(
        match=_tags(request.headers.get("if-match", "")),
        none_match=_tags(request.headers.get("if-none-match", "")),
    )


def _tags(header: str) -> list[str]:
    """Entity tags without their quotes (RFC 9110, 8.8.3)."""
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in header.split(","))
    return [tag for tag in tags if tag]
