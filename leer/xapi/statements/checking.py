"""From bytes to facts: everything that a statement must be before the ledger takes it.

The bytes are decoded and checked once, by a compiled library; the sender's bytes are kept and
served again. Only what the specification wants changed is rewritten (``rewriting``).
"""

from collections.abc import Iterator, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

import msgspec
from msgspec import UNSET, Raw, Struct

from leer.xapi.statements import formats, rewriting, strict
from leer.xapi.statements.keys import Key, Keys, Kind, keys
from leer.xapi.statements.names import is_measurement, is_ours
from leer.xapi.statements.recurring import remembering
from leer.xapi.statements.shape import (
    READ_KIND,
    READ_OBJECT,
    READ_STATEMENT,
    Activity,
    Actor,
    Attachment,
    Context,
    Definition,
    Object,
    Result,
    Sentence,
    Statement,
    StatementRef,
    SubStatement,
    read_statement,
)
from leer.xapi.statements.telling import told
from leer.xapi.statements.vocabulary import VOIDED, Verb, is_outcome

MOST_STATEMENTS = 10_000  # in one request


class Refused(Exception):
    """This cannot become a statement; the text says what is wrong, where, and what it should be."""


class Fact(Struct, frozen=True, gc=False):
    """One statement that was found good, taken apart for the ledger.

    ``text`` is the statement as it came, without its closing brace and without what the ledger
    adds. ``keys`` are what it is found by, before the authority is known. ``targets`` is the
    statement that its object points to, and ``voids`` tells that this one takes that one back.
    ``personal`` is class B of the domain document (see ``_is_personal``).
    ``files`` are the SHA-2 of attachments whose bytes must come with it or be here already.
    """

    id: UUID
    text: bytes
    has_timestamp: bool
    keys: Keys
    actor: Actor
    activity: str | None
    targets: UUID | None
    voids: bool
    personal: bool
    definitions: tuple[tuple[str, Definition], ...]
    attachments: tuple[Attachment, ...]

    @property
    def private_keys(self) -> Keys:
        """What it is found by when it is for one person only."""
        return (keys(Kind.PERSON, self.actor.names),)

    @property
    def files(self) -> list[str]:
        """Attachments without an address of their own."""
        return [one.sha2 for one in self.attachments if one.fileUrl is UNSET]


def check_body(body: bytes, *, version: str) -> list[Fact]:
    """The statements in a request: one, or a list. Raises ``Refused``."""
    if not body.lstrip().startswith(b"["):
        return [check(body, version=version)]
    raws = _read_list(body)
    if len(raws) > MOST_STATEMENTS:
        raise Refused(f"at most {MOST_STATEMENTS} statements in one request")
    facts = _check_at_once(body, raws, version) or list(_check_apart(raws, version))
    if len({fact.id.int for fact in facts}) < len(facts):
        raise Refused("two statements in this list have the same id")
    return facts


def _read_list(body: bytes) -> list[Raw]:
    try:
        return _READ_LIST.decode(body)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Refused(told(error)) from error


def _check_at_once(body: bytes, raws: Sequence[Raw], version: str) -> list[Fact] | None:
    """The same as ``_check_apart`` at three quarters of its cost, measured: what can be seen of a
    whole body is looked at once. Nothing when anything is wrong, or has to be looked at closer.
    """
    try:
        if not body.isascii():
            body.decode()
        statements = _READ_STATEMENTS.decode(body)
        if strict.may_have_double_keys(body, statements):
            return None
        texts = [bytes(raw) for raw in raws]
        for text, statement in zip(texts, statements, strict=True):
            if statement.may_nest and strict.may_be_deep(text):
                return None
        subjects = [_judged(statement, version) for statement in statements]
        if _may_name_a_measurement(body):
            for text in texts:
                _refuse_measurements(text)
        return [_fact(*one, version) for one in zip(texts, statements, subjects, strict=True)]
    except (*WRONG, Refused):
        return None


def _check_apart(raws: Sequence[Raw], version: str) -> Iterator[Fact]:
    for number, raw in enumerate(raws):
        try:
            yield check(bytes(raw), version=version)
        except Refused as error:
            raise Refused(f"statement {number + 1} of {len(raws)}: {error}") from error


def check_one(body: bytes, *, version: str, identity: UUID) -> Fact:
    """The one statement in a request that gives its id apart (PUT). Raises ``Refused``."""
    fact = check(body, version=version, identity=identity)
    if fact.id != identity:
        raise Refused("the statement has another id than statementId")
    return fact


def check(raw: bytes, *, version: str, identity: UUID | None = None) -> Fact:
    """One statement. Raises ``Refused``.

    ``identity`` is its id when it does not say one itself; a new one otherwise.
    """
    try:
        raw.decode()
        statement: Statement = READ_STATEMENT.decode(raw)
        strict.refuse_double_keys(raw, statement)
        subject = _judged(statement, version)
    except UnicodeDecodeError as error:
        raise Refused(f"byte {error.start} is not UTF-8") from error
    except WRONG as error:
        raise Refused(told(error)) from error
    _refuse_measurements(raw)
    return _fact(raw, statement, subject, version, identity)


WRONG = (msgspec.MsgspecError, ValueError, RecursionError)  # UnicodeDecodeError is a ValueError


def _judged(statement: Statement, version: str) -> Object:
    """Its object, when this statement, of which the parts are read now, says nothing wrong."""
    statement.resolve()
    subject = _object(statement, "$.object")
    _check_sentence(statement, subject, version)
    _check_version(statement, version)
    return subject


def parse(body: bytes) -> Any:
    """JSON in UTF-8 that means one thing only. Raises ``Refused``."""
    try:
        return strict.parse(body)
    except UnicodeDecodeError as error:
        raise Refused(f"byte {error.start} is not UTF-8") from error
    except WRONG as error:
        raise Refused(told(error)) from error


_READ_LIST = msgspec.json.Decoder(list[Raw])
_READ_STATEMENTS = msgspec.json.Decoder(list[Statement])


# What types cannot say ------------------------------------------------------------------------
def _object(sentence: Sentence, place: str) -> Object:
    """The object, read as what it says it is."""
    try:
        return _read_object(bytes(sentence.object))
    except (msgspec.MsgspecError, ValueError) as error:
        raise ValueError(str(error).replace("`$", f"`{place}")) from error


def _decode_object(raw: bytes) -> Object:
    kind = READ_KIND.decode(raw).objectType
    decoder = READ_OBJECT.get(kind)
    if decoder is None:
        raise ValueError(f"{kind!r} is no objectType - at `$.objectType`")
    found = cast("Object", decoder.decode(raw))
    strict.refuse_double_keys(raw, found, around=1)
    if isinstance(found, SubStatement):
        found.resolve()
    return found


_read_object = remembering(_decode_object)


def _check_sentence(sentence: Sentence, subject: Object, version: str) -> None:
    """Rules between properties; a SubStatement keeps them too."""
    if isinstance(sentence.timestamp, str):
        formats.moment(sentence.timestamp)
    if isinstance(sentence.context, Context):
        _check_context(sentence.context, subject, version)
    if sentence.verb.id == VOIDED and not isinstance(subject, StatementRef):
        raise ValueError("a statement that voids has a StatementRef as its object")
    if isinstance(subject, SubStatement):
        inner = _object(subject, "$.object.object")
        if isinstance(inner, SubStatement):
            raise ValueError("a SubStatement holds no SubStatement - at `$.object.object`")
        _check_sentence(subject, inner, version)


def _check_context(context: Context, subject: Object, version: str) -> None:
    about_work = context.revision is not UNSET or context.platform is not UNSET
    if about_work and not isinstance(subject, Activity):
        raise ValueError("context.revision and context.platform need an Activity as object")
    if context.is_of_version_two and version.startswith("1"):
        raise ValueError("context.contextAgents and context.contextGroups came with xAPI 2.0")


def _check_version(statement: Statement, version: str) -> None:
    if isinstance(statement.stored, str):
        formats.moment(statement.stored)
    said = statement.version
    if isinstance(said, str) and said.startswith("2") and version.startswith("1"):
        raise ValueError(f"version {said} in a request of version {version}")


# Taking apart ---------------------------------------------------------------------------------
def _fact(
    raw: bytes,
    statement: Statement,
    subject: Object,
    version: str,
    identity: UUID | None = None,
) -> Fact:
    if statement.id is not UNSET:
        identity = msgspec.convert(statement.id, UUID)  # a quarter of the time of ``UUID``
    identity = identity or uuid4()
    activities = _activities(statement, subject)
    return Fact(
        id=identity,
        text=rewriting.opened(raw, statement, subject, identity, version),
        has_timestamp=statement.timestamp is not UNSET,
        keys=_keys(statement, subject, activities),
        actor=statement.actor,
        activity=subject.id if isinstance(subject, Activity) else None,
        targets=UUID(subject.id) if isinstance(subject, StatementRef) else None,
        voids=statement.verb.id == VOIDED,
        personal=_is_personal(statement, subject),
        definitions=tuple(
            [(one.id, one.definition) for one in activities if one.definition is not UNSET]
        ),
        attachments=_attachments(statement, subject),
    )


def _refuse_measurements(raw: bytes) -> None:
    """Class C of the domain document: answers to a measurement are stored without a person, so no
    statement may hold or name one: not as its object and not anywhere else, also not in what
    others put in extensions. Whoever writes it, Leer itself included.
    """
    if _may_name_a_measurement(raw) and any(map(is_measurement, _texts(msgspec.json.decode(raw)))):
        raise Refused("the ledger takes nothing about measurements: answers there are anonymous")


def _may_name_a_measurement(text: bytes) -> bool:
    """What has neither the word nor a way to write it otherwise needs no second reading."""
    otherwise = b"%" in text or strict.has_numbered_characters(text)
    return otherwise or b"measurements" in text.lower()


def _texts(value: Any) -> Iterator[str]:
    """Every text in it, the names of properties too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _is_personal(sentence: Sentence, subject: Object) -> bool:
    """Class B: what somebody chose, answered or scored in one of Leer's own activities, also in a
    SubStatement. It is for that person only, whoever writes it down.
    """
    if isinstance(subject, SubStatement):
        inner = _object(subject, "$.object.object")
        return _is_about_ours(inner) and any(map(_tells_how_it_went, (sentence, subject)))
    return _is_about_ours(subject) and _tells_how_it_went(sentence)


def _is_about_ours(subject: Object) -> bool:
    return isinstance(subject, Activity) and is_ours(subject.id)


def _tells_how_it_went(sentence: Sentence) -> bool:
    result = sentence.result
    said = sentence.verb.id == Verb.ANSWERED or is_outcome(sentence.verb.id)
    return said or (
        isinstance(result, Result)
        and (result.score, result.success, result.response, result.extensions) != NOTHING
    )


NOTHING = (UNSET, UNSET, UNSET, UNSET)


def keys_of(raw: bytes) -> frozenset[Key]:
    """What a statement that is in the ledger is found by, its authority included."""
    statement = read_statement(raw)
    subject = _object(statement, "$.object")
    writers = statement.authority.names if isinstance(statement.authority, Actor) else ()
    by_itself = _keys(statement, subject, _activities(statement, subject))
    return keys(Kind.WRITER, writers).union(*by_itself)


def _keys(statement: Statement, subject: Object, activities: Sequence[Activity]) -> Keys:
    return (
        keys(Kind.VERB, (statement.verb.id,)),
        *_registration_keys(statement),
        *_agent_keys(statement, subject),
        *_activity_keys(subject, activities),
    )


def _registration_keys(statement: Statement) -> Keys:
    context = statement.context
    if context is UNSET or context.registration is UNSET:
        return ()
    return (keys(Kind.REGISTRATION, (context.registration.lower(),)),)


def _agent_keys(statement: Statement, subject: Object) -> Keys:
    direct = statement.actor.names
    if isinstance(subject, Actor):
        direct += subject.names
    related = _related(statement, subject)
    if not related:
        return (keys(Kind.AGENT, direct),)
    others = tuple(name for actor in related for name in actor.names if name not in direct)
    return keys(Kind.AGENT, direct), keys(Kind.RELATED_AGENT, others)


def _activity_keys(subject: Object, activities: Sequence[Activity]) -> Keys:
    about = (subject.id,) if isinstance(subject, Activity) else ()
    around = tuple([one.id for one in activities if one.id not in about])
    return keys(Kind.ACTIVITY, about), keys(Kind.RELATED_ACTIVITY, around)


def _related(sentence: Sentence, subject: Object) -> list[Actor]:
    """Everybody but the authority whom ``related_agents`` looks at."""
    found = [] if sentence.context is UNSET else sentence.context.actors()
    if isinstance(subject, SubStatement):
        inner = _object(subject, "$.object.object")
        found = [*found, subject.actor, *_related(subject, inner)]
        if isinstance(inner, Actor):
            found.append(inner)
    return found


def _activities(sentence: Sentence, subject: Object) -> tuple[Activity, ...]:
    """Every activity that ``related_activities`` looks at."""
    found: tuple[Activity, ...] = (subject,) if isinstance(subject, Activity) else ()
    if sentence.context is not UNSET and sentence.context.contextActivities is not UNSET:
        found += sentence.context.contextActivities.all
    if isinstance(subject, SubStatement):
        found += _activities(subject, _object(subject, "$.object.object"))
    return found


def _attachments(sentence: Sentence, subject: Object) -> tuple[Attachment, ...]:
    found = () if sentence.attachments is UNSET else tuple(sentence.attachments)
    if isinstance(subject, SubStatement):
        found += _attachments(subject, _object(subject, "$.object.object"))
    return found
