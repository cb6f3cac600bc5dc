"""Risk profiles of the demo: most teams judged, one region still provisional, some overdue, one
proposal waiting. By the kind of work, so that every demo looks alike.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from leer.accounts.api import User
from leer.organisation.models import Team
from leer.risk import actions
from leer.risk.judging import Judgement, Judgements
from leer.risk.models import RiskProfile, source_kinds_of
from leer.risk.scoring import window
from leer.risk.scoring.algorithm import CHOSEN

# Power, information, access, exposure, signals: by how a team's name begins.
WORK = {
    "Fysiek toezicht": (2, 1, 4, 4, 1),
    "Scan en detectie": (4, 2, 4, 3, 2),
    "Planning en selectie": (4, 3, 1, 0, 1),
    "Post en koeriers": (3, 2, 3, 2, 0),
    "Bedrijvencontacten": (1, 2, 1, 2, 0),
    "Passagiers": (3, 1, 4, 3, 0),
    "Balie": (1, 1, 0, 1, 0),
    "Managementteam": (2, 3, 2, 1, 0),
    "ICT Systeembeheer": (1, 4, 1, 0, 1),
}
OTHERS = (0, 1, 0, 0, 0)
PROVISIONAL_REGION = "Oost"
OVERDUE = ("T045", "T046", "T047", "T048")
WAITS = "T020"
SECOND = "P00040"  # leads the team for integrity; decides what Hanna of the programme proposes


def make() -> int:
    """Propose and approve; returns how many teams have a profile. Twice changes nothing."""
    if RiskProfile.objects.exists():
        return RiskProfile.objects.in_force_on(timezone.localdate()).count()
    hanna, second = User.objects.get(username="programma"), User.objects.get(external_id=SECOND)
    now = timezone.now()
    judged = Team.objects.filter(active=True).exclude(region=PROVISIONAL_REGION)
    late = judged.filter(external_id__in=OVERDUE)
    _approve(list(late), hanna, second, now - timedelta(days=400))
    _approve(list(judged.exclude(external_id__in=OVERDUE)), hanna, second, now - timedelta(days=60))
    _begin_provisionally(hanna, second, now - timedelta(days=60))
    waits = Team.objects.get(external_id=WAITS)
    actions.submit(waits, _judgements(waits, now), by=second, at=now - timedelta(days=2))
    return RiskProfile.objects.in_force_on(timezone.localdate()).count()


def _approve(teams: list[Team], by: User, second: User, at: datetime) -> None:
    batch = actions.submit_together(
        {team.pk: _judgements(team, at) for team in teams}, by=by, at=at
    )
    profiles = list(RiskProfile.objects.filter(batch=batch))
    actions.approve(profiles, by=second, reason="Besproken in het programmaoverleg.", at=at)


def _begin_provisionally(by: User, second: User, at: datetime) -> None:
    proposals = actions.provisional_proposals(timezone.localdate(at))
    ready = {team.pk: said for team, said in proposals.items()}
    batch = actions.submit_together(ready, by=by, at=at, provisional=True)
    profiles = list(RiskProfile.objects.filter(batch=batch))
    actions.approve(profiles, by=second, reason="Als begin goed genoeg.", at=at)


def _judgements(team: Team, at: datetime) -> Judgements:
    levels = next((row for work, row in WORK.items() if team.name.startswith(work)), OTHERS)
    seen = window.months_later(timezone.localdate(at), -window.QUARTER - 1)
    return {
        factor: Judgement(
            level=level,
            reason="Zo staat het in de beschrijving van dit werk, en zo vertelt het team het zelf.",
            source_kind=source_kinds_of(factor)[0],
            source="Inventarisatie kwetsbaar werk (voorbeeld)",
            source_date=seen,
            uncertainty="midden",
        )
        for factor, level in zip(CHOSEN, levels, strict=True)
    }
