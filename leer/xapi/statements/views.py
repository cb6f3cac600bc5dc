"""The three forms in which a statement is given out (Communication, 2.1.3, ``format``).

``exact`` is the stored text. ``ids`` keeps what identifies agents, activities, verbs and
groups. ``canonical`` puts the ledger's own definition of an activity in place, and one language
in each language map.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
MAPS = ("name", "description")
COMPONENTS = ("choices", "scale", "source", "target", "steps")
LISTS = ("parent", "grouping", "category", "other")
type Json = dict[str, Any]


def with_ids(statement: Json) -> Json:
    """Nothing but identities."""
    return changed(statement, _only_id, _only_identity, lambda verb: {"id": verb["id"]})


def canonical(statement: Json, definitions: Mapping[str, Json], languages: Sequence[str]) -> Json:
    """With the ledger's definitions, in the reader's language. ``languages``: best first."""

    def activity(said: Json) -> Json:
        known = definitions.get(said["id"], said.get("definition"))
        return said if known is None else said | {"definition": _in_one_language(known, languages)}

    def verb(said: Json) -> Json:
        return _with_map(said, "display", languages)

    return changed(statement, activity, lambda actor: actor, verb)


def activity_ids(statement: Json) -> Iterator[str]:
    """Every activity in it."""
    found: list[str] = []

    def note(activity: Json) -> Json:
        found.append(activity["id"])
        return activity

    changed(statement, note, lambda actor: actor, lambda verb: verb)
    yield from found


type Change = Callable[[Json], Json]


def changed(sentence: Json, activity: Change, actor: Change, verb: Change) -> Json:
    """The statement with these changes at each activity, actor and verb."""
    new = dict(sentence)
    new["actor"] = actor(sentence["actor"])
    new["verb"] = verb(sentence["verb"])
    new["object"] = _changed_object(sentence["object"], activity, actor, verb)
    if "authority" in sentence:
        new["authority"] = actor(sentence["authority"])
    if "context" in sentence:
        new["context"] = _changed_context(sentence["context"], activity, actor)
    return new


def _changed_object(item: Json, activity: Change, actor: Change, verb: Change) -> Json:
    kind = item.get("objectType", "Activity")
    if kind == "Activity":
        return activity(item)
    if kind in {"Agent", "Group"}:
        return actor(item)
    return changed(item, activity, actor, verb) if kind == "SubStatement" else item


def _changed_context(context: Json, activity: Change, actor: Change) -> Json:
    new = dict(context)
    for name in ("instructor", "team"):
        if name in context:
            new[name] = actor(context[name])
    for name, part in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in context:
            new[name] = [one | {part: actor(one[part])} for one in context[name]]
    if "contextActivities" in context:
        around = context["contextActivities"]
        new["contextActivities"] = {
            name: [activity(one) for one in around[name]] for name in LISTS if name in around
        }
    return new


def _only_id(activity: Json) -> Json:
    return {"id": activity["id"]}


def _only_identity(actor: Json) -> Json:
    """An anonymous group is known by its members."""
    kept = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    if not any(name in actor for name in IDENTIFIERS):
        kept["member"] = [_only_identity(member) for member in actor.get("member", [])]
    return kept


def _in_one_language(definition: Json, languages: Sequence[str]) -> Json:
    new = dict(definition)
    for name in MAPS:
        new = _with_map(new, name, languages)
    for name in COMPONENTS:
        if name in new:
            new[name] = [_with_map(one, "description", languages) for one in new[name]]
    return new


def _with_map(thing: Json, name: str, languages: Sequence[str]) -> Json:
    words = thing.get(name)
    return thing | {name: _best(words, languages)} if words else thing


def _best(words: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """RFC 4647, 3.4: each wish in turn, made shorter from the end, then whatever there is."""
    tags = {tag.lower(): tag for tag in words}
    for wish in languages:
        parts = wish.lower().split("-")
        while parts:
            asked = "-".join(parts)
            near = next((tags[tag] for tag in tags if tag.startswith(asked + "-")), None)
            if tag := tags.get(asked) or near:
                return {tag: words[tag]}
            parts.pop()
    tag = next(iter(words))
    return {tag: words[tag]}


def languages_of(accept_language: str) -> list[str]:
    """The wishes in an ``Accept-Language`` header, best first (RFC 9110, 12.5.4)."""
    wishes = []
    for number, part in enumerate(accept_language.split(",")):
        tag, _, parameter = part.strip().partition(";")
        quality = _quality(parameter)
        if tag.strip() and tag.strip() != "*" and quality > 0:
            wishes.append((-quality, number, tag.strip()))
    return [tag for _, _, tag in sorted(wishes)]


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
