"""Moments that somebody plans: in this century."""

from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# PostgreSQL keeps moments that Python cannot read back; one of those in a row breaks every
# list that shows it.
FIRST = datetime(2000, 1, 1, tzinfo=UTC)
LAST = datetime(2100, 1, 1, tzinfo=UTC)


def check_moments(thing: object, *names: str) -> None:
    """Raise ``ValidationError`` for the fields with a moment outside this century."""
    wrong = [name for name in names if not _is_near(getattr(thing, name, None))]
    if wrong:
        said = _("Kies een moment tussen 2000 en 2100.")
        raise ValidationError(dict.fromkeys(wrong, said))


def _is_near(moment: datetime | None) -> bool:
    return moment is None or FIRST <= moment < LAST
