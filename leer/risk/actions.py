"""Changes to risk profiles. Each asks who does it, changes, and tells the layers above.

Nothing here is logged: who proposed and who decided stands in the rows, and a level or a score
has no place in a log.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, DateField, Max, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from leer.accounts.api import Role, User
from leer.organisation import api as organisation
from leer.organisation.api import Team
from leer.risk.judging import Judgements, objections_to, provisional_judgement
from leer.risk.models import FactorJudgement, RiskProfile, State
from leer.risk.scoring import window
from leer.risk.scoring.algorithm import CHOSEN, algorithm
from leer.risk.scoring.score import mrf_level
from leer.risk.selectors import NOBODY, teams_without_profile
from leer.risk.signals import profile_approved

REVIEW_MONTHS = 12
PROVISIONAL_MONTHS = 3  # a default must make place for a judgement soon
BATCH = 2000


# Proposing ------------------------------------------------------------------------------------


@transaction.atomic
def save_draft(team: Team, judgements: Judgements, *, by: User) -> RiskProfile:
    """Keep what was filled in so far; whoever saves last is the one who proposes."""
    _must_be_programme(by)
    return _write(team, judgements, by, timezone.now(), State.DRAFT)


@transaction.atomic
def submit(
    team: Team, judgements: Judgements, *, by: User, at: datetime | None = None
) -> RiskProfile:
    """Lay a version before a second person. Raises ``ValidationError`` when it is incomplete, or
    when another version of this team waits already.
    """
    _must_be_programme(by)
    moment = at or timezone.now()
    _must_be_whole(judgements, timezone.localdate(moment))
    return _write(team, judgements, by, moment, State.SUBMITTED)


@transaction.atomic
def submit_together(
    proposals: Mapping[int, Judgements],
    *,
    by: User,
    at: datetime | None = None,
    provisional: bool = False,
) -> uuid.UUID:
    """Lay versions of many teams (by primary key) before a second person at once; gives the key
    by which they are found together. A draft of such a team is withdrawn. ``provisional`` ones
    are Leer's own defaults, and rest on no source.

    Raises ``ValidationError`` when one is incomplete or a team waits for a decision already.
    """
    _must_be_programme(by)
    moment, batch = at or timezone.now(), uuid.uuid4()
    for judgements in () if provisional else proposals.values():
        _must_be_whole(judgements, timezone.localdate(moment))
    _lock(proposals)
    _make_room(proposals, moment)
    numbers = _last_numbers(proposals)
    profiles = [
        RiskProfile(
            team_id=team,
            number=numbers.get(team, 0) + 1,
            state=State.SUBMITTED,
            provisional=provisional,
            proposed_by=by,
            proposed_at=moment,
            batch=batch,
            **_levels(proposals[team]),
        )
        for team in sorted(proposals)
    ]
    RiskProfile.objects.bulk_create(profiles, batch_size=BATCH)
    FactorJudgement.objects.bulk_create(
        [row for profile in profiles for row in _rows(profile, proposals[profile.team_id])],
        batch_size=BATCH,
    )
    return batch


def provisional_proposals(day: date) -> dict[Team, Judgements]:
    """What a bulk start would propose: per team without a profile, and without a proposal that
    waits, a default by the MRF share of its people. In the order of names.
    """
    waiting = RiskProfile.objects.open().values("team")
    teams = list(teams_without_profile(day).exclude(pk__in=waiting).order_by("name", "pk"))
    counts = organisation.headcounts_on(day, teams=[team.pk for team in teams])
    defaults = algorithm().provisional
    return {
        team: {
            factor: provisional_judgement(level, on=day)
            for factor, level in defaults[
                mrf_level(counts.get(team.pk, NOBODY).high_risk_share)
            ].items()
        }
        for team in teams
    }


# Deciding -------------------------------------------------------------------------------------


@transaction.atomic
def approve(
    profiles: Collection[RiskProfile], *, by: User, reason: str, at: datetime | None = None
) -> None:
    """A second person approves: from today these versions count, until the next.

    Raises ``ValidationError``, and approves none, when one was decided on meanwhile, was proposed
    by the same person, or leans on a signal that is out of its window by now.
    """
    moment = at or timezone.now()
    today = timezone.localdate(moment)
    due = Case(
        When(provisional=True, then=Value(window.months_later(today, PROVISIONAL_MONTHS))),
        default=Value(window.months_later(today, REVIEW_MONTHS)),
        output_field=DateField(),
    )
    _decide(profiles, State.APPROVED, by, reason, moment, review_due_on=due)
    teams = sorted(profile.team_id for profile in profiles)
    transaction.on_commit(partial(profile_approved.send, sender=RiskProfile, teams=teams))


@transaction.atomic
def refuse(
    profiles: Collection[RiskProfile], *, by: User, reason: str, at: datetime | None = None
) -> None:
    """A second person refuses, with a reason: what was in force stays so."""
    if not reason.strip():
        raise ValidationError(_("Schrijf waarom je dit afwijst."))
    _decide(profiles, State.REFUSED, by, reason, at or timezone.now())


@transaction.atomic
def withdraw(profile: RiskProfile, *, by: User) -> None:
    """Who proposed takes it back."""
    _must_be_programme(by)
    open_ = RiskProfile.objects.open().filter(pk=profile.pk, proposed_by=by)
    if not open_.update(state=State.WITHDRAWN, decided_at=timezone.now()):
        raise ValidationError(_("Alleen wie dit voorstelde, kan het intrekken."))


def _decide(
    profiles: Collection[RiskProfile],
    state: State,
    by: User,
    reason: str,
    at: datetime,
    **fields: object,
) -> None:
    _must_be_programme(by)
    if any(profile.proposed_by_id == by.pk for profile in profiles):
        raise ValidationError(_("Wat je zelf voorstelde, beoordeelt iemand anders."))
    decided = RiskProfile.objects.waiting().filter(pk__in=[one.pk for one in profiles])
    done = decided.update(
        state=state, decided_by=by, decided_at=at, decision_reason=reason.strip(), **fields
    )
    if done != len(profiles):
        raise ValidationError(_("Hierover is intussen al besloten. Bekijk het opnieuw."))


# Steps ----------------------------------------------------------------------------------------


def _must_be_programme(by: User) -> None:
    if not by.has_role(Role.PROGRAMME):
        raise PermissionDenied


def _must_be_whole(judgements: Judgements, on: date) -> None:
    for factor in CHOSEN:
        objections = objections_to(factor, judgements[factor], on=on)
        if objections:
            name = algorithm().factors[factor].name.nl
            raise ValidationError([f"{name}: {text}" for text in objections.values()])


def _lock(teams: Iterable[int]) -> None:
    """One proposal at a time per team; always in the same order."""
    list(Team.objects.filter(pk__in=list(teams)).order_by("pk").select_for_update().values("pk"))


def _write(team: Team, judgements: Judgements, by: User, at: datetime, state: State) -> RiskProfile:
    """The open draft of this team, or a new version, with these judgements."""
    _lock([team.pk])
    profile = RiskProfile.objects.open().filter(team=team).first()
    if profile and profile.state == State.SUBMITTED:
        raise ValidationError(_("Er wacht al een voorstel voor dit team. Beslis daar eerst over."))
    if profile is None:
        number = _last_numbers([team.pk]).get(team.pk, 0) + 1
        profile = RiskProfile(team=team, number=number)
    for name, value in {**_levels(judgements), "state": state}.items():
        setattr(profile, name, value)
    profile.proposed_by, profile.proposed_at = by, at
    profile.save()
    profile.judgements.all().delete()
    FactorJudgement.objects.bulk_create(_rows(profile, judgements))
    return profile


def _make_room(teams: Iterable[int], at: datetime) -> None:
    """Drafts give way; what waits for a decision does not."""
    open_ = RiskProfile.objects.of(teams).open()
    open_.filter(state=State.DRAFT).update(state=State.WITHDRAWN, decided_at=at)
    if open_.exists():
        raise ValidationError(_("Voor een van deze teams wacht al een voorstel."))


def _last_numbers(teams: Iterable[int]) -> dict[int, int]:
    rows = RiskProfile.objects.of(teams).order_by().values_list("team")
    return dict(rows.annotate(last=Max("number")))


def _levels(judgements: Judgements) -> dict[str, int | None]:
    return {factor.value: judgements[factor].level for factor in CHOSEN}


def _rows(profile: RiskProfile, judgements: Judgements) -> Iterator[FactorJudgement]:
    for factor in CHOSEN:
        said = judgements[factor]
        yield FactorJudgement(
            profile=profile,
            factor=factor.value,
            reason=said.reason.strip(),
            source_kind=said.source_kind,
            source=said.source.strip(),
            source_date=said.source_date,
            uncertainty=said.uncertainty,
        )
