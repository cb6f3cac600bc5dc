"""What a file would do with the inventory, in the words of the screen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cursussen.models import PolicyPage, Standing
from cursussen.policies.importing import DATES, Change
from cursussen.policies.inventory import FIELDS, SEVERAL
from leer.organisation.api import JobFunction

COLUMNS: dict[str, Promise] = {
    "sleutel": _(
        "Vaste naam zonder spaties, zoals geschenken-aannemen. Altijd nodig; verandert niet."
    ),
    "titel": _("Nodig bij een nieuwe afspraak."),
    "eigenaar": _(
        "De afdeling of rol die erover gaat, geen persoon. Bij een nieuwe afspraak nodig."
    ),
    "stand": _("gevonden, beoordeeld, samengevoegd of ingetrokken. Leeg: gevonden."),
    "opgegaan_in": _("Bij samengevoegd: de sleutel van de afspraak die nu geldt."),
    "waarom": _("Bij samengevoegd of ingetrokken: waarom."),
    "regios": _("Waar de afspraak geldt. Leeg: overal."),
    "functies": _("Namen van functies met | ertussen. Leeg: iedereen."),
    "bron": _("Waar de afspraak op rust."),
    "adres": _("Webadres van de bron."),
    "geldt_vanaf": _("Een dag, zoals 31-12-2027."),
    "herzien_op": _("De dag waarop iemand haar opnieuw bekijkt."),
    "kort": _("In één of twee zinnen waar het op neerkomt."),
    "versie": _("Vult Leer in. Laat staan wat er staat."),
}


@dataclass(frozen=True)
class Told:
    """One field that gets another value; ``old`` is empty of what was not there."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class ToldPolicy:
    """One line of the file; ``page_id`` leads to its form, ``None`` of a new policy."""

    title: str
    key: str
    page_id: int | None
    fields: Sequence[Told]
    why: str


def told(changes: Sequence[Change]) -> list[ToldPolicy]:
    """For people: names instead of keys, and days as we write them."""
    names = dict(JobFunction.objects.values_list("external_id", "name")) if changes else {}
    return [
        ToldPolicy(
            title=change.page.draft_title if change.page else change.values["titel"],
            key=change.row.sleutel,
            page_id=change.page.pk if change.page else None,
            fields=list(_fields(change, names)),
            why=change.left_because,
        )
        for change in changes
    ]


def _fields(change: Change, names: Mapping[str, str]) -> Iterator[Told]:
    for column, field in FIELDS.items():
        if column in change.values and (change.page or column != "titel"):
            old, new = change.before.get(column, ""), change.values[column]
            label = str(PolicyPage._meta.get_field(field).verbose_name)
            yield Told(label, _words(column, old, names), _words(column, new, names))


def _words(column: str, value: str, names: Mapping[str, str]) -> str:
    if not value:
        return ""
    if column == "functies":
        return ", ".join(names.get(key, key) for key in value.split(SEVERAL))
    if column in DATES:
        return date_format(date.fromisoformat(value), "j F Y")
    return str(Standing(value).label) if column == "stand" else value
