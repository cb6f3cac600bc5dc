"""The policy: what a role may see of others, by what it tells (``Kind``).

What stands in ``POLICY`` is all there is: a kind that a role is not named with, it does not see.
Of oneself everybody sees everything, on *Mijn gegevens*. Each page says in ``leer.access.SHOWS``
what it shows of others; the door (``leer.privacy.middleware``) lays that beside this table, for
every request, and ``tests/privacy/test_policy.py`` for every page.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from leer.accounts.access import named
from leer.accounts.roles import Role
from leer.privacy.facilities import Facility
from leer.privacy.kinds import WHAT, Kind


class Form(StrEnum):
    """In which form something of others is seen."""

    ROWS = "rows"
    NAME = "name"
    STATES = "states"
    EXEMPTION = "exemption"
    ASSIGNED = "assigned"
    REQUEST = "request"
    UNNAMED = "unnamed"
    COUNTS = "counts"
    GROUPS = "groups"
    REASONS = "reasons"


FORMS: dict[Form, Promise] = {
    Form.ROWS: _("alles wat er staat"),
    Form.NAME: _("de naam"),
    Form.STATES: _("te doen, bezig, gedaan of verlopen, van het eigen team"),
    Form.EXEMPTION: _("een vrijstelling met haar reden"),
    Form.ASSIGNED: _("welke module iemand kreeg en tot wanneer, niet hoe ver iemand is"),
    Form.REQUEST: _("wat iemand zelf vroeg: iets mee te tellen, met het bewijs, of te verbeteren"),
    Form.UNNAMED: _("feiten onder een teken dat elke dag anders is"),
    Form.COUNTS: _("aantallen"),
    Form.GROUPS: _("aantallen over grote groepen"),
    Form.REASONS: _("de eigen beurt, met redenen in gewone woorden"),
}

POLICY: dict[Kind, dict[Role, set[Form]]] = {
    Kind.WHO: {
        Role.MANAGER: {Form.NAME},
        Role.PROGRAMME: {Form.NAME},
        Role.ADMINISTRATOR: {Form.ROWS},
    },
    Kind.A: {
        Role.MANAGER: {Form.STATES, Form.COUNTS},
        Role.EDITOR: {Form.GROUPS},
        Role.CHIEF_EDITOR: {Form.GROUPS},
        Role.PROGRAMME: {
            Form.COUNTS,
            Form.EXEMPTION,
            Form.ASSIGNED,
            Form.REQUEST,
            Form.UNNAMED,
        },
        Role.ADMINISTRATOR: {Form.UNNAMED},
    },
    Kind.B: {
        Role.MANAGER: {Form.GROUPS},
        Role.EDITOR: {Form.GROUPS},
        Role.CHIEF_EDITOR: {Form.GROUPS},
        Role.PROGRAMME: {Form.GROUPS},
    },
    Kind.C: {},
    Kind.D: {
        Role.MANAGER: {Form.REASONS},
        Role.PROGRAMME: {Form.ROWS},
    },
    Kind.DUTY: {
        Role.EDITOR: {Form.ROWS},
        Role.CHIEF_EDITOR: {Form.ROWS},
        Role.PROGRAMME: {Form.ROWS},
        Role.ADMINISTRATOR: {Form.ROWS},
    },
    Kind.HIDDEN: {},
}


@dataclass(frozen=True)
class Shown:
    """What a page shows of others, or does with it. ``needs``: what the works council must have
    decided; where that is off, the view ``otherwise`` (a dotted path) stands in its place, or else
    a page that tells why. ``asked_in_view``: the view asks, in a query that it makes anyway.
    ``always`` says why it needs no decision.
    """

    of: Mapping[Kind, Collection[Form]] = field(default_factory=dict)
    needs: tuple[Facility, ...] = ()
    otherwise: str = ""
    asked_in_view: bool = False
    always: Promise | None = None

    def may_be_seen_by(self, roles: Collection[Role]) -> bool:
        """Whether one of these roles may see all of it."""
        return not self.of or any(self._by(role) for role in roles)

    def _by(self, role: Role) -> bool:
        return all(set(forms) <= POLICY[kind].get(role, set()) for kind, forms in self.of.items())


NOTHING = Shown()


def shown_by(view_name: str, path: str) -> Shown | None:
    """What the page at this URL shows of others; ``None`` where nobody said so."""
    table: Mapping[str, Shown] = import_string(settings.SHOWS_TABLE)
    return named(table, view_name, path)


def without_decision() -> list[tuple[str, list[Promise]]]:
    """Why pages with data of others need no decision, and what those tell: for who wonders."""
    table: Mapping[str, Shown] = import_string(settings.SHOWS_TABLE)
    found: dict[str, dict[Kind, Promise]] = {}
    for shown in table.values():
        if shown.always:
            kinds = found.setdefault(str(shown.always), {})
            kinds |= {kind: WHAT[kind] for kind in shown.of}
    return [(why, list(kinds.values())) for why, kinds in found.items()]
