"""Looking for facts: a question, and pages of what answers it, newest first.

A page begins after a statement that was seen, known by its id: the place of a statement says to
the microsecond when it was stored, and is nothing for an address bar. Nothing is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from leer.xapi import selectors
from leer.xapi.actions import ourselves
from leer.xapi.admin.words import OUTCOMES
from leer.xapi.models import Credential
from leer.xapi.selectors import Filter, Found
from leer.xapi.statements.keys import Key, Kind, key
from leer.xapi.statements.shape import Account, Actor
from leer.xapi.statements.vocabulary import is_outcome
from leer.xapi.store import database
from leer.xapi.store.positions import first_at

SIZE = 25  # facts on a page
OUTCOME = "uitslag"  # stands for all verbs that say how well somebody did
OURSELVES = "leer"  # the account of what Leer records itself


@dataclass(frozen=True)
class Question:
    """What is looked for; what is empty does not matter.

    ``verb`` is an IRI or ``OUTCOME``. ``related``: the activity may also be around it. ``since``
    and ``until`` are days of storing, both included. ``system`` is an account name. ``voided``:
    those that were taken back, and no others.
    """

    verb: str = ""
    activity: str = ""
    related: bool = False
    since: date | None = None
    until: date | None = None
    system: str = ""
    voided: bool = False

    def filter(self) -> Filter:
        """As the ledger asks it."""
        choices = [
            _verb_keys(self.verb),
            selectors.activity_keys(self.activity, related=self.related) if self.activity else [],
        ]
        wanted = Filter(wanted=[keys for keys in choices if keys], writer=_writer(self.system))
        if self.since:
            wanted = replace(wanted, after=first_at(_start(self.since)) - 1)
        if self.until:
            wanted = replace(wanted, before=first_at(_start(self.until + timedelta(days=1))))
        return wanted


@dataclass(frozen=True)
class Page:
    """Some facts, and whether there are older and newer ones."""

    found: Sequence[Found]
    has_older: bool
    has_newer: bool


def find(question: Question, *, older_than: UUID | None = None) -> Page:
    """The newest facts, or those that come after this one. An id that may not be seen is as if
    it were not there.
    """
    place = _place(older_than)
    wanted = question.filter()
    if place is not None:
        wanted = wanted.beyond(place)
    found = _search(question, wanted)
    return Page(found[:SIZE], has_older=len(found) > SIZE, has_newer=place is not None)


def find_newer(question: Question, *, than: UUID) -> Page:
    """The facts that come just before this one; the newest when these are fewer than a page."""
    place = _place(than)
    if place is None:
        return find(question)
    found = _search(question, replace(question.filter(), ascending=True).beyond(place))
    if len(found) <= SIZE:
        return find(question)
    return Page(found[:SIZE][::-1], has_older=True, has_newer=True)


def one(statement_id: UUID) -> tuple[Found, bool] | None:
    """The fact with this id, and whether it was taken back; ``None`` when it may not be seen."""
    for voided in (False, True):
        found = selectors.by_id(statement_id, voided=voided)
        if found:
            return found, voided
    return None


@dataclass(frozen=True)
class System:
    """A writer: what the address bar and people call it, and its account in the ledger (for a
    key of ours half of a credential, so shown to nobody here).
    """

    id: str
    name: str
    account: str


def systems() -> list[System]:
    """Every writer that has a name here; Leer first."""
    keys = Credential.objects.order_by("name").values_list("pk", "name", "key")
    return [System("leer", "Leer", OURSELVES), *(System(str(pk), *rest) for pk, *rest in keys)]


def _place(statement_id: UUID | None) -> int | None:
    seen = one(statement_id) if statement_id else None
    return seen[0].place if seen else None


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _verb_keys(verb: str) -> list[Key]:
    """All outcomes are one: asking for one of them would tell which it was."""
    if verb == OUTCOME or is_outcome(verb):
        return [key(Kind.VERB, iri) for iri in sorted(OUTCOMES)]
    return [key(Kind.VERB, verb)] if verb else []


def _writer(account: str) -> list[Key]:
    if account == OURSELVES:
        return sorted(ourselves().keys)
    writer = Actor(account=Account(homePage=settings.XAPI_IRI_BASE, name=account))
    return [key(Kind.WRITER, name) for name in writer.names] if account else []


def _search(question: Question, wanted: Filter) -> list[Found]:
    """One more than a page, so that it is known whether there is another."""
    return _voided(wanted) if question.voided else selectors.page(wanted, SIZE + 1)


# The ledger's filters never find what was taken back, so it is found from what takes it back:
# as many rows as there are statements that void, which are few.
_VOIDED = """
    select gone.position, gone.raw
    from (select distinct target from xapi_reference where voids) voiding
    join xapi_statementid known on known.id = voiding.target
    cross join lateral (
        select record.position, record.raw from xapi_statementrecord record
        where record.position = known.position and not record.private
        and not exists (
            select from xapi_reference itself
            where itself.position = record.position and itself.voids
        )
        offset 0
    ) gone
    where known.position > %s and known.position < %s
"""
_ALSO = """
    and exists (
        select from xapi_mention also where also.key = any(%s::uuid[])
        and also.position = known.position and also.source = known.position offset 0
    )
"""


def _voided(wanted: Filter) -> list[Found]:
    choices = [list(keys) for keys in (*wanted.wanted, wanted.writer) if keys]
    order = "asc" if wanted.ascending else "desc"
    query = f"{_VOIDED}{_ALSO * len(choices)} order by known.position {order} limit {SIZE + 1}"
    return [Found(*row) for row in database.rows(query, [wanted.after, wanted.before, *choices])]
