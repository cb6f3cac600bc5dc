"""Reading one cell: text in, value out, or ``ValueError`` with a reason a person can use."""

import unicodedata
from datetime import date, datetime

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from leer.accounts.api import Role
from leer.organisation.importing.records import EXTRA_ROLES

YES = frozenset({"ja", "true", "waar", "yes", "1"})
NO = frozenset({"nee", "false", "onwaar", "no", "0"})
SEPARATOR = "|"
LONGEST_KEY = 100
LONGEST_NAME = 150
LONGEST_TITLE = 200
LONGEST_EMAIL = 254
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y")


def text(value: str, longest: int = LONGEST_TITLE) -> str:
    """Any text without control characters; may be empty."""
    if len(value) > longest:
        raise ValueError(_("te lang: hoogstens %(longest)d tekens") % {"longest": longest})
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise ValueError(_("bevat een onzichtbaar stuurteken of een regeleinde"))
    return value


def required(value: str, longest: int = LONGEST_TITLE) -> str:
    """Text that may not be empty."""
    if not value:
        raise ValueError(_("is leeg"))
    return text(value, longest)


def key(value: str) -> str:
    """What something is known by, here and in other rows."""
    if SEPARATOR in value:
        raise ValueError(_("mag geen | bevatten"))
    return required(value, LONGEST_KEY)


def reference(value: str) -> str:
    """The key of something else; may be empty."""
    return text(value, LONGEST_KEY)


def title(value: str) -> str:
    """The name of a team or function."""
    return required(value)


def region(value: str) -> str:
    """The name of a region; may be empty."""
    return text(value, LONGEST_KEY)


def given_name(value: str) -> str:
    """A given name; not everybody has one."""
    return text(value, LONGEST_NAME)


def family_name(value: str) -> str:
    """A family name."""
    return required(value, LONGEST_NAME)


def user_name(value: str) -> str:
    """The name somebody signs in with."""
    name = unicodedata.normalize("NFKC", required(value, LONGEST_NAME))
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        raise ValueError(_("mag alleen letters, cijfers en @ . + - _ bevatten")) from None
    return name


def email(value: str) -> str:
    """An address, or nothing: then no reminders can be sent."""
    if not value:
        return value
    try:
        validate_email(text(value, LONGEST_EMAIL))
    except ValidationError:
        raise ValueError(_("is geen e-mailadres")) from None
    return value


def yes_no(value: str) -> bool:
    """Yes or no, in the words that spreadsheets use."""
    word = value.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(_("moet ja of nee zijn"))


def day(value: str) -> date | None:
    """A date, or nothing."""
    if not value:
        return None
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise ValueError(_("is geen datum; schrijf 2026-01-31"))


def several(value: str) -> tuple[str, ...]:
    """Keys with a | between them, each once."""
    return tuple(dict.fromkeys(part for raw in value.split(SEPARATOR) if (part := raw.strip())))


def roles(value: str) -> frozenset[Role]:
    """Extra roles with a | between them."""
    return frozenset(_role(word) for word in several(value.casefold()))


def _role(word: str) -> Role:
    if word not in Role:
        choices = ", ".join(sorted(EXTRA_ROLES))
        raise ValueError(
            _("%(role)s is geen rol; kies uit %(choices)s") % {"role": word, "choices": choices}
        )
    if Role(word) not in EXTRA_ROLES:
        raise ValueError(
            _("%(role)s hoort hier niet: die rol volgt uit het team en de leiding") % {"role": word}
        )
    return Role(word)
