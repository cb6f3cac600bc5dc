"""Three CSV files as a source: functies.csv, teams.csv and medewerkers.csv.

Each row becomes a record or an error with line and column. What the columns mean is in
``docs/developers/import.md``; a test keeps that page equal to ``SHEETS``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from leer.organisation.importing import values
from leer.organisation.importing.csv_text import Line, NotReadableError, decode, lines
from leer.organisation.importing.errors import RowError
from leer.organisation.importing.records import (
    JobFunctionRecord,
    Kind,
    PersonRecord,
    Place,
    Records,
    TeamRecord,
)


@dataclass(frozen=True)
class Column:
    """A column: its name in the head, the record's attribute, and how a cell is read."""

    name: str
    attribute: str
    read: Callable[[str], Any]
    optional: bool = False


@dataclass(frozen=True)
class Sheet:
    """One of the three files."""

    kind: Kind
    file: str
    record: Callable[..., Any]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        """The column of that name; like SCIM, capitals make no difference."""
        folded = name.casefold()
        return next((column for column in self.columns if column.name.casefold() == folded), None)


FUNCTIONS = Sheet(
    Kind.FUNCTION,
    "functies.csv",
    JobFunctionRecord,
    (
        Column("externalId", "external_id", values.key),
        Column("displayName", "display_name", values.title),
        Column("highRisk", "high_risk", values.yes_no),
    ),
)
TEAMS = Sheet(
    Kind.TEAM,
    "teams.csv",
    TeamRecord,
    (
        Column("externalId", "external_id", values.key),
        Column("displayName", "display_name", values.title),
        Column("region", "region", values.region),
        Column("manager", "managers", values.several),
        Column("parent", "parent", values.reference, optional=True),
    ),
)
PEOPLE = Sheet(
    Kind.PERSON,
    "medewerkers.csv",
    PersonRecord,
    (
        Column("externalId", "external_id", values.key),
        Column("userName", "user_name", values.user_name),
        Column("name.givenName", "given_name", values.given_name),
        Column("name.familyName", "family_name", values.family_name),
        Column("emails.value", "email", values.email),
        Column("title", "function", values.reference),
        Column("department", "team", values.reference),
        Column("active", "active", values.yes_no),
        Column("roles", "roles", values.roles, optional=True),
        Column("startDate", "start_date", values.day, optional=True),
    ),
)
SHEETS = (FUNCTIONS, TEAMS, PEOPLE)


@dataclass
class Reading:
    """What came out of one file so far."""

    sheet: Sheet
    file: str
    records: list[Any] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    rejected: set[tuple[Kind, str]] = field(default_factory=set)

    def wrong(self, line: int, column: str, reason: str) -> None:
        """Keep an error."""
        self.errors.append(RowError(self.file, line, column, reason))


def read_files(files: Mapping[str, bytes | str]) -> Records:
    """The records in these files, by file name. Never raises: what is wrong is in ``errors``."""
    readings: list[Reading] = []
    errors: list[RowError] = []
    for name, content in files.items():
        sheet = sheet_of(name)
        if sheet is None:
            errors.append(RowError(name, 1, "", _unknown_file()))
        elif any(reading.sheet is sheet for reading in readings):
            errors.append(RowError(name, 1, "", _("dit soort bestand is twee keer gegeven")))
        else:
            readings.append(read_sheet(sheet, name, content))
    return _together(readings, errors)


def read_paths(paths: Iterable[Path]) -> Records:
    """The records in these files on disk."""
    return read_files({path.name: path.read_bytes() for path in paths})


def sheet_of(file: str) -> Sheet | None:
    """Which of the three this file is, by the word its name begins with."""
    name = Path(file).name.casefold()
    return next((sheet for sheet in SHEETS if name.startswith(Path(sheet.file).stem)), None)


def read_sheet(sheet: Sheet, file: str, content: bytes | str) -> Reading:
    """Read one file."""
    reading = Reading(sheet, file)
    try:
        text = decode(file, content) if isinstance(content, bytes) else content
    except NotReadableError as unreadable:
        reading.errors.append(unreadable.error)
        return reading
    rows = lines(text)
    head = _without_empty_end(next(rows, Line(1, [])))
    columns = _columns(reading, head)
    if columns is not None:
        for line in rows:
            _read_line(reading, columns, _without_empty_end(line, keep=len(columns)))
    return reading


def wrong_head(sheet: Sheet, text: str) -> list[RowError]:
    """What is wrong with the head alone: is this the file it should be?"""
    reading = Reading(sheet, sheet.file)
    _columns(reading, _without_empty_end(next(lines(text), Line(1, []))))
    return reading.errors


def _columns(reading: Reading, head: Line) -> list[Column | None] | None:
    """The columns in the order of this file; ``None`` when needed ones are missing."""
    found = [reading.sheet.column(name) for name in head.cells]
    needed = [column for column in reading.sheet.columns if not column.optional]
    missing = [column for column in needed if column not in found]
    for column in missing:
        reading.wrong(head.number, column.name, _("deze kolom ontbreekt"))
    for position, (name, known) in enumerate(zip(head.cells, found, strict=True)):
        if known is None:
            reading.wrong(head.number, name, _unknown_column())
        elif known in found[:position]:
            reading.wrong(head.number, name, _("deze kolom staat er twee keer"))
    return None if missing else found


def _read_line(reading: Reading, columns: list[Column | None], line: Line) -> None:
    if reason := line.wrong or _wrong_length(columns, line):
        reading.wrong(line.number, "", reason)
        return
    attributes: dict[str, Any] = {}
    before = len(reading.errors)
    for column, cell in zip(columns, line.cells, strict=True):
        if column is not None:
            try:
                attributes[column.attribute] = column.read(cell)
            except ValueError as error:
                reading.wrong(line.number, column.name, str(error))
    if len(reading.errors) == before:
        place = Place(reading.file, line.number)
        reading.records.append(reading.sheet.record(**attributes, place=place))
    elif external_id := attributes.get("external_id"):
        reading.rejected.add((reading.sheet.kind, external_id))


def _without_empty_end(line: Line, keep: int = 0) -> Line:
    """Spreadsheets like to add empty columns at the right."""
    cells = list(line.cells)
    while len(cells) > keep and not cells[-1]:
        cells.pop()
    return replace(line, cells=cells)


def _wrong_length(columns: list[Column | None], line: Line) -> str:
    if len(line.cells) == len(columns):
        return ""
    counts = {"cells": len(line.cells), "columns": len(columns)}
    return _("heeft %(cells)d cellen; de kop heeft er %(columns)d") % counts


def _together(readings: list[Reading], errors: list[RowError]) -> Records:
    by_kind: dict[Kind, tuple[Any, ...]] = {
        reading.sheet.kind: tuple(reading.records) for reading in readings
    }
    return Records(
        functions=by_kind.get(Kind.FUNCTION),
        teams=by_kind.get(Kind.TEAM),
        people=by_kind.get(Kind.PERSON),
        errors=(*errors, *(error for reading in readings for error in reading.errors)),
        rejected=frozenset(key for reading in readings for key in reading.rejected),
    )


def _unknown_file() -> str:
    names = ", ".join(sheet.file for sheet in SHEETS)
    return _("dit bestand kent Leer niet; de naam moet beginnen als een van: %(names)s") % {
        "names": names
    }


def _unknown_column() -> str:
    return _(
        "deze kolom kent Leer niet; verbeter de naam, of haal de kolom weg: Leer bewaart niet meer"
        " dan nodig is"
    )
