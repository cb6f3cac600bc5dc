"""Risk profiles, in domain words; each by the same actions as the pages."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from leer.accounts.api import Role, User
from leer.organisation.models import Team
from leer.risk import actions
from leer.risk.judging import Judgement, Judgements
from leer.risk.models import RiskProfile, source_kinds_of
from leer.risk.scoring import window
from leer.risk.scoring.algorithm import CHOSEN, Factor
from tests.support import factories_content as make
from tests.support.factories_organisation import JobFunctionFactory, MembershipFactory

NAMES = ("hanna", "olaf")


def programme(name: str) -> User:
    """Somebody of the programme; twice the same name is the same person."""
    found = User.objects.filter(username=name).first()
    return found or make.user_with(Role.EMPLOYEE, Role.PROGRAMME, name=name)


def judgements(levels: Mapping[str, int] | int = 2, *, on: date | None = None) -> Judgements:
    """Judgements with these levels (one for all, or by factor; signals then 0), well founded."""
    day = on or timezone.localdate()
    seen = window.months_later(day, -window.QUARTER - 1)
    chosen = dict.fromkeys(CHOSEN, 0) | (
        dict.fromkeys(CHOSEN[:-1], levels)
        if isinstance(levels, int)
        else {Factor(code): level for code, level in levels.items()}
    )
    return {
        factor: Judgement(
            level=level,
            reason=f"Zo is het werk ({factor}).",
            source_kind=source_kinds_of(factor)[0],
            source="Werkinstructie 12",
            source_date=seen,
            uncertainty="midden",
        )
        for factor, level in chosen.items()
    }


def submitted(team: Team, levels: Mapping[str, int] | int = 2, **options: Any) -> RiskProfile:
    """A version that waits for a second person."""
    return actions.submit(team, judgements(levels), by=programme(NAMES[0]), **options)


def approved(
    team: Team, levels: Mapping[str, int] | int = 2, *, on: date | None = None
) -> RiskProfile:
    """A version that was proposed and approved on a day (today)."""
    day = on or timezone.localdate()
    at = noon(day)
    profile = actions.submit(team, judgements(levels, on=day), by=programme(NAMES[0]), at=at)
    actions.approve([profile], by=programme(NAMES[1]), reason="Klopt.", at=at)
    return RiskProfile.objects.get(pk=profile.pk)


def noon(day: date) -> datetime:
    """The middle of a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def fill(team: Team, *, risky: int, others: int) -> None:
    """People in this team, so many of them in a high-risk function."""
    for count, high in ((risky, True), (others, False)):
        function = JobFunctionFactory(risky=high)
        MembershipFactory.create_batch(count, team=team, job_function=function)
