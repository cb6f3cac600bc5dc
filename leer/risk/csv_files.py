"""Profiles as a file: a line per team and factor, the same way out and in.

Whole or nothing: with one error nothing is proposed. A team whose lines say what is in force, or
what waits already, is left alone; so the same file twice changes nothing.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from leer.organisation.api import (
    Column,
    Kind,
    Place,
    RowError,
    Sheet,
    Team,
    cells,
    read_sheet,
)
from leer.risk.judging import Judgement, Judgements, judgements_of, objections_to
from leer.risk.models import RiskProfile, SourceKind, State, Uncertainty
from leer.risk.scoring.algorithm import CHOSEN, LEVELS, Factor

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 2000
FILE = "profielen.csv"


@dataclass(frozen=True)
class Row:
    """One line of the file."""

    team: str
    factor: Factor
    level: int
    reason: str
    source_kind: str
    source: str
    source_date: date | None
    uncertainty: str
    place: Place = field(compare=False)

    @property
    def judgement(self) -> Judgement:
        """What it says of the factor."""
        return Judgement(
            level=self.level,
            reason=self.reason,
            source_kind=self.source_kind,
            source=self.source,
            source_date=self.source_date,
            uncertainty=self.uncertainty,
        )


def _factor(value: str) -> Factor:
    return Factor(_one_of(value, [factor.value for factor in CHOSEN]))


def _level(value: str) -> int:
    return int(_one_of(value, [str(level) for level in LEVELS]))


def _source_kind(value: str) -> str:
    return _one_of(value, SourceKind.values)


def _uncertainty(value: str) -> str:
    return _one_of(value, Uncertainty.values)


def _one_of(value: str, choices: list[str]) -> str:
    if value not in choices:
        raise ValueError(_("moet een van deze zijn: %(choices)s") % {"choices": ", ".join(choices)})
    return value


def _prose(value: str) -> str:
    """Text of more lines; the mark that keeps a spreadsheet from calculating goes off."""
    plain = value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value
    if len(plain) > LONGEST:
        raise ValueError(_("te lang: hoogstens %(longest)d tekens") % {"longest": LONGEST})
    return plain


SHEET = Sheet(
    Kind.TEAM,
    FILE,
    Row,
    (
        Column("team", "team", cells.key),
        Column("factor", "factor", _factor),
        Column("level", "level", _level),
        Column("reason", "reason", _prose),
        Column("sourceKind", "source_kind", _source_kind),
        Column("source", "source", _prose),
        Column("sourceDate", "source_date", cells.day),
        Column("uncertainty", "uncertainty", _uncertainty),
    ),
)
COLUMN_OF = {column.attribute: column.name for column in SHEET.columns}


# In ----------------------------------------------------------------------------------------------


@dataclass
class Reading:
    """What a file asks for: proposals by the team's primary key, or what is wrong with it."""

    proposals: dict[int, Judgements] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    unchanged: int = 0

    def wrong(self, place: Place, column: str, reason: str) -> None:
        """Keep an error."""
        self.errors.append(RowError(place.file, place.line, column, reason))


def read(name: str, content: bytes, *, on: date) -> Reading:
    """Lay the file beside what is in force and what waits; writes nothing."""
    sheet = read_sheet(SHEET, name, content)
    reading = Reading(errors=list(sheet.errors))
    by_team = _by_team(sheet.records, reading)
    teams = dict(Team.objects.filter(external_id__in=by_team).values_list("external_id", "pk"))
    known = _known(list(teams.values()), on)
    waiting = set(RiskProfile.objects.of(teams.values()).waiting().values_list("team", flat=True))
    for key, rows in by_team.items():
        first = next(iter(rows.values())).place
        if key not in teams:
            reading.wrong(first, "team", _("dit team kent Leer niet"))
        else:
            _lay_beside(teams[key], rows, first, known, waiting, reading, on)
    reading.errors.sort()
    return reading


def _by_team(rows: list[Row], reading: Reading) -> dict[str, dict[Factor, Row]]:
    by_team: defaultdict[str, dict[Factor, Row]] = defaultdict(dict)
    for row in rows:
        if row.factor in by_team[row.team]:
            reading.wrong(row.place, "factor", _("deze factor staat er twee keer voor dit team"))
        else:
            by_team[row.team][row.factor] = row
    return by_team


def _known(teams: list[int], on: date) -> dict[int, list[Judgements]]:
    """Per team what is in force and what waits."""
    known: defaultdict[int, list[Judgements]] = defaultdict(list)
    held = RiskProfile.objects.of(teams)
    in_force = list(held.in_force_on(on).prefetch_related("judgements"))
    waiting = list(held.filter(state=State.SUBMITTED).prefetch_related("judgements"))
    for profile in in_force + waiting:
        known[profile.team_id].append(judgements_of(profile))
    return known


def _lay_beside(
    team: int,
    rows: dict[Factor, Row],
    first: Place,
    known: dict[int, list[Judgements]],
    waiting: set[int],
    reading: Reading,
    on: date,
) -> None:
    asked = {factor: row.judgement for factor, row in rows.items()}
    if asked in known.get(team, []):
        reading.unchanged += 1
        return
    if missing := [factor.value for factor in CHOSEN if factor not in rows]:
        text = _("voor dit team ontbreekt: %(factors)s") % {"factors": ", ".join(missing)}
        reading.wrong(first, "factor", text)
    if team in waiting:
        reading.wrong(first, "team", _("voor dit team wacht al een ander voorstel"))
    for factor, row in rows.items():
        for attribute, text in objections_to(factor, row.judgement, on=on).items():
            reading.wrong(row.place, COLUMN_OF[attribute], text)
    reading.proposals[team] = asked


# Out ---------------------------------------------------------------------------------------------


def write(on: date) -> str:
    """What is in force, by the names of teams: with a byte order mark and semicolons, as a Dutch
    spreadsheet opens it.
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.name for column in SHEET.columns)
    in_force = RiskProfile.objects.in_force_on(on).values("pk")
    profiles = (
        RiskProfile.objects.filter(pk__in=in_force, team__active=True)
        .select_related("team")
        .prefetch_related("judgements")
        .order_by("team__name", "team_id")
    )
    for profile in profiles:
        writer.writerows(_lines(profile))
    return "\ufeff" + file.getvalue()


def _lines(profile: RiskProfile) -> Iterator[list[str]]:
    for factor, said in judgements_of(profile).items():
        yield [
            profile.team.external_id,
            factor.value,
            str(said.level),
            _text(said.reason),
            said.source_kind,
            _text(said.source),
            said.source_date.isoformat() if said.source_date else "",
            said.uncertainty,
        ]


def _text(cell: str) -> str:
    """A spreadsheet must not take a text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
