"""A veiled statement as people read it: a sentence, and what there is around it.

Works from what ``veil`` left only, so that nothing can be read here that may not be seen.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leer.xapi.admin.opaque import Json
from leer.xapi.admin.veil import hidden_text
from leer.xapi.admin.words import OTHER_SENTENCE, OUTCOME, TYPES, VERBS, Text, in_language, short
from leer.xapi.statements.formats import moment

type Definitions = Mapping[str, Json]


@dataclass(frozen=True)
class Thing:
    """An activity: what it is called, its kind in words (``de module``), and its IRI."""

    name: str
    kind: Text
    iri: str
    type_iri: str

    @property
    def is_whole(self) -> bool:
        """Nothing of its IRI is hidden, so that it can be asked for."""
        return hidden_text() not in self.iri

    def __str__(self) -> str:
        kind = self.kind or _("activiteit")
        return f"{kind} “{self.name}”"


@dataclass(frozen=True)
class Attachment:
    """A file that came with it: its media type, what it is for, and its size in bytes."""

    content_type: str
    usage: str
    size: int


class Reading:
    """One statement, to be shown. ``definitions`` are the ledger's own of its activities."""

    def __init__(self, shown: Json, definitions: Definitions, *, voided: bool = False) -> None:
        self.shown = shown
        self.voided = voided
        self._definitions = definitions

    @property
    def id(self) -> UUID:
        """The statement's id."""
        return UUID(self.shown["id"])

    @property
    def sentence(self) -> str:
        """Who did what, as a sentence without its full stop."""
        return capfirst(self._sentence(self.shown))

    @property
    def happened(self) -> datetime:
        """When it happened, to the minute."""
        return moment(self.shown["timestamp"])

    @property
    def stored(self) -> datetime:
        """When the ledger got it, to the minute."""
        return moment(self.shown["stored"])

    @property
    def system(self) -> str:
        """Who wrote it down."""
        return capfirst(self.shown["authority"]["name"])

    @property
    def person(self) -> str:
        """Whom it is about."""
        return capfirst(self.shown["actor"]["name"])

    @property
    def verb(self) -> str:
        """The verb in words."""
        return self._verb(self.shown["verb"])

    @property
    def verb_iri(self) -> str:
        """The verb's IRI; empty when it would tell how well somebody did."""
        iri: str = self.shown["verb"]["id"]
        return "" if iri == hidden_text() else iri

    @property
    def thing(self) -> Thing | None:
        """The activity that it is about; ``None`` when it is about something else."""
        item = self.shown["object"]
        return self._thing(item) if "id" in item and "objectType" not in item else None

    @property
    def points_to(self) -> UUID | None:
        """The other statement that it is about."""
        item = self.shown["object"]
        return UUID(item["id"]) if item.get("objectType") == "StatementRef" else None

    @property
    def about(self) -> str:
        """What it is about, whatever that is."""
        return capfirst(self._what(self.shown["object"]))

    @property
    def around(self) -> Iterator[tuple[str, Thing]]:
        """The activities around it, with the part that they have in it."""
        parts = self._context.get("contextActivities", {})
        for name, activities in parts.items():
            for activity in activities:
                yield _part(name), self._thing(activity)

    @property
    def others(self) -> Sequence[str]:
        """Other persons and groups that it names."""
        context = self._context
        named = [context[name] for name in ("instructor", "team") if name in context]
        for name in ("contextAgents", "contextGroups"):
            named += context.get(name, [])
        return [capfirst(one["name"]) for one in named]

    @property
    def platform(self) -> str:
        """Where it happened, as its sender says."""
        return str(self._context.get("platform", ""))

    @property
    def is_done(self) -> bool | None:
        """Whether the activity was completed; ``None`` when it does not say."""
        return self.shown.get("result", {}).get("completion")

    @property
    def hides_result(self) -> bool:
        """There is more of a result than whether it is done, or the verb is one."""
        return not self.verb_iri or bool(set(self.shown.get("result", {})) - {"completion"})

    @property
    def attachments(self) -> Sequence[Attachment]:
        """The files that came with it."""
        return [
            Attachment(one["contentType"], short(one["usageType"]), one["length"])
            for one in self.shown.get("attachments", [])
        ]

    @property
    def version(self) -> str:
        """The version of xAPI that it was written in."""
        return str(self.shown["version"])

    @property
    def as_json(self) -> str:
        """All of what may be seen."""
        return json.dumps(self.shown, ensure_ascii=False, indent=2)

    @property
    def _context(self) -> Json:
        return self.shown.get("context", {})

    def _sentence(self, said: Json) -> str:
        words = {
            "who": said["actor"]["name"],
            "verb": self._verb(said["verb"]),
            "what": self._what(said["object"]),
        }
        return str(_sentence_of(said["verb"]["id"])) % words

    def _verb(self, verb: Json) -> str:
        if word := VERBS.get(verb["id"]):
            return str(word.label)
        return _words(verb.get("display")) or short(verb["id"])

    def _what(self, item: Json) -> str:
        kind = item.get("objectType", "Activity")
        if kind == "StatementRef":
            return _("een ander feit")
        if kind == "SubStatement":
            return _("het voornemen: %s") % self._sentence(item)
        return str(self._thing(item)) if "id" in item else str(item["name"])

    def _thing(self, activity: Json) -> Thing:
        iri = activity["id"]
        said = self._definitions.get(iri) or activity.get("definition", {})
        kind = said.get("type", "")
        name = _words(said.get("name")) or short(iri).rpartition("/")[2]
        return Thing(name=name, kind=TYPES.get(kind, ""), iri=iri, type_iri=kind)


def activities_in(shown: Sequence[Json]) -> set[str]:
    """The IRIs of the activities that these are about or have around them."""
    found = set()
    for one in shown:
        around = one.get("context", {}).get("contextActivities", {})
        things = [one["object"], *(thing for part in around.values() for thing in part)]
        found |= {thing["id"] for thing in things if "objectType" not in thing and "id" in thing}
    return found


def _sentence_of(verb: str) -> Text:
    if verb == hidden_text():
        return OUTCOME.sentence
    word = VERBS.get(verb)
    return word.sentence if word else OTHER_SENTENCE


def _words(language_map: Any) -> str:
    return in_language(language_map, get_language() or "nl")


def _part(name: str) -> str:
    """The four of the specification (2.4.6.2)."""
    return {
        "parent": _("Deel van"),
        "grouping": _("Hoort bij"),
        "category": _("Soort"),
        "other": _("Ook genoemd"),
    }[name]
