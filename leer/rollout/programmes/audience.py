"""Who is hit by a programme on a day and why, and who is not and why not.

As many queries for a hundred people as for a hundred thousand.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from leer.accounts.models import User
from leer.organisation.models import JobFunction, Leadership, Membership, Team
from leer.rollout.models import Exemption, ItemKind, Programme, Withdrawal
from leer.rollout.programmes.rules import (
    Item,
    Reason,
    Rule,
    Verdict,
    Work,
    first_day,
    items_for,
    judge,
)

SHOWN = 20  # people of each reason on a preview
WHOLE = ""  # the module of an exemption from the whole programme
NOTHING: frozenset[str] = frozenset()
type _Judged = tuple[Verdict, tuple[Item, ...], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in service on a day; ``team`` and ``work`` are empty for who is in no team.
    ``waived`` are modules that would be theirs, but for an exemption, or because somebody took
    them back by hand.
    """

    user: int
    team: int | None
    work: Work | None
    verdict: Verdict
    items: tuple[Item, ...]
    waived: frozenset[str] = NOTHING

    @property
    def modules(self) -> tuple[str, ...]:
        """The keys of the modules that are for this person."""
        return tuple(item.module_key for item in self.items if item.module_key)

    @property
    def has_session(self) -> bool:
        """The live session is for this person too."""
        return any(item.is_session for item in self.items)


def audience(
    programme: Programme,
    day: date,
    *,
    also_gone: bool = False,
    only: Collection[int] | None = None,
) -> list[Person]:
    """Everybody who may sign in (or ``only`` these), by primary key, with the verdict on this day.
    ``also_gone``: and who no longer may, for a day in the past must stay what it was.

    Eight queries: rules, exemptions, items; teams, functions, leaders, placements; people.
    """
    rules, waived, items = rules_of(programme), _waived(programme, day), items_of(programme)
    works = _works(day, only)
    judged: dict[tuple[Work | None, frozenset[str]], _Judged] = {}
    people = []
    for user in _users(only, also_gone=also_gone):
        team, work = works.get(user, (None, None))
        case = (work, waived.get(user, NOTHING))
        if case not in judged:
            judged[case] = _judged(work, rules, items, case[1])
        people.append(Person(user, team, work, *judged[case]))
    return people


def _users(only: Collection[int] | None, *, also_gone: bool) -> Iterator[int]:
    users = User.objects.all() if also_gone else User.objects.filter(is_active=True)
    asked = users if only is None else users.filter(pk__in=only)
    yield from asked.order_by("pk").values_list("pk", flat=True)


def _judged(
    work: Work | None, rules: Sequence[Rule], items: Sequence[Item], waived: frozenset[str]
) -> _Judged:
    """Who is exempt from each thing that would be theirs is exempt from the whole."""
    verdict = judge(work, rules, exempt=WHOLE in waived)
    if work is None or not verdict.is_in:
        return verdict, (), NOTHING
    suiting = items_for(work, items)
    left = tuple(item for item in suiting if item.is_session or item.module_key not in waived)
    if suiting and not left:
        return Verdict(Reason.EXEMPT), (), NOTHING
    return verdict, left, frozenset(item.module_key for item in suiting if item not in left)


def rules_of(programme: Programme) -> list[Rule]:
    """The rules of a programme, in its order."""
    return [
        Rule(
            pk=row.pk,
            excludes=row.excludes,
            teams=frozenset(row.teams),
            regions=frozenset(row.regions),
            job_functions=frozenset(row.job_functions),
            leaders_only=row.leaders_only,
            joined_from=row.joined_from,
            joined_until=row.joined_until,
        )
        for row in programme.rules.order_by("position", "pk")
    ]


def items_of(programme: Programme) -> list[Item]:
    """The items of a programme, in its order."""
    return [
        Item(
            module_key=row.module_key if row.kind == ItemKind.MODULE else "",
            regions=frozenset(row.regions),
            job_functions=frozenset(row.job_functions),
        )
        for row in programme.items.order_by("position", "pk")
    ]


def _waived(programme: Programme, day: date) -> dict[int, frozenset[str]]:
    """Who is exempt at the end of this day, and from what. What was taken back by hand is like it:
    the programme does not ask it, and it keeps nobody from being protected by the others.
    """
    found: dict[int, frozenset[str]] = {}
    holding, taken = (
        kind.objects.on(day).filter(programme=programme).values_list("user", "module_key")
        for kind in (Exemption, Withdrawal)
    )
    for user, key in holding.union(taken):
        found[user] = found.get(user, NOTHING) | {key}
    return found


def _works(day: date, only: Collection[int] | None) -> dict[int, tuple[int, Work]]:
    """The team and the work of everybody who is placed on this day."""
    keys = Team.objects.values_list("pk", "external_id", "region")
    teams = {pk: (key, region) for pk, key, region in keys}
    functions = dict(JobFunction.objects.values_list("pk", "external_id"))
    leading = Leadership.objects.on(day).filter(team__active=True)
    leaders = frozenset(leading.values_list("user", flat=True))
    found: dict[int, tuple[int, Work]] = {}
    for user, stays in _stays(day, only):
        _, team, function, placed_on, until = stays[-1]
        if until is None or until > day:
            joined_on = first_day([(begins, ends) for *_, begins, ends in stays])
            work = Work(*teams[team], functions[function], user in leaders, joined_on, placed_on)
            found[user] = team, work
    return found


def _stays(
    day: date, only: Collection[int] | None
) -> Iterator[tuple[int, list[tuple[int, int, int, date, date | None]]]]:
    """Per person every stay that began by this day, in order."""
    rows = Membership.objects.filter(valid_from__lte=day).order_by("user_id", "valid_from")
    rows = rows if only is None else rows.filter(user__in=only)
    values = rows.values_list("user_id", "team_id", "job_function_id", "valid_from", "valid_until")
    for user, stays in groupby(values.iterator(chunk_size=10_000), key=itemgetter(0)):
        yield user, list(stays)


# On the page --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """One person of a preview, with the name and the team to look at."""

    name: str
    team: str
    verdict: Verdict
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """How many people for each reason and each rule, and the first of each reason."""

    day: date
    reasons: Mapping[Reason, int]
    rules: Mapping[int, int]
    modules: Mapping[str, int]
    rows: Mapping[Reason, tuple[Row, ...]]

    @property
    def people(self) -> int:
        """Everybody in service."""
        return sum(self.reasons.values())


def preview(programme: Programme, day: date, *, shown: int = SHOWN) -> Preview:
    """Who is hit and why, who is not and why not; two queries more than ``audience``."""
    people = audience(programme, day)
    first = {
        reason: [one for one in people if one.verdict.reason is reason][:shown] for reason in Reason
    }
    return Preview(
        day=day,
        reasons=dict.fromkeys(Reason, 0) | Counter(one.verdict.reason for one in people),
        rules=Counter(one.verdict.rule for one in people if one.verdict.rule is not None),
        modules=Counter(key for one in people for key in one.modules),
        rows=_rows(first),
    )


def _rows(first: Mapping[Reason, Sequence[Person]]) -> dict[Reason, tuple[Row, ...]]:
    chosen = [one for people in first.values() for one in people]
    names = User.objects.in_bulk([one.user for one in chosen])
    teams = Team.objects.in_bulk([one.team for one in chosen if one.team])
    return {
        reason: tuple(
            Row(
                name=str(names[one.user]),
                team=teams[one.team].name if one.team else "",
                verdict=one.verdict,
                modules=one.modules,
            )
            for one in people
        )
        for reason, people in first.items()
    }
