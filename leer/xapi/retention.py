"""How long facts are kept, by the type of their activity (docs/decisions/0016-forgetting.md).

A rule goes through the ledger once, in its order, up to the statements that are too young; every
day it goes a day further. The time counts from when a statement was stored. What belongs together
goes together, when the youngest of it is due: a statement with those that point to it (one that
was voided would hold again), an attempt with all its answers.

What is done stays done: of a completion that counts for progress only the rest goes, not the fact
nor whose it is. Taking out a person (``leer.xapi.erasure``) is for that.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
from django.db import transaction
from django.utils import timezone

from leer.core.tidying import vacuum
from leer.xapi.models import RetentionRule
from leer.xapi.persons import accounts_of
from leer.xapi.selectors import HORIZON
from leer.xapi.signals import facts_changed
from leer.xapi.statements import forgetting
from leer.xapi.statements.forgetting import Forgetting
from leer.xapi.statements.keys import Kind, key
from leer.xapi.statements.names import is_ours, path_of
from leer.xapi.statements.vocabulary import ActivityType, Verb, type_of
from leer.xapi.store import database, emptied, loose, relatives, rewriting
from leer.xapi.store.positions import first_at
from leer.xapi.store.rewriting import Change, Kept
from leer.xapi.transfer import reading

log = logging.getLogger(__name__)
PORTION = 500
TABLES = ("xapi_statementrecord", "xapi_mention", "xapi_attachmentfile", "xapi_forwardrefusal")

DONE = (Verb.COMPLETED, Verb.SATISFIED, Verb.RETRACTED)

type Tell = Callable[[int], None]  # statements that were just looked at
type Pseudonyms = defaultdict[str, str]


# Rules --------------------------------------------------------------------------------------------
# Class B of the domain document asks "short retention" and names no period; class A has none. Set
# by hand (``xapi_retention --recommended``) once people were told.
RECOMMENDED = {
    ActivityType.INTERACTION: (12, RetentionRule.Action.DROP),
    ActivityType.ASSESSMENT: (12, RetentionRule.Action.DROP),
    ActivityType.SCENARIO: (12, RetentionRule.Action.DROP),
}


def set_recommended() -> None:
    """What is class B goes after a year; that something was done stays."""
    for activity_type, (months, action) in RECOMMENDED.items():
        set_rule(activity_type, months=months, action=action)


def set_rule(activity_type: str, *, months: int, action: RetentionRule.Action) -> RetentionRule:
    """Keep statements about this type so long. Raises ``ValidationError``."""
    rule = RetentionRule.objects.filter(activity_type=activity_type).first()
    rule = rule or RetentionRule(activity_type=activity_type)
    rule.months, rule.action, rule.position = months, action, -1
    rule.full_clean()
    rule.save()
    _look_again()
    return rule


def remove_rule(activity_type: str) -> bool:
    """From now on the rule for the rest holds, or none; tells whether there was one."""
    count, _ = RetentionRule.objects.filter(activity_type=activity_type).delete()
    _look_again()
    return bool(count)


def _look_again() -> None:
    """What is the rest depends on what else there is."""
    RetentionRule.objects.filter(activity_type=RetentionRule.REST).update(position=-1)


def months_before(now: datetime, months: int) -> datetime:
    """The same day of the month so many months ago, or the last day of that month."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in (now.day, 30, 29, 28):
        try:
            return now.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError(months)


# Due ----------------------------------------------------------------------------------------------
@dataclass
class Run:
    """One rule at one moment. ``bound``: statements from this place on are too young.

    ``pseudonyms`` are new with every run, and kept nowhere: what one run made nameless cannot be
    laid beside what another did.
    """

    rule: RetentionRule
    bound: int
    others: frozenset[str]
    pseudonyms: Pseudonyms = field(default_factory=lambda: defaultdict(lambda: str(uuid4())))

    @classmethod
    def of(cls, rule: RetentionRule, now: datetime) -> "Run":
        """This rule now."""
        types = RetentionRule.objects.values_list("activity_type", flat=True)
        bound = min(first_at(months_before(now, rule.months)), HORIZON.place())
        return cls(rule, bound, frozenset(types))

    def portions(self) -> Iterator[tuple[list[Kept], int, int]]:
        """What is due, how far that is, and how many statements were looked at."""
        walk = reading.walk(
            after=self.rule.position, before=self.bound, count=PORTION, private=True
        )
        for portion in walk:
            statements = [
                Kept(one.place, one.id, one.private, one.trusted, one.raw)
                for one in portion.statements
            ]
            yield self.due(statements), portion.through, len(statements)

    def due(self, statements: Sequence[Kept]) -> list[Kept]:
        """Of these, those that go, with all that goes with them."""
        found: dict[int, Kept] = {}
        for family in self._families(self._under_rule(statements)):
            if all(one.place < self.bound for one in family):
                found |= {one.place: one for one in family if not _is_settled(one)}
        return list(found.values())

    def _under_rule(self, statements: Sequence[Kept]) -> list[Kept]:
        types = types_of(statements)
        return [one for one in statements if self._covers(types[one.place])]

    def _covers(self, type_: str) -> bool:
        if self.rule.activity_type == RetentionRule.REST:
            return type_ not in self.others
        return type_ == self.rule.activity_type

    def _families(self, statements: Sequence[Kept]) -> Iterator[list[Kept]]:
        chains = relatives.chained([one.id for one in statements])
        attempts: dict[Any, list[Kept]] = {}
        for one in statements:
            family = [one]
            if one.id in chains:
                family += rewriting.kept_at(chains[one.id])
            if attempt := _attempt(one):
                if attempt not in attempts:
                    attempts[attempt] = self._under_rule(relatives.of_attempt(*attempt))
                family += attempts[attempt]
            yield family


def _attempt(one: Kept) -> tuple[tuple[str, ...], str] | None:
    """Whose attempt a private statement is in, and which."""
    registration = _read(one).get("context", {}).get("registration")
    if not one.private or not registration:
        return None
    return tuple(sorted(rewriting.found_by(one))), registration


def types_of(statements: Sequence[Kept]) -> dict[int, str]:
    """The type of the activity that each is about, empty when nobody knows.

    Of Leer's own activities it is Leer's vocabulary that tells; else the statement itself, else
    what the ledger learned. A statement about a statement is about what that one is about.
    """
    about = {one.place: _read(one)["object"] for one in statements}
    pointing = [one for one in statements if _points(about[one.place])]
    ends = relatives.ends([one.id for one in pointing])
    for one in pointing:
        about[one.place] = msgspec.json.decode(ends[one.id])["object"] if one.id in ends else {}
    activities = {
        place: item
        for place, item in about.items()
        if item and item.get("objectType", "Activity") == "Activity"
    }
    learned = _learned({item["id"] for item in activities.values()})
    told = {place: _type(item, learned) for place, item in activities.items()}
    return {one.place: told.get(one.place, "") for one in statements}


def _points(item: Any) -> bool:
    return bool(item.get("objectType") == "StatementRef")


def _type(activity: Any, learned: dict[str, str]) -> str:
    ours = type_of(path_of(activity["id"])) if is_ours(activity["id"]) else None
    said = activity.get("definition", {}).get("type", "")
    return str(ours or said or learned.get(activity["id"], ""))


def _learned(iris: Collection[str]) -> dict[str, str]:
    keys = [key(Kind.ACTIVITY, iri) for iri in iris]
    query = "select iri, type from xapi_activity where key = any(%s::uuid[])"
    return dict(database.rows(query, [keys]))


def _is_completion(one: Kept) -> bool:
    """Says for somebody's progress that something is done, or that it is not any more."""
    said = _read(one)
    item = said["object"]
    return (
        one.trusted
        and said["verb"]["id"] in DONE
        and item.get("objectType", "Activity") == "Activity"
        and is_ours(item["id"])
    )


def _is_settled(one: Kept) -> bool:
    """A completion of which only the fact is left."""
    return _is_completion(one) and forgetting.is_reduced(_read(one))


def count_due(rule: RetentionRule, *, now: datetime | None = None) -> int:
    """How many statements would go; changes nothing."""
    run = Run.of(rule, now or timezone.now())
    return len({one.place for due, _, _ in run.portions() for one in due})


# Going --------------------------------------------------------------------------------------------
def apply_all(tell: Tell = lambda count: None, *, now: datetime | None = None) -> dict[str, int]:
    """Apply every rule; how many statements went, by type. Stopped and run again it goes on."""
    rules = RetentionRule.objects.order_by("activity_type")
    gone = {rule.activity_type: apply(rule, tell, now=now) for rule in rules}
    loose.sweep(HORIZON.place())
    if any(gone.values()):
        emptied.drop_empty_years(before=timezone.now().year)
        vacuum(TABLES)
    return gone


def apply(
    rule: RetentionRule, tell: Tell = lambda count: None, *, now: datetime | None = None
) -> int:
    """Apply one rule, a portion in each transaction; returns how many statements went."""
    run = Run.of(rule, now or timezone.now())
    gone = 0
    for due, through, count in run.portions():
        with transaction.atomic():
            gone += _treat(run, due)
            RetentionRule.objects.filter(pk=rule.pk, position__lt=through).update(position=through)
        tell(count)
    log.info("retention %s: %s statements", rule.activity_type, gone)
    return gone


def _treat(run: Run, due: Sequence[Kept]) -> int:
    """Remove these, or put pseudonyms in them; another run may have done so meanwhile."""
    if not due:
        return 0
    rewriting.alone()
    there = rewriting.kept_at([one.place for one in due])
    done = [one for one in there if _is_completion(one)]
    rest = [one for one in there if not _is_completion(one)]
    rewriting.replace([_reduced(one) for one in done])
    stay = _staying(rest, done) if run.rule.action == RetentionRule.Action.DROP else rest
    rewriting.replace(list(_pseudonymised(stay, run.pseudonyms)))
    _drop([one for one in rest if one not in stay])
    _tell_progress(there)
    return len(there)


def _staying(rest: Sequence[Kept], done: Sequence[Kept]) -> list[Kept]:
    """What points to a completion stays with it: it may be what takes it back."""
    chains = relatives.chained([one.id for one in done])
    around = {place for places in chains.values() for place in places}
    return [one for one in rest if one.place in around]


def _reduced(one: Kept) -> Change:
    said = _read(one)
    loose.let_go([each["sha2"] for each in forgetting.attachments(said)])
    return Change(one, _written(forgetting.reduced(said)))


def _drop(statements: Sequence[Kept]) -> None:
    for one in statements:
        loose.let_go([each["sha2"] for each in forgetting.attachments(_read(one))])
    rewriting.remove(statements)


def _pseudonymised(statements: Sequence[Kept], pseudonyms: Pseudonyms) -> Iterator[Change]:
    """Everybody in them but who wrote them down: that is a system."""
    for one in statements:
        said = _read(one)
        people = list(forgetting.agents({**said, "authority": said["actor"]}))
        new = _forgetting(people, pseudonyms).applied(said)
        named = {each["sha2"] for each in forgetting.attachments(said)}
        loose.let_go(named - {each["sha2"] for each in forgetting.attachments(new)})
        yield Change(one, _written(new))


def _forgetting(people: Sequence[Any], pseudonyms: Pseudonyms) -> Forgetting:
    by_identifier, by_name = {}, {}
    for agent in people:
        for one in map(forgetting.folded, forgetting.identifiers_of(agent)):
            by_identifier[one] = pseudonyms[one]
            for name in forgetting.telling_names([agent.get("name", "")]):
                by_name[name] = pseudonyms[one]
    return Forgetting(by_identifier, by_name)


def _tell_progress(statements: Sequence[Kept]) -> None:
    actors = [_read(one)["actor"] for one in statements if one.trusted]
    accounts = {name for actor in actors for name in accounts_of(forgetting.identifiers_of(actor))}
    if accounts:
        facts_changed.send(sender=None, accounts=sorted(accounts))


def _read(one: Kept) -> Any:
    return msgspec.json.decode(one.raw)


def _written(said: Any) -> str:
    return msgspec.json.encode(said).decode()
