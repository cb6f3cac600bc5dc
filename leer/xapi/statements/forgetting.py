"""A statement without the persons who must be forgotten (docs/decisions/0016-forgetting.md).

Wherever such a person stands as an Agent, a random pseudonym comes in the place. Text that tells
who it is (an address, an account, a name) becomes the pseudonym too. Of a statement in which the
person is the actor, what was said in own words goes as well; or everything does but verb, object
and time (``reduce``).
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.conf import settings
from msgspec import convert

from leer.xapi.statements import signatures, views
from leer.xapi.statements.names import extension, is_ours
from leer.xapi.statements.shape import Actor

type Json = dict[str, Any]

# Answers to these are a choice from what was offered; to others, and to what does not say what
# it is, somebody's own words.
CLOSED = {"true-false", "choice", "likert", "matching", "sequencing", "numeric"}
WHAT_IT_WAS_ABOUT = ("version", "sha256")  # of content: nothing that anybody did
ERASED = "erased"  # the extension that marks a statement of which only verb, object, time stay
SHORTEST_ACCOUNT = 8  # characters from which an account name is looked for in text
LETTER = r"[\w@.+\-]"  # may stand in an address: next to one of these it is another one


class _Agent(dict[str, Any]):
    """An Agent or Group that was dealt with."""


@dataclass(frozen=True)
class Forgetting:
    """Who is forgotten and how.

    ``pseudonyms``: for each identifier (``folded``) of such a person the name that comes in its
    place. ``names``: the names of these persons, which are looked for in text too. ``reduce``:
    see the module. ``files``: SHA-2 of attachments that tell who it is.
    """

    pseudonyms: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    reduce: bool = False
    files: Collection[str] = ()

    def applied(self, said: Json) -> Json:
        """The statement without these persons; the same one when they are not in it."""
        new = views.changed(said, _as_it_is, self._agent, _as_it_is)
        new = self._emptied(self.scrubbed(new))
        return _without_attachments(new, self._must_go) if new != said else said

    def scrubbed(self, value: Any) -> Any:
        """With the pseudonym in the place of every text that tells who it is; Agents apart."""
        if isinstance(value, _Agent):
            return dict(value)
        if isinstance(value, dict):
            return {self.scrub(name): self.scrubbed(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.scrubbed(part) for part in value]
        return self.scrub(value) if isinstance(value, str) else value

    def scrub(self, text: str) -> str:
        """One text."""
        if not self._needles:
            return text
        return self.pattern.sub(lambda found: self._needles[found.group().lower()], text)

    @cached_property
    def _needles(self) -> dict[str, str]:
        """Texts that tell who it is (lower case), and what comes in the place."""
        by_identifier = {
            needle: new for name, new in self.pseudonyms.items() for needle in needles(name)
        }
        return by_identifier | {name.lower(): new for name, new in self.names.items()}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds those texts; not as a part of a longer address or name."""
        longest_first = sorted(self._needles, key=len, reverse=True)
        choice = "|".join(map(re.escape, longest_first)) or "(?!)"
        return re.compile(rf"(?<!{LETTER})(?:{choice})(?![\w@\-]|[.+]\w)", re.IGNORECASE)

    def _agent(self, actor: Json) -> Json:
        """With the pseudonym, if it is one of them; and so with its members."""
        new = _Agent(actor)
        pseudonym = self.pseudonym_of(actor)
        if pseudonym:
            new = _Agent({name: actor[name] for name in ("objectType", "member") if name in actor})
            new["account"] = account(pseudonym)
        if "member" in actor:
            new["member"] = [dict(self._agent(member)) for member in actor["member"]]
        return new

    def pseudonym_of(self, actor: Json) -> str | None:
        """What comes in the place of this Agent."""
        found = (self.pseudonyms.get(folded(one)) for one in convert(actor, Actor).identifiers())
        return next(filter(None, found), None)

    def _emptied(self, sentence: Json) -> Json:
        """Without what they said themselves; a SubStatement too."""
        new = dict(sentence)
        if sentence["object"].get("objectType") == "SubStatement":
            new["object"] = self._emptied(sentence["object"])
        if not self._is_forgotten(sentence["actor"]):
            return new
        return reduced(new) if self.reduce else _without_words(new)

    def _is_forgotten(self, actor: Json) -> bool:
        name = actor.get("account", {}).get("name")
        return name in self.pseudonyms.values() and actor["account"] == account(name)

    def _must_go(self, attachment: Json) -> bool:
        """A signature is over the statement as it was, and holds it to the byte (Data, 2.6)."""
        is_signature = attachment["usageType"] == signatures.USAGE
        return is_signature or attachment["sha2"].lower() in self.files


def account(pseudonym: str) -> Json:
    """Where pseudonyms are at home: with Leer's own actors, which are random names as well."""
    return {"homePage": settings.XAPI_IRI_BASE, "name": pseudonym}


def folded(identifier: str) -> str:
    """An identifier (``Actor.identifiers``) so that two spellings of an address are one."""
    kind, _, value = identifier.partition(" ")
    return identifier.lower() if kind in {"mbox", "mbox_sha1sum"} else f"{kind} {value}"


def with_hashes(identifiers: Iterable[str]) -> set[str]:
    """These, and the hash under which an address may stand elsewhere (Data, 2.4.2.3)."""
    found = set(identifiers)
    for one in list(found):
        kind, _, value = one.partition(" ")
        if kind == "mbox":
            for spelled in {value, value.lower()}:
                sha1 = hashlib.sha1(spelled.encode(), usedforsecurity=False).hexdigest()
                found.add(f"mbox_sha1sum {sha1}")
    return found


def needles(identifier: str) -> list[str]:
    """The texts (lower case) by which an identifier is known outside an Agent.

    An account name that is short, or nothing but letters, may be a word like any other: it is not
    looked for.
    """
    kind, _, value = identifier.lower().partition(" ")
    if kind == "account":
        value = value.partition(" ")[2]
        is_telling = len(value) >= SHORTEST_ACCOUNT and not value.isalpha()
        return [value] if is_telling else []
    value = value.removeprefix("mailto:")
    return sorted({value, quote(value, safe="").lower()} if kind == "mbox" else {value})


def telling_names(names: Iterable[str]) -> set[str]:
    """Of these, the names that are looked for in text: of two words at least."""
    return {name.strip() for name in names if len(name.split()) > 1}


def agents(said: Json) -> Iterator[Json]:
    """Every Agent and Group in a statement, members too."""
    found: list[Json] = []

    def note(actor: Json) -> Json:
        found.append(actor)
        found.extend(actor.get("member", []))
        return actor

    views.changed(said, _as_it_is, note, _as_it_is)
    yield from found


def identifiers_of(actor: Json) -> list[str]:
    """As in ``Actor.identifiers``."""
    return convert(actor, Actor).identifiers()


def attachments(sentence: Json) -> Iterator[Json]:
    """Every attachment, those of a SubStatement too."""
    yield from sentence.get("attachments", [])
    if sentence["object"].get("objectType") == "SubStatement":
        yield from attachments(sentence["object"])


def reduced(sentence: Json) -> Json:
    """Nothing but who, what was done to what, and when; and whether it is done (class A)."""
    stays = ("objectType", "id", "actor", "verb", "timestamp", "stored", "authority", "version")
    new = {name: sentence[name] for name in stays if name in sentence}
    new["object"] = _reduced_object(sentence["object"])
    if "completion" in sentence.get("result", {}):
        new["result"] = {"completion": sentence["result"]["completion"]}
    new["context"] = _reduced_context(sentence.get("context", {}))
    return new


def is_reduced(said: Json) -> bool:
    """Whether it was reduced before."""
    return extension(ERASED) in said.get("context", {}).get("extensions", {})


def _reduced_object(item: Json) -> Json:
    kind = item.get("objectType", "Activity")
    if kind != "Activity":
        return reduced(item) if kind == "SubStatement" else item
    new = {name: item[name] for name in ("objectType", "id") if name in item}
    definition = item.get("definition", {})
    kept = {name: definition[name] for name in ("type", "interactionType") if name in definition}
    return new | ({"definition": kept} if kept else {})


def _reduced_context(context: Json) -> Json:
    """The activities around it and the attempt, by which it is counted; which text it was about;
    the mark.
    """
    new = {name: context[name] for name in ("registration",) if name in context}
    if "contextActivities" in context:
        new["contextActivities"] = {
            name: [_reduced_object(one) for one in many]
            for name, many in context["contextActivities"].items()
        }
    said = context.get("extensions", {})
    kept = {name: said[name] for name in map(extension, WHAT_IT_WAS_ABOUT) if name in said}
    return new | {"extensions": kept | {extension(ERASED): True}}


def _without_words(sentence: Json) -> Json:
    """Without answers in own words, what others put in extensions as text, and attachments."""
    new = {name: value for name, value in sentence.items() if name != "attachments"}
    for name in ("result", "context"):
        if name in new:
            new[name] = _without_texts(new[name])
    if "result" in new and not _is_closed(sentence["object"]):
        new["result"].pop("response", None)
    return {name: value for name, value in new.items() if name != "result" or value}


def _without_texts(part: Json) -> Json:
    """Numbers and yes or no stay, and Leer's own words."""
    if "extensions" not in part:
        return dict(part)
    kept = {
        name: value
        for name, value in part["extensions"].items()
        if is_ours(name) or isinstance(value, (bool, int, float))
    }
    rest = {name: value for name, value in part.items() if name != "extensions"}
    return rest | ({"extensions": kept} if kept else {})


def _is_closed(item: Json) -> bool:
    return item.get("definition", {}).get("interactionType") in CLOSED


def _without_attachments(sentence: Json, must_go: Any) -> Json:
    new = dict(sentence)
    if "attachments" in sentence:
        kept = [one for one in sentence["attachments"] if not must_go(one)]
        new = new | {"attachments": kept} if kept else _without(new, "attachments")
    if sentence["object"].get("objectType") == "SubStatement":
        new["object"] = _without_attachments(sentence["object"], must_go)
    return new


def _without(thing: Json, name: str) -> Json:
    return {key: value for key, value in thing.items() if key != name}


def _as_it_is(part: Json) -> Json:
    return part
