"""The facts about one person that may be wrong, as that person reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation import api as organisation
from leer.progress import api as progress
from leer.rollout.models import About, Correction, Exemption
from leer.rollout.selectors import assignments_of

LONGEST = 300  # characters, as in ``Correction.fact``


@dataclass(frozen=True)
class Known:
    """One fact: which, and what it says. ``request`` is what was asked about it last."""

    about: About
    reference: str
    words: str
    request: Correction | None = None

    @property
    def sign(self) -> UUID:
        """What it is called in an address: the number of a row would tell who was given something
        before whom.
        """
        said = f"{self.about} {self.reference}"
        signed = salted_hmac("leer.rollout.correcting", said, algorithm="sha256")
        return UUID(bytes=signed.digest()[:16], version=5)


def facts_of(user: User) -> list[Known]:
    """What was done, asked and decided, and where somebody works; no answer and no choice."""
    live = content.modules()
    asked = user.corrections.select_related("decided_by").order_by("asked_at", "pk")
    last = {(one.about, one.reference): one for one in asked}
    return [
        Known(about, reference, words[:LONGEST], last.get((about, reference)))
        for about, reference, words in _facts(user, live)
    ]


def fact_of(user: User, sign: UUID) -> Known | None:
    """This one, if it is there."""
    return next((one for one in facts_of(user) if one.sign == sign), None)


def _facts(user: User, live: content.Modules) -> Iterator[tuple[About, str, str]]:
    for key, stays in progress.stays_of(user).items():
        for stay in stays:
            if stay.completed_at:
                about = About.ELSEWHERE if stay.elsewhere else About.DONE
                yield (
                    about,
                    str(stay.registration),
                    _done(about, _title(key, live), stay.completed_at),
                )
    for row in assignments_of(user):
        values = {"module": _title(row.module_key, live), "day": _day(row.due_on)}
        yield About.ASSIGNED, str(row.pk), _("%(module)s: doen, uiterlijk %(day)s") % values
    holding = Exemption.objects.on(timezone.localdate()).filter(user=user)
    for one in holding.select_related("programme"):
        what = _title(one.module_key, live) if one.module_key else one.programme.title
        yield About.EXEMPT, str(one.pk), _("%(what)s: vrijgesteld") % {"what": what}
    for place in organisation.memberships_of(user):
        yield About.PLACE, str(place.pk), _placed(place)


def _done(about: About, title: str, at: datetime) -> str:
    values = {"module": title, "day": _day(timezone.localdate(at))}
    if about is About.ELSEWHERE:
        return _("%(module)s: elders gedaan op %(day)s") % values
    return _("%(module)s: gedaan op %(day)s") % values


def _placed(place: organisation.Membership) -> str:
    values = {
        "team": place.team.name,
        "function": place.job_function.name,
        "since": _day(place.valid_from),
    }
    if place.valid_until is None:
        return _("%(team)s, %(function)s, sinds %(since)s") % values
    until = {"until": _day(place.valid_until)}
    return _("%(team)s, %(function)s, van %(since)s tot %(until)s") % (values | until)


def _title(module_key: str, live: content.Modules) -> str:
    return live[module_key].title if module_key in live else module_key


def _day(day: date) -> str:
    return date_format(day, "j F Y")
