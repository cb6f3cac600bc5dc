"""The database as an import finds it, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.db.models.functions import Lower

from leer.accounts.api import Role, User
from leer.organisation.importing.records import Kind, Records
from leer.organisation.models import JobFunction, Leadership, Membership, Team


@dataclass(frozen=True)
class Stay:
    """The placement somebody has now (or will begin), as one open membership."""

    pk: int
    team: str
    function: str
    since: date


@dataclass(frozen=True)
class Lead:
    """One open leadership. ``person`` and ``team`` are keys, as in ``Situation``."""

    pk: int
    team: str
    person: str
    since: date


@dataclass(frozen=True)
class KnownPerson:
    """An account that this import touches or mentions."""

    pk: int
    key: str
    user_name: str
    given_name: str
    family_name: str
    email: str
    active: bool
    stay: Stay | None
    last_end: date | None
    roles: frozenset[Role]

    @property
    def full_name(self) -> str:
        """As people are called."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class Situation:
    """What is known already. Keys are external ids; an account without one is ``#<pk>``."""

    functions: dict[str, JobFunction]
    teams: dict[str, Team]
    people: dict[str, KnownPerson]
    leads: dict[tuple[str, str], Lead]
    name_owners: dict[str, str]
    absent: tuple[str, ...]
    active_count: int
    administrators: frozenset[str]
    latest_change: date | None
    parents: dict[str, str]  # of teams that are a part of another one


def look(records: Records, *, on: date, complete: bool) -> Situation:
    """Read everything that these records touch."""
    functions = {function.external_id: function for function in JobFunction.objects.order_by("pk")}
    teams = {team.external_id: team for team in Team.objects.order_by("pk")}
    leads = _leads()
    everybody = _active_keys()
    absent = _absent(records, everybody)
    wanted = _named(records) | set(absent if complete else ())
    people = _people(wanted, [lead.person for lead in leads])
    return Situation(
        functions=functions,
        teams=teams,
        people=people,
        leads={(lead.team, lead.person): lead for lead in leads},
        name_owners=_name_owners(records),
        absent=absent,
        active_count=len(everybody),
        administrators=_administrators(),
        latest_change=_latest_change(on),
        parents=_parents(teams.values()),
    )


def _parents(teams: Iterable[Team]) -> dict[str, str]:
    keys = {team.pk: team.external_id for team in teams}
    return {team.external_id: keys[team.parent_id] for team in teams if team.parent_id}


def _key(pk: int, external_id: str | None) -> str:
    return external_id or f"#{pk}"


def _named(records: Records) -> set[str]:
    """The external ids of people that the files mention."""
    people = {person.external_id for person in records.people or ()}
    leaders = {key for team in records.teams or () for key in team.managers or ()}
    return people | leaders


def _absent(records: Records, everybody: set[str]) -> tuple[str, ...]:
    """Who is in service but not in the file of people, not even on a wrong row."""
    if records.people is None:
        return ()
    present = {person.external_id for person in records.people}
    rejected = {key for kind, key in records.rejected if kind is Kind.PERSON}
    return tuple(sorted(everybody - present - rejected))


def _active_keys() -> set[str]:
    """Everybody active who once came in through an import."""
    active = User.objects.filter(is_active=True, external_id__isnull=False)
    return {key for key in active.values_list("external_id", flat=True) if key}


def _leads() -> list[Lead]:
    rows = Leadership.objects.open().order_by("pk")
    return [
        Lead(pk, team, _key(user, external_id), since)
        for pk, team, user, external_id, since in rows.values_list(
            "pk", "team__external_id", "user_id", "user__external_id", "valid_from"
        )
    ]


def _people(keys: set[str], leaders: Iterable[str]) -> dict[str, KnownPerson]:
    """These people and all who lead now, with placement and roles."""
    without_id = [int(key[1:]) for key in leaders if key.startswith("#")]
    users = User.objects.filter(Q(external_id__in=keys | set(leaders)) | Q(pk__in=without_id))
    found = list(users.order_by("pk"))
    pks = [user.pk for user in found]
    stays, ends, roles = _stays(pks), _last_ends(pks), _roles(pks)
    people = (
        KnownPerson(
            pk=user.pk,
            key=_key(user.pk, user.external_id),
            user_name=user.username,
            given_name=user.first_name,
            family_name=user.last_name,
            email=user.email,
            active=user.is_active,
            stay=stays.get(user.pk),
            last_end=ends.get(user.pk),
            roles=frozenset(roles[user.pk]),
        )
        for user in found
    )
    return {person.key: person for person in people}


def _stays(pks: list[int]) -> dict[int, Stay]:
    rows = Membership.objects.open().filter(user__in=pks)
    return {
        user: Stay(pk, team, function, since)
        for pk, user, team, function, since in rows.values_list(
            "pk", "user_id", "team__external_id", "job_function__external_id", "valid_from"
        )
    }


def _last_ends(pks: list[int]) -> dict[int, date]:
    rows = Membership.objects.filter(user__in=pks, valid_until__isnull=False)
    return dict(rows.values_list("user_id").annotate(Max("valid_until")))


def _roles(pks: list[int]) -> defaultdict[int, set[Role]]:
    held: defaultdict[int, set[Role]] = defaultdict(set)
    rows = _role_rows().filter(user_id__in=pks)
    for user, name in rows.values_list("user_id", "group__name"):
        held[user].add(Role(name))
    return held


def _administrators() -> frozenset[str]:
    rows = _role_rows().filter(group__name=Role.ADMINISTRATOR, user__is_active=True)
    return frozenset(_key(*row) for row in rows.values_list("user_id", "user__external_id"))


def _role_rows() -> Any:
    return User.groups.through.objects.filter(group__name__in=list(Role))


def _name_owners(records: Records) -> dict[str, str]:
    """Who has the user names that the file gives, by name without capitals."""
    names = {person.user_name.lower() for person in records.people or ()}
    rows = User.objects.annotate(folded=Lower("username")).filter(folded__in=names)
    return {
        folded: _key(pk, external_id)
        for folded, pk, external_id in rows.values_list("folded", "pk", "external_id")
    }


def _latest_change(on: date) -> date | None:
    """The latest day after ``on`` on which somebody moved, left or began to lead."""
    moved = Membership.objects.aggregate(day=Max("valid_until"))["day"]
    led = Leadership.objects.aggregate(ended=Max("valid_until"), began=Max("valid_from"))
    days = [day for day in (moved, led["ended"], led["began"]) if day and day > on]
    return max(days, default=None)
