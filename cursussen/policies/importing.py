"""The inventory comes in: a line per policy, drafts only.

All or nothing: with one mistake nothing is written. Nothing goes online by it; that takes a second
person. An empty cell or a column that is not there says nothing. A policy that is known already
changes only when the file carries the ``versie`` that it still has, so that nobody's work is lost;
otherwise it is left. What says the same is left too: the same file twice changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from cursussen.approval import in_judgement
from cursussen.models import BasePage, PolicyIndexPage, PolicyPage, Standing
from cursussen.policies.inventory import FIELDS, FILE, SEVERAL, Listed, inventory, plain
from leer.accounts.api import User
from leer.core.spreadsheet import FORMULA
from leer.organisation.api import Column, JobFunction, Kind, Place, RowError, Sheet, read_sheet
from leer.organisation.api import cells as read_cell

DATES = ("geldt_vanaf", "herzien_op")


@dataclass(frozen=True)
class Row:
    """One line of the file, as text that is compared with what is known."""

    sleutel: str
    titel: str = ""
    eigenaar: str = ""
    stand: str = ""
    opgegaan_in: str = ""
    waarom: str = ""
    regios: str = ""
    functies: str = ""
    bron: str = ""
    adres: str = ""
    geldt_vanaf: str = ""
    herzien_op: str = ""
    kort: str = ""
    versie: str = ""
    place: Place = field(kw_only=True, compare=False)

    @property
    def said(self) -> dict[str, str]:
        """What it says of the policy, by column."""
        return {name: value for name, value in asdict(self).items() if name in FIELDS and value}


@dataclass(frozen=True)
class Change:
    """What a line asks: these columns get these words instead of those ``before``. ``page`` is
    ``None`` of a new policy; ``left_because`` tells why nothing will be done.
    """

    row: Row
    values: Mapping[str, str]
    page: PolicyPage | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    left_because: str = ""


@dataclass
class Plan:
    """What a file asks for; ``left`` is what it asks and does not get."""

    made: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    same: int = 0
    errors: list[RowError] = field(default_factory=list)

    def wrong(self, row: Row, column: str, reason: str) -> None:
        """Keep a mistake."""
        self.errors.append(RowError(row.place.file, row.place.line, column, reason))


# One cell ----------------------------------------------------------------------------------------


def _words(longest: int, value: str) -> str:
    """Text of one line or more; the mark that keeps a spreadsheet from calculating goes off."""
    marked = value.startswith("'") and value[1:].startswith(FORMULA)
    words = plain(value[1:] if marked else value)
    if len(words) > longest:
        raise ValueError(_("te lang: hoogstens %(longest)d tekens") % {"longest": longest})
    return words


def _key(value: str) -> str:
    try:
        validate_slug(read_cell.key(value))
    except ValidationError:
        raise ValueError(_("gebruik alleen letters, cijfers, - en _")) from None
    return value


def _standing(value: str) -> str:
    word = value.casefold()
    if word and word not in Standing:
        choices = ", ".join(Standing.values)
        raise ValueError(_("moet een van deze zijn: %(choices)s") % {"choices": choices})
    return word


def _address(value: str) -> str:
    try:
        if value:
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        raise ValueError(_("is geen webadres; schrijf https://…")) from None
    return _words(200, value)


def _day(value: str) -> str:
    return plain(read_cell.day(value))


READ: dict[str, Callable[[str], str]] = {
    "titel": partial(_words, 255),
    "eigenaar": partial(_words, 200),
    "stand": _standing,
    "opgegaan_in": read_cell.reference,
    "waarom": partial(_words, 400),
    "regios": partial(_words, 300),
    "functies": partial(_words, 2000),
    "bron": partial(_words, 300),
    "adres": _address,
    "geldt_vanaf": _day,
    "herzien_op": _day,
    "kort": partial(_words, 600),
    "versie": read_cell.reference,
}
SHEET = Sheet(
    Kind.TEAM,
    FILE,
    Row,
    (
        Column("sleutel", "sleutel", _key),
        *(Column(name, name, read, optional=True) for name, read in READ.items()),
    ),
)


# The whole file ----------------------------------------------------------------------------------


def read(name: str, content: bytes) -> Plan:
    """Lay the file beside what is known; writes nothing."""
    sheet = read_sheet(SHEET, name, content)
    plan = Plan(errors=list(sheet.errors))
    rows = _once(sheet.records, plan)
    known = {one.page.key: one for one in inventory()}
    functions, busy = _functions(), in_judgement(PolicyPage)
    for key, row in rows.items():
        values = row.said | _function_keys(row, functions, plan)
        _check(row, values, known, rows, plan)
        _lay_beside(row, values, known.get(key), busy, plan)
    _refuse_taken(plan)
    plan.errors.sort()
    return plan


def _once(rows: list[Row], plan: Plan) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if row.sleutel in found:
            plan.wrong(row, "sleutel", _("deze sleutel staat er twee keer; houd één regel over"))
        found.setdefault(row.sleutel, row)
    return found


def _functions() -> dict[str, str]:
    """The key of each job function, by key and by name."""
    keys = list(JobFunction.objects.values_list("external_id", "name"))
    by_name = {name.casefold(): key for key, name in keys}
    return by_name | {key.casefold(): key for key, _name in keys}


def _function_keys(row: Row, known: Mapping[str, str], plan: Plan) -> dict[str, str]:
    asked = read_cell.several(row.functies)
    for name in asked:
        if name.casefold() not in known:
            words = _("Leer kent geen functie ‘%(name)s’; zet | tussen twee functies")
            plan.wrong(row, "functies", words % {"name": name})
    keys = sorted({known[name.casefold()] for name in asked if name.casefold() in known})
    return {"functies": SEVERAL.join(keys)} if keys else {}


def _check(
    row: Row,
    values: Mapping[str, str],
    known: Mapping[str, Listed],
    rows: Mapping[str, Row],
    plan: Plan,
) -> None:
    """What must be there once the line is in."""
    listed = known.get(row.sleutel)
    result = {**(listed.cells if listed else {}), **values}
    for column in ("titel", "eigenaar"):
        if not result.get(column):
            plan.wrong(row, column, _("is leeg; een nieuwe afspraak heeft dit nodig"))
    into = values.get("opgegaan_in", "")
    if into and (into == row.sleutel or (into not in known and into not in rows)):
        words = _("er is geen andere afspraak met de sleutel ‘%(key)s’")
        plan.wrong(row, "opgegaan_in", words % {"key": into})
    if result.get("stand") == Standing.MERGED and not result.get("opgegaan_in"):
        plan.wrong(row, "opgegaan_in", _("schrijf de sleutel van de afspraak die nu geldt"))
    if result.get("stand") == Standing.WITHDRAWN and not result.get("waarom"):
        plan.wrong(row, "waarom", _("schrijf waarom de afspraak is ingetrokken"))


def _lay_beside(
    row: Row, values: Mapping[str, str], listed: Listed | None, busy: set[int], plan: Plan
) -> None:
    if listed is None:
        plan.made.append(Change(row, values))
        return
    other = {name: value for name, value in values.items() if value != listed.cells[name]}
    before = {name: listed.cells[name] for name in other}
    change = Change(row, other, listed.page, before, _why_left(row, listed, busy))
    if not other:
        plan.same += 1
    elif change.left_because:
        plan.left.append(change)
    else:
        plan.changed.append(change)


def _why_left(row: Row, listed: Listed, busy: set[int]) -> str:
    if not row.versie:
        return _("Het bestand zegt niet van welke versie het is. Haal eerst de lijst op uit Leer.")
    if row.versie != listed.cells["versie"]:
        return _("Hier is intussen iets veranderd. Haal de lijst opnieuw op uit Leer.")
    if listed.page.pk in busy or listed.page.locked:
        return _("Iemand beoordeelt deze afspraak nu, of zij is vergrendeld. Wacht daarop.")
    return ""


def _refuse_taken(plan: Plan) -> None:
    """A key is of one page, whatever its kind; and it is the address of a new policy."""
    made = {change.row.sleutel: change.row for change in plan.made}
    pages = BasePage.objects.filter(key__in=made).values_list("key", flat=True)
    below = PolicyIndexPage.objects.get().get_children().filter(slug__in=made)
    for key in {*pages, *below.values_list("slug", flat=True)}:
        plan.wrong(made[key], "sleutel", _("een andere pagina heeft deze sleutel; kies een andere"))


# Writing -----------------------------------------------------------------------------------------


@transaction.atomic
def write(plan: Plan, user: User | None = None) -> None:
    """New drafts, and new drafts of what is known. Nothing when something is wrong."""
    if plan.errors:
        raise ValueError("a file with mistakes is not written")
    pages = [(_new_draft(change), change) for change in plan.made]
    pages += [
        (change.page.get_latest_revision_as_object(), change)
        for change in plan.changed
        if change.page
    ]
    for page, change in pages:
        _fill(page, change.values)
        page.save_revision(user=user, clean=False, log_action=True)


def _new_draft(change: Change) -> PolicyPage:
    key = change.row.sleutel
    page = PolicyPage(key=key, slug=key, title=change.values["titel"], live=False)
    _fill(page, {name: value for name, value in change.values.items() if name != "opgegaan_in"})
    return PolicyIndexPage.objects.get().add_child(instance=page)


def _fill(page: PolicyPage, values: Mapping[str, str]) -> None:
    for column, value in values.items():
        if column == "functies":
            page.holds_for = JobFunction.objects.filter(external_id__in=value.split(SEVERAL))
        elif column == "opgegaan_in":
            page.merged_into = PolicyPage.objects.get(key=value)
        else:
            setattr(page, FIELDS[column], date.fromisoformat(value) if column in DATES else value)
