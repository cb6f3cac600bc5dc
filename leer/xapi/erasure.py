"""Taking one person out of the ledger (docs/decisions/0016-forgetting.md).

The ledger itself is what remains to be done: as long as a key of the person finds something, or
a part was not looked through, there is more. Each portion is a transaction, so an erasure that
was stopped goes on where it was; only the pseudonym must be remembered until the end
(``Erasure``). What comes in meanwhile is found too: the end is declared while nobody writes.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, uuid4

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leer.core.tidying import vacuum
from leer.xapi import documents
from leer.xapi.actions import ourselves
from leer.xapi.models import Credential, Erasure, ForwardRefusal, ForwardTarget
from leer.xapi.persons import Person, accounts_of
from leer.xapi.selectors import HORIZON, LAST_PLACE
from leer.xapi.signals import person_leaving, person_left
from leer.xapi.statements import forgetting
from leer.xapi.statements.forgetting import Forgetting
from leer.xapi.store import database, files, loose, rewriting, searching
from leer.xapi.store.rewriting import Change, Kept
from leer.xapi.transfer import reading
from leer.xapi.transfer.wanted import Wish

log = logging.getLogger(__name__)
PORTION = 200  # statements in one transaction, during which nobody else writes
TABLES = (
    "xapi_statementrecord", "xapi_mention", "xapi_document", "xapi_activity",
    "xapi_attachmentfile", "xapi_forwardrefusal", "xapi_forwardtarget", "xapi_erasure",
)  # fmt: skip

type Tell = Callable[[int], None]  # statements that were just rewritten


class CannotErase(Exception):
    """This person cannot be taken out now; the text tells why, to the reader."""


# What there is ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Traces:
    """What the ledger has of a person. ``hidden``: statements that only looking through finds.
    ``targets``: how many statements each forwarding target was given, by name.
    """

    statements: int
    private: int
    hidden: int
    documents: int
    targets: dict[str, int]


def traces(person: Person) -> Traces:
    """Count what would be touched; changes nothing."""
    [(count, private)] = database.rows(_COUNT, [person.keys])
    places = set(rewriting.sources_of(person.keys, count=count + 1)) if count else set()
    targets: dict[str, int] = {}
    for start in range(0, len(places), PORTION):
        _add(targets, _given(rewriting.kept_at(sorted(places)[start : start + PORTION])))
    return Traces(
        statements=count,
        private=private,
        hidden=_count_hidden(person, places),
        documents=documents.of_agents(person.identifiers).count(),
        targets=targets,
    )


_COUNT = """
    select count(*), count(*) filter (where record.private) from xapi_statementrecord record
    where record.position in (select source from xapi_mention where key = any(%s::uuid[]))
"""


def _count_hidden(person: Person, known: set[int]) -> int:
    who = Forgetting(dict.fromkeys(person.folded, "-"))
    count, place = 0, -1
    while (last := searching.end_of_portion(place)) >= 0:
        found = _candidates(person.needles, after=place, through=last)
        hidden = [one for one in found if one.place not in known]
        count += sum(who.applied(said) != said for said in map(_read, hidden))
        place = last
    return count


def _given(statements: Sequence[Kept]) -> dict[str, int]:
    """How many of these each target was given and did not refuse."""
    public = [reading.Kept(*_values(one)) for one in statements if not one.private]
    given = {}
    for target in ForwardTarget.objects.all() if public else ():
        passed = [one for one in public if one.place <= target.position]
        refused = set(target.refusals.exclude(status=409).values_list("statement_id", flat=True))
        sent = [one for one in Wish.of(target).pick(passed) if one.id not in refused]
        given[target.name] = len(sent)
    return {name: count for name, count in given.items() if count}


def _values(one: Kept) -> tuple[int, UUID, bool, bool, str]:
    return one.place, one.id, one.private, one.trusted, one.raw


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for name, count in more.items():
        total[name] = total.get(name, 0) + count


# Beginning and going on ---------------------------------------------------------------------------
def ask(person: Person) -> None:
    """Whether this person can be taken out now. Raises ``CannotErase``."""
    keys = Credential.objects.filter(key__in=person.accounts)
    if person.keys_as_writer & ourselves().keys or keys.exists():
        raise CannotErase(_("Dit is een systeem dat feiten opschrijft, geen persoon."))
    person_leaving.send(sender=None, accounts=person.accounts)


@transaction.atomic
def begin(person: Person, *, reduce: bool) -> Erasure:
    """Ask for it; the one that is under way for this person goes on as it began.

    ``reduce``: of what the person did, only verb, object and time stay; otherwise the statements
    stay, under a pseudonym and without what was said in own words. Raises ``CannotErase``.
    """
    for running in unfinished():
        if _identifiers(running) & person.identifiers:
            return running
    ask(person)
    subject = {"identifiers": sorted(person.identifiers), "names": []}
    return Erasure.objects.create(reduce=reduce, subject=subject, pseudonym=uuid4())


def unfinished() -> list[Erasure]:
    """Those that were stopped, or are under way in another process."""
    return list(Erasure.objects.filter(finished_at=None).order_by("pk"))


def being_replaced() -> dict[str, list[str]]:
    """The pseudonyms that are coming in, and the account names that each comes in the place of:
    halfway, a person has both.
    """
    return {str(one.pseudonym): accounts_of(_identifiers(one)) for one in unfinished()}


def _identifiers(erasure: Erasure) -> frozenset[str]:
    return frozenset(erasure.subject["identifiers"] if erasure.subject else ())


def carry_on(
    erasure: Erasure, tell: Tell = lambda count: None, *, rewrite_files: bool = False
) -> Erasure:
    """Do what is left of it; returns what stays to be known. ``rewrite_files``: see ``vacuum``."""
    while not _finish(erasure.pk):
        while count := _rewrite_found(erasure.pk):
            tell(count)
        while (more := _look_further(erasure.pk)) is not None:
            tell(more)
    loose.sweep(HORIZON.place())
    vacuum(TABLES, rewrite=rewrite_files)
    erasure.refresh_from_db()
    return erasure


def take_out(person: Person, *, reduce: bool) -> Erasure:
    """From begin to end. Raises ``CannotErase``."""
    return carry_on(begin(person, reduce=reduce))


class Work:
    """An erasure as far as it is."""

    def __init__(self, row: Erasure) -> None:
        self.row = row
        self.is_over = self.row.finished_at is not None
        self.person = Person(_identifiers(self.row))
        self._names = set(self.row.subject["names"] if self.row.subject else ())
        self._bare = Forgetting(dict.fromkeys(self.person.folded, "-"))

    @classmethod
    def alone(cls, pk: int) -> Self:
        """For one transaction: its row is held, and nobody else writes."""
        rewriting.alone()
        return cls(Erasure.objects.select_for_update().get(pk=pk))

    def rewrite(self, statements: Sequence[Kept]) -> int:
        """Put the pseudonym in the place of the person; returns in how many of these."""
        said = {one.place: _read(one) for one in statements}
        mine = {one.place for one in statements if self._is_in(said[one.place], one)}
        self._learn_names(said[place] for place in mine)
        self._count_named([one for one in statements if one.place not in mine])
        changes = [
            change
            for one in statements
            if one.place in mine and (change := self._change(one, said[one.place]))
        ]
        _add(self.row.targets, _given([one.old for one in changes if self._is_new(one.old)]))
        ids = [one.old.id for one in changes]
        ForwardRefusal.objects.filter(statement_id__in=ids).update(answer="")
        rewriting.replace(changes)
        new = sum(self._is_new(one.old) for one in changes)
        self.row.statements += new
        return new

    def save(self) -> None:
        """Keep how far it is."""
        identifiers = sorted(self.person.identifiers)
        self.row.subject = {"identifiers": identifiers, "names": sorted(self._names)}
        self.row.save()

    def who(self, tainted: Iterable[str] = ()) -> Forgetting:
        """What comes in the place of what, as far as is known by now."""
        pseudonym = str(self.row.pseudonym)
        return Forgetting(
            dict.fromkeys(self.person.folded, pseudonym),
            dict.fromkeys(forgetting.telling_names(self._names), pseudonym),
            self.row.reduce,
            frozenset(tainted),
        )

    @property
    def texts(self) -> list[str]:
        """What to look for: who it was, and where the pseudonym came in before a name was known."""
        names = forgetting.telling_names(self._names)
        return [*self.person.needles, *names, str(self.row.pseudonym)]

    def _is_in(self, said: Any, one: Kept) -> bool:
        """Whether the person has a part in this; a name in a text may be of somebody else."""
        if str(self.row.pseudonym) in one.raw:
            return True
        return self._bare.applied(said) != said

    def _is_new(self, one: Kept) -> bool:
        return str(self.row.pseudonym) not in one.raw

    def _learn_names(self, statements: Iterable[Any]) -> None:
        who = self.who()
        for said in statements:
            for agent in forgetting.agents(said):
                if "name" in agent and who.pseudonym_of(agent):
                    self._names.add(agent["name"])

    def _count_named(self, others: Sequence[Kept]) -> None:
        pattern = self.who().pattern
        self.row.named_elsewhere += sum(1 for one in others if pattern.search(one.raw))

    def _change(self, one: Kept, said: Any) -> Change | None:
        named = {each["sha2"].lower() for each in forgetting.attachments(said)}
        new = self.who(self._tainted(named)).applied(said)
        if new == said:
            return None
        loose.let_go(named - {each["sha2"].lower() for each in forgetting.attachments(new)})
        return Change(one, msgspec.json.encode(new).decode())

    def _tainted(self, sha2s: Iterable[str]) -> set[str]:
        """Of these attachments, those with text in them that tells who it is."""
        pattern = self.who().pattern
        contents = files.contents(list(sha2s))
        return {
            sha2
            for sha2, content in contents.items()
            if pattern.search(content.decode(errors="replace"))
        }


@transaction.atomic
def _rewrite_found(pk: int) -> int:
    """The next statements that a key finds; 0 when there are none."""
    work = Work.alone(pk)
    places = rewriting.sources_of(work.person.keys, count=PORTION)
    if work.is_over or not places:
        return 0
    work.rewrite(rewriting.kept_at(places))
    rewriting.drop_keys(work.person.keys, places)
    work.save()
    return len(places)


def _look_further(pk: int) -> int | None:
    """The next part of the ledger; ``None`` when all was looked through that is before the horizon.

    Others write while we look; only to rewrite what was found they wait.
    """
    row = Erasure.objects.get(pk=pk)
    last = min(searching.end_of_portion(row.position), HORIZON.place() - 1)
    if row.finished_at or last <= row.position:
        return None
    texts = Work(row).texts
    found = _candidates(texts, after=row.position, through=last)
    return _rewrite_at(pk, [one.place for one in found], through=last)


@transaction.atomic
def _rewrite_at(pk: int, places: Sequence[int], *, through: int) -> int:
    work = Work.alone(pk)
    count = 0 if work.is_over else work.rewrite(rewriting.kept_at(places))
    if not work.is_over:
        work.row.position = max(work.row.position, through)
        work.save()
    return count


def _candidates(texts: Sequence[str], *, after: int, through: int) -> list[Kept]:
    ours = ourselves().authority
    return searching.candidates(texts, authority=ours, after=after, through=through)


@transaction.atomic
def _finish(pk: int) -> bool:
    """When nothing is left but the last moment: that, what is kept besides statements, and who it
    was.
    """
    work = Work.alone(pk)
    if work.is_over:
        return True
    if rewriting.sources_of(work.person.keys, count=1) or _is_behind(work.row):
        return False
    work.rewrite(_candidates(work.texts, after=work.row.position, through=LAST_PLACE))
    _forget_besides(work)
    pseudonym = work.row.pseudonym
    work.row.subject = work.row.pseudonym = None
    work.row.finished_at = timezone.now()
    work.row.save()
    person_left.send(sender=None, accounts=work.person.accounts, pseudonym=pseudonym)
    log.info("erasure %s: %s statements", pk, work.row.statements)
    return True


def _is_behind(row: Erasure) -> bool:
    """A part before the horizon was not looked through."""
    last = searching.end_of_portion(row.position)
    return row.position < min(last, HORIZON.place() - 1)


def _forget_besides(work: Work) -> None:
    """Documents, what is known of activities, and what targets said."""
    documents.of_agents(work.person.identifiers).delete()
    who, needles = work.who(), work.person.needles
    documents.scrub(documents.naming(searching.like(needles)), who.scrub)
    searching.scrub_activities(needles, who.scrubbed)
    for target in ForwardTarget.objects.exclude(last_error=""):
        ForwardTarget.objects.filter(pk=target.pk).update(last_error=who.scrub(target.last_error))
    for refusal in ForwardRefusal.objects.exclude(answer="").iterator():
        if who.scrub(refusal.answer) != refusal.answer:
            ForwardRefusal.objects.filter(pk=refusal.pk).update(answer="")


def _read(one: Kept) -> Any:
    return msgspec.json.decode(one.raw)
