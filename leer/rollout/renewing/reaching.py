"""Whom a renewal means: one query, whether it counts them or gives to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation.models import Membership
from leer.progress.models import ModuleProgress
from leer.rollout.models import (
    EVER,
    Assignment,
    Exemption,
    ItemKind,
    ProgrammeItem,
    ProgrammeState,
    Withdrawal,
)


@dataclass(frozen=True)
class Aim:
    """Who did this module last before then, of those whose work suits (empty asks nothing)."""

    module_key: str
    done_before: datetime
    regions: Sequence[str] = ()
    job_functions: Sequence[str] = ()


def people(aim: Aim, day: date) -> "QuerySet[User]":
    """Who is meant on this day. Not who has the module still to do: they get it as it is now
    anyway. Not who is exempt from it, or from whom it was taken back by hand.
    """
    mine = {"user": OuterRef("pk"), "module_key": aim.module_key}
    done = ModuleProgress.objects.filter(**mine)
    found = User.objects.filter(
        Exists(done.filter(completed_at__lt=aim.done_before)),
        ~Exists(done.filter(completed_at__gte=aim.done_before)),
        Exists(_work(aim, day)),
        ~Exists(_open(aim.module_key)),
        ~Exists(Withdrawal.objects.on(day).filter(**mine)),
        is_active=True,
    )
    return found if _is_for_everyone(aim.module_key) else found.exclude(_exempt(aim, day))


def _work(aim: Aim, day: date) -> "QuerySet[Membership]":
    placed = Membership.objects.on(day).filter(user=OuterRef("pk"))
    if aim.regions:
        placed = placed.filter(team__region__in=aim.regions)
    if aim.job_functions:
        placed = placed.filter(job_function__external_id__in=aim.job_functions)
    return placed


def _open(module_key: str) -> "QuerySet[Assignment]":
    """The round that holds, when nothing was done in it."""
    done = ModuleProgress.objects.filter(
        user=OuterRef("user"),
        module_key=module_key,
        completed_at__gte=Coalesce(OuterRef("counts_from"), Value(EVER)),
    )
    held = Assignment.objects.now().filter(user=OuterRef("pk"), module_key=module_key)
    return held.filter(~Exists(done))


def _exempt(aim: Aim, day: date) -> Exists:
    """From the module, or from a whole programme that brings it."""
    brought = ProgrammeItem.objects.filter(kind=ItemKind.MODULE, module_key=aim.module_key)
    holding = Exemption.objects.on(day).filter(
        Q(module_key=aim.module_key) | Q(module_key="", programme__in=brought.values("programme")),
        user=OuterRef("pk"),
        programme__state=ProgrammeState.RUNNING,
    )
    return Exists(holding)


def _is_for_everyone(module_key: str) -> bool:
    live = content.modules().get(module_key)
    return live is not None and live.for_everyone


def told(some: "QuerySet[User]", day: date) -> int | None:
    """How many these are, as an editor may know it: a lower bound in steps of *k*, and nothing of
    fewer (``None``). Who did what is not theirs to know, and a narrower question must not tell it:
    a region and function with fewer than *k* people together is left out, so that two questions
    never differ by so few.
    """
    k, placed = settings.DISCLOSURE_K, Membership.objects.on(day).filter(user__is_active=True)
    sizes = _by_work(placed)
    theirs = _by_work(placed.filter(user__in=some))
    count = sum(number for work, number in theirs.items() if sizes[work] >= k)
    return count // k * k or None


def _by_work(placed: "QuerySet[Membership]") -> dict[tuple[str, int], int]:
    rows = placed.order_by().values_list("team__region", "job_function")
    return {
        (region, function): count
        for region, function, count in rows.annotate(count=Count("user", distinct=True))
    }
