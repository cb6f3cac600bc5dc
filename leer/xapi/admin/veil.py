"""A statement as the programme may see it: the one place where that is decided.

Made from nothing, with what may be shown put in, so that what nobody thought of stays out.
Persons are tokens (``opaque``). Answers, scores, success, duration, attempts and every free
field of others (extensions, the words of attachments) are for the person only: class B of the
domain document. So is the language that somebody learns in, which may tell an origin. Moments
are to the minute, so that they cannot be laid beside another log.

An e-mail address is hidden wherever it stands, in whatever statement: others write them in the
IRIs and names of activities. Not only those of the statement's own persons: a name that is
hidden in one statement and open in the next would tell whose statement it is.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from leer.xapi.admin import opaque
from leer.xapi.admin.opaque import Json
from leer.xapi.admin.words import OUTCOME
from leer.xapi.statements.formats import moment
from leer.xapi.statements.views import LISTS
from leer.xapi.statements.vocabulary import is_outcome

SEEN_OF_ACTIVITY = ("name", "description", "type", "interactionType")
SEEN_OF_CONTEXT = ("platform", "revision", "statement")
HIDDEN_OF_CONTEXT = ("registration", "language", "extensions")
SEEN_OF_ATTACHMENT = ("usageType", "contentType", "length")
TO_THE_MINUTE = "%Y-%m-%dT%H:%MZ"
# As long as an address may be (RFC 5321, 4.5.3.1): without a bound a long text costs its square.
ADDRESS = re.compile(r"[^\s@/:;,<>\"'()]{1,64}(?:@|%40)[^\s@/:;,<>\"'()]{1,255}")


class Veil:
    """Lays itself over one statement. ``names`` are the systems, by account name."""

    def __init__(self, raw: str, names: Mapping[str, str]) -> None:
        self._said: Json = msgspec.json.decode(raw)
        self._names = names
        self._day: str = self._said["stored"][:10]

    def statement(self) -> Json:
        """What is left to see."""
        said = self._said
        shown = {"id": said["id"]} | self._sentence(said)
        shown["stored"] = _to_the_minute(said["stored"])
        shown["authority"] = opaque.system(said["authority"], names=self._names, day=self._day)
        shown["version"] = said.get("version", "")
        return _without_addresses(shown)

    def _sentence(self, said: Json) -> Json:
        parts: dict[str, Callable[[Any], Any]] = {
            "actor": self._person,
            "verb": _verb,
            "object": self._object,
            "result": _result,
            "context": self._context,
            "timestamp": _to_the_minute,
            "attachments": lambda many: [_only(one, SEEN_OF_ATTACHMENT) for one in many],
        }
        return {name: show(said[name]) for name, show in parts.items() if name in said}

    def _person(self, actor: Json) -> Json:
        return opaque.person(actor, day=self._day)

    def _object(self, item: Json) -> Json:
        kind = item.get("objectType", "Activity")
        if kind == "Activity":
            return _activity(item)
        if kind == "StatementRef":
            return _only(item, ("objectType", "id"))
        if kind == "SubStatement":
            return {"objectType": kind} | self._sentence(item)
        return self._person(item)

    def _context(self, context: Json) -> Json:
        shown = _only(context, SEEN_OF_CONTEXT)
        for name in ("instructor", "team"):
            if name in context:
                shown[name] = self._person(context[name])
        for name, part in (("contextAgents", "agent"), ("contextGroups", "group")):
            if name in context:
                shown[name] = [self._person(one[part]) for one in context[name]]
        if "contextActivities" in context:
            around = context["contextActivities"]
            shown["contextActivities"] = {
                name: [_activity(one) for one in _list(around[name])]
                for name in LISTS
                if name in around
            }
        hidden = [name for name in HIDDEN_OF_CONTEXT if name in context]
        return shown | dict.fromkeys(hidden, hidden_text())


def definition(known: Json) -> Json:
    """The ledger's own words for an activity, as far as they may be seen."""
    return _without_addresses(_only(known, SEEN_OF_ACTIVITY))


def hidden_text() -> str:
    """What stands in the place of a value that is there and is not shown."""
    return _("verborgen")


def _verb(verb: Json) -> Json:
    if is_outcome(verb["id"]):
        return {"id": hidden_text(), "display": {"nl": str(OUTCOME.label)}}
    return _only(verb, ("id", "display"))


def _activity(activity: Json) -> Json:
    shown = _only(activity, ("id",))
    if "definition" in activity:
        shown["definition"] = _only(activity["definition"], SEEN_OF_ACTIVITY)
    return shown


def _result(result: Json) -> Json:
    """Whether it is done is class A; everything else about it is not."""
    shown = _only(result, ("completion",))
    return shown | {name: hidden_text() for name in result if name != "completion"}


def _without_addresses(value: Any) -> Any:
    if isinstance(value, str):
        return ADDRESS.sub(hidden_text(), value)
    if isinstance(value, dict):
        return {name: _without_addresses(one) for name, one in value.items()}
    return [_without_addresses(one) for one in value] if isinstance(value, list) else value


def _only(thing: Json, names: tuple[str, ...]) -> Json:
    return {name: thing[name] for name in names if name in thing}


def _list(value: Any) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _to_the_minute(text: str) -> str:
    return moment(text).astimezone(UTC).strftime(TO_THE_MINUTE)
