"""A few teams and people, and all that can happen to them."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from uuid import uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from leer.accounts.models import User
from leer.monitoring.counts.folding import fold
from leer.monitoring.counts.reading import counted
from leer.organisation.models import Membership, Team
from leer.progress.models import ModuleProgress
from leer.rollout.giving import Grant, give
from leer.rollout.models import Assignment
from tests.support.factories_organisation import JobFunctionFactory, TeamFactory, UserFactory

MODULES = ("een", "twee")
type Happening = Callable[[], object]


class World:
    """Three teams, four people (the first three in a team), two modules; nobody has anything."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.function = JobFunctionFactory()
        self.teams: list[Team] = TeamFactory.create_batch(3)
        self.people: list[User] = UserFactory.create_batch(4)
        for place, user in enumerate(self.people[:3]):
            self.place(user, self.teams[place % 2], self.day(-900))

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    # What can happen ---------------------------------------------------------------------------
    def place(self, user: User, team: Team, since: date) -> None:
        Membership.objects.create(
            user=user, team=team, job_function=self.function, valid_from=since
        )

    def give(self, who: int, module: int, days: int, number: int = 1) -> None:
        grant = Grant(self.people[who].pk, MODULES[module], self.day(days), None, number)
        give([grant], reason="test", at=timezone.now() - timedelta(days=10 - number))

    def give_everybody(self, module: int, days: int) -> None:
        grants = [Grant(one.pk, MODULES[module], self.day(days)) for one in self.people]
        give(grants, reason="test", at=timezone.now())

    def withdraw(self, who: int, module: int, number: int) -> None:
        rows = Assignment.objects.filter(user=self.people[who], module_key=MODULES[module])
        rows.filter(round=number).update(withdrawn_at=timezone.now())

    def put_off(self, who: int, module: int, days: int) -> None:
        rows = Assignment.objects.filter(user=self.people[who], module_key=MODULES[module])
        rows.update(due_on=self.day(days))

    def begin(self, who: int, module: int, number: int) -> None:
        self._stay(who, module, number, started_at=timezone.now() - timedelta(days=10 - number))

    def finish(self, who: int, module: int, number: int) -> None:
        self._stay(who, module, number, completed_at=timezone.now() - timedelta(days=9 - number))

    def forget(self, who: int, module: int) -> None:
        ModuleProgress.objects.filter(user=self.people[who], module_key=MODULES[module]).delete()

    def move(self, who: int, to: int, days: int) -> None:
        """To another team from a day on, or a first team; not where that cannot be."""
        user = self.people[who]
        try:
            with transaction.atomic():
                Membership.objects.open().filter(user=user).update(valid_until=self.day(days))
                self.place(user, self.teams[to], self.day(days))
        except IntegrityError:
            pass

    def leave(self, who: int, days: int) -> None:
        try:
            with transaction.atomic():
                rows = Membership.objects.open().filter(user=self.people[who])
                rows.update(valid_until=self.day(days))
        except IntegrityError:
            pass

    def never_came(self, who: int) -> None:
        Membership.objects.open().filter(user=self.people[who]).delete()

    def open_account(self, who: int, is_open: bool) -> None:
        User.objects.filter(pk=self.people[who].pk).update(is_active=is_open)

    def rename(self, who: int) -> None:
        User.objects.filter(pk=self.people[who].pk).update(last_name="Anders")

    def fold(self, days: int) -> None:
        fold(self.day(days))

    # What is read ------------------------------------------------------------------------------
    def read(self, on: date) -> dict[tuple[int, str], dict[str, int]]:
        """The counts as Leer reads them."""
        found = counted([team.pk for team in self.teams], on=on)
        return {key: {n: v for n, v in asdict(one).items() if v} for key, one in found.items()}

    def _stay(self, who: int, module: int, number: int, **values: object) -> None:
        user, key = self.people[who], MODULES[module]
        ModuleProgress.objects.update_or_create(
            user=user,
            module_key=key,
            registration=uuid5(user.actor_name, f"{key}-{number}"),
            defaults=values,
        )
