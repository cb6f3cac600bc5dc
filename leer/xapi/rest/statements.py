"""The Statement Resource (Communication, 2.1)."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from leer.xapi import selectors
from leer.xapi.credentials import Client
from leer.xapi.receiving import received
from leer.xapi.rest import access, incoming, multipart, parameters
from leer.xapi.rest.http import (
    JSON,
    Problem,
    Request,
    Response,
    bad_request,
    json_response,
    no_content,
)
from leer.xapi.scopes import Scope
from leer.xapi.selectors import Filter, Found
from leer.xapi.statements import views
from leer.xapi.statements.keys import Key, Kind, key
from leer.xapi.store import definitions, files
from leer.xapi.store.positions import first_after, moment_of
from leer.xapi.store.writing import Unit, write

MOST = 500  # statements in one answer
PATH = "/xapi/statements"
ONE = {"statementId", "voidedStatementId"}
FORM = {"format", "attachments"}
FILTERS = {
    "agent", "verb", "activity", "registration", "related_activities", "related_agents",
    "since", "until", "limit", "ascending",
}  # fmt: skip
MORE = "after"  # our own: the place where the previous page ended
READ = (Scope.STATEMENTS_READ, Scope.ALL_READ)
FORMATS = ("exact", "ids", "canonical")


def put(request: Request, client: Client, version: str) -> Response:
    """Store one statement with the id that the client gave it."""
    access.demand(client, Scope.STATEMENTS_WRITE)
    parameters.only(request, {"statementId"})
    statement_id = parameters.uuid(request, "statementId")
    if statement_id is None:
        raise bad_request("the parameter statementId is missing")
    brought = incoming.read(request, version=version, put_as=statement_id)
    write([received(client, brought.facts, brought.files)])
    return no_content()


def post(request: Request, client: Client, version: str) -> Response:
    """Store statements; the answer has their ids in the same order."""
    posted = plan_post(request, client, version)
    write([posted.unit])
    return posted.response


@dataclass(frozen=True)
class Posted:
    """Statements that are ready to be stored, and the answer for when they are."""

    unit: Unit
    response: Response


def plan_post(request: Request, client: Client, version: str) -> Posted:
    """Everything of a POST but the storing."""
    access.demand(client, Scope.STATEMENTS_WRITE)
    parameters.only(request, ())
    brought = incoming.read(request, version=version)
    response = json_response([fact.id for fact in brought.facts])
    return Posted(received(client, brought.facts, brought.files), response)


def get(request: Request, client: Client, version: str) -> Response:
    """One statement, or a page of those that the filter finds."""
    access.demand(client, *READ, Scope.STATEMENTS_READ_MINE)
    if ONE & request.query.keys():
        return _get_one(request, client)
    return _get_page(request, client)


def _get_one(request: Request, client: Client) -> Response:
    parameters.only(request, ONE | FORM)
    if request.query.keys() >= ONE:
        raise bad_request("ask for statementId or for voidedStatementId, not for both")
    asked = parameters.uuid(request, "statementId")
    voided = parameters.uuid(request, "voidedStatementId")
    found = selectors.by_id(asked or voided or UUID(int=0), voided=asked is None)
    if found is None or not _may_read(client, found):
        raise Problem(HTTPStatus.NOT_FOUND, "there is no such statement")
    [statement] = _in_form(request, [found])
    response = _answer(request, [found], statement.encode())
    response.headers.append(("Last-Modified", _http_date(moment_of(found.place))))
    return response


def _get_page(request: Request, client: Client) -> Response:
    parameters.only(request, FILTERS | FORM | {MORE})
    limit = min(parameters.number(request, "limit") or MOST, MOST)
    found = list(itertools.islice(_readable(request, client, limit), limit + 1))
    shown = found[:limit]
    more = _more(request, shown[-1]) if len(found) > limit else ""
    statements = ",".join(_in_form(request, shown))
    body = f'{{"statements":[{statements}],"more":{msgspec.json.encode(more).decode()}}}'
    response = _answer(request, shown, body.encode())
    if shown:
        newest = max(shown[0].place, shown[-1].place)
        response.headers.append(("Last-Modified", _http_date(moment_of(newest))))
    return response


def _readable(request: Request, client: Client, limit: int) -> Iterator[Found]:
    """What the filter finds and the client may see, from the first on."""
    wanted = _filter(request, client)
    while True:
        portion = selectors.page(wanted, limit + 1)
        yield from (found for found in portion if _is_in_prefix(client, found))
        if len(portion) <= limit:
            return
        wanted = wanted.beyond(portion[-1].place)


def _filter(request: Request, client: Client) -> Filter:
    since, until = parameters.moment(request, "since"), parameters.moment(request, "until")
    ascending = parameters.flag(request, "ascending")
    wanted = Filter(
        wanted=list(_wanted(request)),
        after=first_after(since) - 1 if since else -1,
        before=first_after(until) if until else selectors.LAST_PLACE,
        ascending=ascending,
        writer=() if client.may(*READ) else sorted(client.writer.keys),
    )
    if MORE in request.query:
        wanted = wanted.beyond(parameters.number(request, MORE))
    return wanted


def _wanted(request: Request) -> Iterator[list[Key]]:
    """The keys to look for, those that find the fewest first."""
    registration = parameters.uuid(request, "registration")
    if registration:
        yield [key(Kind.REGISTRATION, str(registration))]
    related = parameters.flag(request, "related_agents")
    if "agent" in request.query:
        names = parameters.actor(request, group=True).identifiers()
        yield selectors.agent_keys(names, related=related)
    related = parameters.flag(request, "related_activities")
    if "activity" in request.query:
        yield selectors.activity_keys(parameters.iri(request, "activity"), related=related)
    if "verb" in request.query:
        yield [key(Kind.VERB, parameters.iri(request, "verb"))]


def _more(request: Request, last: Found) -> str:
    """Where the next page is: the same question, from here on."""
    return f"{PATH}?{urlencode({**request.query, MORE: last.place})}"


def _may_read(client: Client, found: Found) -> bool:
    mine = client.may(*READ) or selectors.was_written_by(found.place, sorted(client.writer.keys))
    return mine and _is_in_prefix(client, found)


class _About(msgspec.Struct):
    id: str = ""


class _Seen(msgspec.Struct):
    object: _About


_READ_OBJECT = msgspec.json.Decoder(_Seen)


def _is_in_prefix(client: Client, found: Found) -> bool:
    return not client.prefix or _READ_OBJECT.decode(found.raw).object.id.startswith(client.prefix)


# How an answer looks --------------------------------------------------------------------------
def _in_form(request: Request, shown: Sequence[Found]) -> list[str]:
    form = request.query.get("format", "exact")
    if form not in FORMATS:
        raise bad_request(f"format is one of {', '.join(FORMATS)}")
    if form == "exact":
        return [found.raw for found in shown]
    statements = [msgspec.json.decode(found.raw) for found in shown]
    return [msgspec.json.encode(one).decode() for one in _changed(request, form, statements)]


def _changed(request: Request, form: str, statements: list[Any]) -> Iterator[Any]:
    if form == "ids":
        yield from map(views.with_ids, statements)
        return
    iris = {iri for statement in statements for iri in views.activity_ids(statement)}
    known = definitions.known(iris)
    languages = views.languages_of(request.headers.get("accept-language", ""))
    for statement in statements:
        yield views.canonical(statement, known, languages)


def _answer(request: Request, shown: Sequence[Found], body: bytes) -> Response:
    if not parameters.flag(request, "attachments"):
        return Response(HTTPStatus.OK, body, JSON)
    content_type, body = multipart.write(body, _files(shown))
    return Response(HTTPStatus.OK, body, content_type)


def _files(shown: Sequence[Found]) -> Iterator[tuple[str, str, bytes]]:
    types = {
        one["sha2"].lower(): one["contentType"]
        for found in shown
        for one in _attachments(msgspec.json.decode(found.raw))
    }
    for sha2, content in files.contents(types).items():
        yield sha2, types[sha2], content


def _attachments(sentence: Any) -> Iterator[Any]:
    yield from sentence.get("attachments", [])
    if sentence["object"].get("objectType") == "SubStatement":
        yield from _attachments(sentence["object"])


def _http_date(at: datetime) -> str:
    return format_datetime(at, usegmt=True)
