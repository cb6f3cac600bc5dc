"""The annex for the DPIA: the register as a table that a privacy officer reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from leer.accounts.roles import Role
from leer.privacy.kinds import SEEN_BY, WHAT, Kind
from leer.privacy.policy import FORMS, POLICY
from leer.privacy.register import REGISTER, Record, name_of

# Everybody else sees nothing of others.
POLICY_ROLES = [role for role in Role if role != Role.EMPLOYEE]


@dataclass(frozen=True)
class Line:
    """One model, as far as it tells one kind of thing about persons."""

    name: str
    label: str
    kind: Kind
    fields: str
    purpose: str
    keeping: str


def lines() -> Iterator[Line]:
    """Every model that tells something of persons, by kind."""
    for kind in Kind:
        for label, record in REGISTER.items():
            if kind in record.kinds:
                yield _line(label, record, kind)


def _line(label: str, record: Record, kind: Kind) -> Line:
    return Line(
        name=name_of(label),
        label=label,
        kind=kind,
        fields=", ".join(record.fields(kind)),
        purpose=str(record.purpose.label),
        keeping=str(record.keeping.words),
    )


def document() -> str:
    """The annex as Markdown, in Dutch."""
    with translation.override("nl"):
        return "\n".join(_document()) + "\n"


def _document() -> Iterator[str]:
    yield "# " + _("Bijlage bij de DPIA: welke persoonsgegevens Leer bewaart")
    yield ""
    yield _(
        "Gemaakt door `manage.py privacy_annex` uit `leer/privacy/register.py`. Een test legt het"
        " register naast elk veld van elk model: een veld dat er niet in staat, houdt de bouw"
        " tegen."
    )
    yield from _policy()
    for kind in SEEN_BY:
        yield from _section(kind)
    yield from ("", f"## {_('Meldingen van een benadering (klasse E)')}", "")
    yield _("Staan nooit in Leer. Er is geen veld voor.")


def _policy() -> Iterator[str]:
    """The policy as a table: per kind what each role may see of others."""
    yield from ("", f"## {_('Wat een rol van anderen mag zien')}", "")
    yield _("Van jezelf zie je alles. Wat hier niet staat, ziet een rol niet.")
    yield from ("", _row(_("gegevens"), *POLICY_ROLES), "|---" * (len(POLICY_ROLES) + 1) + "|")
    for kind, roles in POLICY.items():
        cells = [
            ", ".join(str(FORMS[form]) for form in FORMS if form in roles.get(role, ()))
            for role in POLICY_ROLES
        ]
        yield _row(str(WHAT[kind]), *cells)


def _section(kind: Kind) -> Iterator[str]:
    yield from ("", f"## {capfirst(str(WHAT[kind]))}", "")
    yield _("Wie ziet dit: %(who)s.") % {"who": SEEN_BY[kind]}
    yield ""
    of_kind = [line for line in lines() if line.kind == kind]
    if not of_kind:
        yield _("Leer bewaart hiervan niets.")
        return
    yield _row(_("gegevens"), _("velden"), _("waarvoor"), _("hoe lang"))
    yield "|---|---|---|---|"
    for line in of_kind:
        name = f"{line.name} (`{line.label}`)"
        yield _row(name, f"`{line.fields}`", line.purpose, line.keeping)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
