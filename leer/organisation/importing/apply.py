"""Carrying a plan out: everything or nothing, in bulk, each kind of change in its own step."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import CharField, Model, Q, Value
from django.db.models.functions import Cast, Concat

from leer.accounts.api import Role, User
from leer.organisation.importing.changes import PlacementChange, RowChange, Step
from leer.organisation.importing.errors import ImportRefusedError, PlanOutdatedError
from leer.organisation.importing.plan import ImportPlan, Progress, make_plan
from leer.organisation.models import JobFunction, Leadership, Membership, Team, keep_up_marks
from leer.organisation.signals import people_imported

BATCH = 2000
ONE_IMPORT_AT_A_TIME = 0x1EE2_0001  # key of the advisory lock


def apply_plan(
    plan: ImportPlan,
    *,
    skip_errors: bool = False,
    password: str | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Make the database as the plan says, in one transaction; gives the plan carried out.

    Raises ``ImportRefusedError`` when rows are wrong (unless ``skip_errors``) or the plan as a
    whole is objected to; ``PlanOutdatedError`` when the database changed since it was made.
    ``password`` is for demonstrations: every new account gets it.
    """
    with transaction.atomic():
        carry_out(plan, skip_errors=skip_errors, password=password, progress=progress)
        transaction.on_commit(partial(announce, plan))
    return plan


def carry_out(
    plan: ImportPlan,
    *,
    skip_errors: bool = False,
    password: str | None = None,
    progress: Progress | None = None,
) -> None:
    """As ``apply_plan``, inside the caller's transaction; the caller announces it afterwards."""
    if plan.objections or (plan.errors and not skip_errors):
        raise ImportRefusedError(plan)
    with transaction.atomic():
        _wait_for_other_imports()
        fresh = make_plan(plan.records, on=plan.on, complete=plan.complete, force=plan.force)
        if fresh.digest != plan.digest:
            raise PlanOutdatedError(fresh)
        if not plan.changes_nothing:
            _Work(plan, password, progress or (lambda done, total: None)).do()


def announce(plan: ImportPlan) -> None:
    """Tell the layers above that people came in."""
    people_imported.send(sender=ImportPlan, on=plan.on, counts=plan.counts)


def _wait_for_other_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])


@dataclass
class _Work:
    """One plan being carried out; ``do`` reads as the list of steps."""

    plan: ImportPlan
    password: str | None
    progress: Progress
    done: int = 0

    def do(self) -> None:
        """The steps in the order that references and constraints ask for."""
        plan = self.plan
        self._tell(0)
        self._rows(JobFunction, plan.functions)
        keep_up_marks(since=plan.on)
        self._rows(Team, plan.teams)
        self._put_below()
        self._free_old_names()
        self._rows(User, plan.people)
        self._know()
        self._end_placements()
        self._begin_placements()
        self._lead()
        self._change_roles()
        self._close_accounts()

    # Functions, teams, accounts ---------------------------------------------------------------

    def _rows(self, model: type[Model], changes: Sequence[RowChange]) -> None:
        new = [change for change in changes if change.is_new]
        old = [change for change in changes if not change.is_new]
        extra = self._account_extras() if model is User else {}
        for batch in _batches(new):
            model._default_manager.bulk_create(_instance(model, one, extra) for one in batch)
            self._tell(len(batch))
        for batch in _batches(old):
            rows = [model(pk=one.pk, **one.values) for one in batch]
            model._default_manager.bulk_update(rows, list(batch[0].values))
            self._tell(len(batch))

    def _account_extras(self) -> dict[str, Any]:
        """One hash for all: hashing nine hundred times would take minutes."""
        return {"password": make_password(self.password)} if self.password else {}

    def _put_below(self) -> None:
        """Which team is a part of which; after all of them are there."""
        pks = _pks(Team, {key for one in self.plan.parts for key in (one.team, one.new) if key})
        for batch in _batches(self.plan.parts):
            rows = [Team(pk=pks[one.team], parent_id=pks.get(one.new)) for one in batch]
            Team.objects.bulk_update(rows, ["parent"])

    def _free_old_names(self) -> None:
        """Two people may swap names; so who changes names lets go of the old one first."""
        renamed = [
            change.pk
            for change in self.plan.people
            if change.pk and any(field.name == "username" for field in change.changed)
        ]
        if renamed:
            free = Concat(Value("~"), Cast("actor_name", CharField()))
            User.objects.filter(pk__in=renamed).update(username=free)

    # Placements and leadership ----------------------------------------------------------------

    def _know(self) -> None:
        """The keys that the next steps refer to."""
        plan = self.plan
        teams = {one.team for one in plan.placements} | {one.team for one in plan.leads}
        functions = {one.function for one in plan.placements}
        people = {one.key for one in plan.people if one.is_new}
        people |= {one.person for one in plan.placements} | {one.person for one in plan.leads}
        people |= {one.person for one in plan.roles}
        self.teams = _pks(Team, teams)
        self.functions = _pks(JobFunction, functions)
        self.people = _pks(User, people)

    def _end_placements(self) -> None:
        ended = self._placement_pks(Step.MOVE, Step.CLOSE)
        removed = self._placement_pks(Step.REMOVE)
        Membership.objects.filter(pk__in=ended).update(valid_until=self.plan.on)
        Membership.objects.filter(pk__in=removed).delete()

    def _begin_placements(self) -> None:
        changes = self.plan.placements
        corrected = [one for one in changes if one.step is Step.CORRECT]
        opened = [one for one in changes if one.step in {Step.OPEN, Step.MOVE}]
        for batch in _batches(corrected):
            rows = [self._membership(one, pk=one.pk) for one in batch]
            Membership.objects.bulk_update(rows, ["team", "job_function", "valid_from"])
        for batch in _batches(opened):
            Membership.objects.bulk_create(self._membership(one) for one in batch)
            self._tell(len(batch))

    def _placement_pks(self, *steps: Step) -> list[int]:
        return [one.pk for one in self.plan.placements if one.step in steps and one.pk]

    def _membership(self, change: PlacementChange, pk: int | None = None) -> Membership:
        return Membership(
            pk=pk,
            user_id=self.people[change.person],
            team_id=self.teams[change.team],
            job_function_id=self.functions[change.function],
            valid_from=change.since or self.plan.on,
        )

    def _lead(self) -> None:
        leads = self.plan.leads
        removed = [one.pk for one in leads if one.pk and one.remove]
        ended = [one.pk for one in leads if one.pk and not one.remove]
        Leadership.objects.filter(pk__in=removed).delete()
        Leadership.objects.filter(pk__in=ended).update(valid_until=self.plan.on)
        Leadership.objects.bulk_create(
            Leadership(
                user_id=self.people[one.person],
                team_id=self.teams[one.team],
                valid_from=self.plan.on,
            )
            for one in leads
            if one.starts
        )

    # Roles and accounts -----------------------------------------------------------------------

    def _change_roles(self) -> None:
        groups = dict(Group.objects.filter(name__in=list(Role)).values_list("name", "pk"))
        held = User.groups.through
        given = [(self.people[one.person], one.role) for one in self.plan.roles if one.given]
        given += [(self.people[one.key], Role.EMPLOYEE) for one in self.plan.people if one.is_new]
        for batch in _batches(given):
            held.objects.bulk_create(
                held(user_id=user, group_id=groups[role]) for user, role in batch
            )
            self._tell(len(batch))
        for role in Role:
            losers = [one.person for one in self.plan.roles if one.role is role and not one.given]
            if losers:
                pks = [self.people[key] for key in losers]
                held.objects.filter(user_id__in=pks, group_id=groups[role]).delete()

    def _close_accounts(self) -> None:
        gone = [leaver.pk for leaver in self.plan.leavers]
        User.objects.filter(pk__in=gone).update(is_active=False)

    def _tell(self, more: int) -> None:
        self.done += more
        self.progress(self.done, self._total)

    @property
    def _total(self) -> int:
        plan = self.plan
        new_people = sum(one.is_new for one in plan.people)
        roles = sum(one.given for one in plan.roles) + new_people
        opened = sum(one.step in {Step.OPEN, Step.MOVE} for one in plan.placements)
        return len(plan.functions) + len(plan.teams) + len(plan.people) + roles + opened


def _instance(model: type[Model], change: RowChange, extra: dict[str, Any]) -> Model:
    row = model(external_id=change.key, **change.values, **extra)
    if isinstance(row, User) and not extra:
        row.set_unusable_password()
    return row


def _pks(model: type[Model], keys: Iterable[str]) -> dict[str, int]:
    """Primary key per key; ``#12`` is the account without an external id."""
    without_id = {key: int(key[1:]) for key in keys if key.startswith("#")}
    found = model._default_manager.filter(Q(external_id__in=set(keys) - set(without_id)))
    return without_id | dict(found.values_list("external_id", "pk"))


def _batches[T](rows: Sequence[T]) -> Iterator[tuple[T, ...]]:
    return batched(rows, BATCH)
