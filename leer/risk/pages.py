"""What the programme's pages show."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leer.organisation.api import Team
from leer.risk.judging import Judgement, judgements_of
from leer.risk.models import RiskProfile, SourceKind, State, Uncertainty
from leer.risk.names import BANDS
from leer.risk.scoring.algorithm import CHOSEN, Band, Factor, algorithm
from leer.risk.scoring.score import contribution
from leer.risk.scoring.stability import DRAWS, firmness, quarter_kept
from leer.risk.selectors import TeamRisk, overdue_on, scores_on
from leer.risk.waves import waves_of

ORDERS = {"naam": _("naam"), "regio": _("regio"), "score": _("score, hoogste eerst")}


class Named(NamedTuple):
    """What a list says of a team."""

    pk: int
    public_id: UUID
    name: str
    region: str


class Line(NamedTuple):
    """A team in the overview: its address, name and region, for ten thousand whole teams cost
    more than all the rest of the page.
    """

    team: Named
    risk: TeamRisk | None
    waits: bool
    overdue: bool

    @property
    def band(self) -> Any:
        """The band in words."""
        return BANDS[self.risk.band] if self.risk else ""


def lines_on(day: date) -> list[Line]:
    """Every active team, by name, in five queries however many there are."""
    risks = scores_on(day)
    waiting = set(RiskProfile.objects.waiting().values_list("team", flat=True))
    teams = Team.objects.filter(active=True).order_by("name", "pk").values_list(*Named._fields)
    names = map(Named._make, teams)
    return [_line(team, risks.get(team.pk), team.pk in waiting, day) for team in names]


def _line(team: Named, risk: TeamRisk | None, waits: bool, day: date) -> Line:
    return Line(team, risk, waits, overdue=bool(risk and risk.review_due_on < day))


def in_order(lines: list[Line], order: str) -> list[Line]:
    """By name, region, or score; equal ones by name."""
    if order == "regio":
        return sorted(lines, key=lambda line: line.team.region)
    if order == "score":
        return sorted(lines, key=lambda line: -line.risk.score if line.risk else 1)
    return lines


def chosen(lines: list[Line], *, search: str, band: str) -> list[Line]:
    """Those with this in their name, and of this band (``geen``: without a profile)."""
    wanted = search.casefold()
    return [
        line
        for line in lines
        if wanted in line.team.name.casefold()
        and band in {"", line.risk.band if line.risk else "geen"}
    ]


def counts(lines: list[Line]) -> list[tuple[str, Any, int]]:
    """How many teams per band, the heaviest first, and without a profile."""
    counted = Counter(line.risk.band for line in lines if line.risk)
    rows = [(band.value, name, counted[band]) for band, name in BANDS.items()]
    return [*rows, ("geen", _("nog geen profiel"), len(lines) - counted.total())]


@dataclass(frozen=True, slots=True)
class FactorLine:
    """A factor of one team: what was chosen, what it weighs, and on what grounds."""

    number: int
    name: str
    level: int
    anchor: str
    weight: int
    adds: float
    begins: float
    judgement: Judgement | None
    lapsed: bool = False

    @property
    def middle(self) -> float:
        """Where its number stands in the picture."""
        return self.begins + self.adds / 2

    @property
    def source_kind(self) -> Any:
        """In words."""
        return SourceKind(self.judgement.source_kind).label if self.judgement else ""

    @property
    def uncertainty(self) -> Any:
        """In words."""
        return Uncertainty(self.judgement.uncertainty).label if self.judgement else ""


def team_page(team: Team, day: date) -> dict[str, Any]:
    """A team's score on a day, explained, and its versions."""
    waves = waves_of(team.pk, day)
    risks = scores_on(day, [team.pk] if waves else None)
    risk = risks.get(team.pk)
    versions = RiskProfile.objects.filter(team=team).order_by("-number")
    context: dict[str, Any] = {
        "team": team,
        "risk": risk,
        "versions": versions.select_related("proposed_by", "decided_by"),
        "open": versions.filter(state__in=[State.DRAFT, State.SUBMITTED]).first(),
        "draws": DRAWS,
    }
    if risk:
        firm = firmness(risk.levels, risk.mrf_share, algorithm().on(day))
        profile = versions.prefetch_related("judgements").get(pk=risk.profile_id)
        context |= {
            "band": BANDS[risk.band],
            "factors": list(factor_lines(risk, judgements_of(profile), day)),
            "bounds": [(BANDS[band], least) for band, least in algorithm().on(day).bands.items()],
            "by": algorithm().on(day),
            "profile": profile,
            "mrf_percent": round(risk.mrf_share * 100),
            "lifted": risk.band is Band.HIGH and risk.score < algorithm().on(day).bands[Band.HIGH],
            "firm": {
                "band": round(firm.band * 100),
                "low": round(firm.low),
                "high": round(firm.high),
            },
        }
        context |= {"waves": waves} if waves else _quarter(risk, risks, day)
    return context


def _quarter(risk: TeamRisk, risks: Mapping[int, TeamRisk], day: date) -> dict[str, Any]:
    """How firm the place in the order is, for a team that no plan has a wave for."""
    everybody = [one.levels for one in risks.values()]
    kept = quarter_kept(risk.levels, everybody, algorithm().on(day))
    return {"quarter": round(kept * 100), "teams": len(everybody)}


def factor_lines(
    risk: TeamRisk, judgements: Mapping[Factor, Judgement], day: date
) -> Iterator[FactorLine]:
    """The six factors in order, each beginning in the bar where the one before ends."""
    version, begins = algorithm().on(day), 0.0
    for number, factor in enumerate(Factor, start=1):
        card, level = algorithm().factors[factor], risk.levels[factor]
        adds = contribution(factor, level, version)
        said = judgements.get(factor)
        yield FactorLine(
            number=number,
            name=card.name.in_language(get_language()),
            level=level,
            anchor=card.anchors[level].in_language(get_language()),
            weight=version.weights[factor],
            adds=adds,
            begins=begins,
            judgement=said,
            lapsed=said is not None and said.level != level,
        )
        begins += adds


def judged_lines(profile: RiskProfile) -> list[dict[str, Any]]:
    """What stands in one version, without any score."""
    said = judgements_of(profile)
    return [_judged(factor, said[factor]) for factor in CHOSEN]


def _judged(factor: Factor, judgement: Judgement) -> dict[str, Any]:
    card, level = algorithm().factors[factor], judgement.level
    language = get_language()
    kind, doubt = judgement.source_kind, judgement.uncertainty
    return {
        "name": card.name.in_language(language),
        "level": level,
        "anchor": "" if level is None else card.anchors[level].in_language(language),
        "judgement": judgement,
        "source_kind": SourceKind(kind).label if kind else "",
        "uncertainty": Uncertainty(doubt).label if doubt else "",
    }


@dataclass(frozen=True, slots=True)
class Batch:
    """Proposals that came in together and wait together."""

    key: UUID
    teams: int


def review_page(day: date) -> dict[str, Any]:
    """What waits for a second person and what is overdue."""
    waiting = RiskProfile.objects.waiting()
    rows = waiting.filter(batch__isnull=False).order_by().values_list("batch")
    batches = [Batch(key, teams) for key, teams in rows.annotate(teams=Count("pk"))]
    return {
        "alone": waiting.filter(batch__isnull=True)
        .select_related("team", "proposed_by")
        .order_by("team__name"),
        "batches": sorted(batches, key=lambda batch: (-batch.teams, batch.key)),
        "overdue": overdue_on(day),
    }
