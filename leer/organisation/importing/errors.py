"""What can be wrong with an import, told to the person who can mend it."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from leer.organisation.importing.plan import ImportPlan


@dataclass(frozen=True, order=True)
class RowError:
    """One thing that is wrong in one place. An empty ``column`` is about the whole line."""

    file: str
    line: int
    column: str
    reason: str

    def as_json(self) -> dict[str, str | int]:
        """For storing with the import run."""
        return asdict(self)


class ImportRefusedError(Exception):
    """Nothing was imported: rows are wrong, or the plan as a whole goes too far."""

    def __init__(self, plan: "ImportPlan") -> None:
        self.plan = plan
        super().__init__("; ".join((*plan.objections, *_in_short(plan.errors))))


class PlanOutdatedError(Exception):
    """Nothing was imported: the database changed since this plan was made.

    ``fresh`` is the plan for the database as it is now.
    """

    def __init__(self, fresh: "ImportPlan") -> None:
        self.fresh = fresh
        super().__init__(_("De gegevens zijn veranderd sinds dit overzicht is gemaakt."))


def _in_short(errors: tuple[RowError, ...]) -> tuple[str, ...]:
    if not errors:
        return ()
    text = ngettext(
        "%(count)d fout in de bestanden", "%(count)d fouten in de bestanden", len(errors)
    )
    return (text % {"count": len(errors)},)
