"""A judgement before it is a row: what somebody chose and wrote of one factor, and what is wrong
with it. The form, the import and the action ask the same.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leer.risk.models import FactorJudgement, RiskProfile, SourceKind, Uncertainty, source_kinds_of
from leer.risk.scoring import window
from leer.risk.scoring.algorithm import CHOSEN, LEVELS, Factor

# Reports of an approach are never in the system, and never a reason. These words end a judgement
# that leans on one; a "meldkamer" or an "aanmelding" is something else, and passes.
REPORTS = re.compile(
    r"\b(?:(?:benaderings|integriteits)?melding(?:en)?|melders?|meldde(?:n)?|gemeld)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was chosen and written of one factor; empty where nothing was yet."""

    level: int | None = None
    reason: str = ""
    source_kind: str = ""
    source: str = ""
    source_date: date | None = None
    uncertainty: str = ""


type Judgements = Mapping[Factor, Judgement]

EMPTY = Judgement()
NOTHING: Judgements = dict.fromkeys(CHOSEN, EMPTY)


def judgements_of(profile: RiskProfile) -> dict[Factor, Judgement]:
    """What stands in this version, in one query."""
    rows: dict[str, FactorJudgement] = {row.factor: row for row in profile.judgements.all()}
    return {
        factor: _judgement(profile.levels[factor], rows[factor]) if factor in rows else EMPTY
        for factor in CHOSEN
    }


def _judgement(level: int | None, row: FactorJudgement) -> Judgement:
    return Judgement(
        level=level,
        reason=row.reason,
        source_kind=row.source_kind,
        source=row.source,
        source_date=row.source_date,
        uncertainty=row.uncertainty,
    )


def objections_to(factor: Factor, judgement: Judgement, *, on: date) -> dict[str, str]:
    """What keeps this judgement from being submitted on that day, by the name of the field."""
    found = _missing(factor, judgement)
    if judgement.source_date:
        found |= _wrong_day(factor, judgement, judgement.source_date, on)
    return _leaning_on_reports(judgement) | found


def _missing(factor: Factor, judgement: Judgement) -> dict[str, str]:
    said = {
        "level": (judgement.level in LEVELS, _("Kies wat het best past.")),
        "reason": (bool(judgement.reason.strip()), _("Schrijf waarom je dit koos.")),
        "source_kind": (
            judgement.source_kind in source_kinds_of(factor),
            _("Kies op wat voor bron je oordeel rust."),
        ),
        "source": (bool(judgement.source.strip()), _("Noem de bron, zodat een ander die vindt.")),
        "source_date": (judgement.source_date is not None, _("Vul de datum van de bron in.")),
        "uncertainty": (
            judgement.uncertainty in Uncertainty,
            _("Kies hoe onzeker je oordeel is."),
        ),
    }
    return {field: text for field, (holds, text) in said.items() if not holds}


def _wrong_day(factor: Factor, judgement: Judgement, seen: date, on: date) -> dict[str, str]:
    if seen > on:
        return {"source_date": _("Deze datum ligt in de toekomst.")}
    if factor is not Factor.SIGNALS or not judgement.level or window.counts_on(seen, on):
        return {}
    first = window.months_later(on, -(window.QUARTER + window.WINDOW))
    last = window.months_later(on, -window.QUARTER)
    text = _(
        "Een signaal telt vanaf drie maanden na de vaststelling, twaalf maanden lang: kies een dag"
        " van na %(first)s tot en met %(last)s, of kies ‘geen signalen’."
    )
    return {"source_date": text % {"first": date_format(first), "last": date_format(last)}}


def _leaning_on_reports(judgement: Judgement) -> dict[str, str]:
    text = _(
        "Hier staat iets over een melding. Meldingen van benadering horen niet in Leer, en mogen"
        " een score nooit veranderen."
    )
    fields = ("reason", "source")
    return {field: text for field in fields if REPORTS.search(getattr(judgement, field))}


def provisional_judgement(level: int, *, on: date) -> Judgement:
    """What a bulk start writes: honest about being nobody's judgement."""
    return Judgement(
        level=level,
        reason=_("Voorlopig: een standaard naar het aandeel risicovolle functies."),
        source_kind=SourceKind.DEFAULT,
        source=_("Functie-indeling in Leer"),
        source_date=on,
        uncertainty=Uncertainty.HIGH,
    )
