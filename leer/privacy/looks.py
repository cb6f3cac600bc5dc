"""Every look at somebody else's personal data is itself a record, for whom it was about to see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leer.accounts.models import User
from leer.privacy.models import Look

KEEP = timedelta(days=396)  # thirteen months: whoever looks once a year sees the whole year

# Pages that show personal data of others, in the words of whoever reads that it was looked at.
PAGES: dict[str, Promise] = {
    "monitoring:team": _("Mijn team: of je modules te doen, bezig, gedaan of verlopen zijn"),
    "monitoring:team_csv": _(
        "Mijn team, als bestand: of je modules te doen, bezig, gedaan of verlopen zijn"
    ),
    "organisation:import": _("een import uit het personeelssysteem: naam, e-mail, team en functie"),
    "rollout:exemptions": _("vrijstellingen van een programma: je naam, waarvan en waarom"),
    "wagtailusers_users:index": _("de lijst van accounts: naam, e-mail en rollen"),
    "wagtailusers_users:edit": _("je account: naam, e-mail, rollen, laatste aanmelding"),
}


@dataclass(frozen=True)
class Seen:
    """Somebody looked; ``words`` say at what."""

    at: datetime
    viewer: str
    words: Promise | str


def looked(viewer: User, page: str, people: Iterable[int]) -> None:
    """``viewer`` now sees data of these people (ids) on this page; one's own does not count.

    Raises ``KeyError`` for a page that nobody put into words.
    """
    others = sorted(set(people) - {viewer.pk})
    if PAGES[page] and others:
        Look.objects.create(viewer=viewer, page=page, people=others, at=timezone.now())


def looked_at_everybody(viewer: User, page: str) -> None:
    """``viewer`` now sees a list of the organisation."""
    assert PAGES[page]
    Look.objects.create(viewer=viewer, page=page, everybody=True, at=timezone.now())


def looks_at(user: User) -> Iterator[Seen]:
    """Who saw data of this person, the last first."""
    about = Look.objects.filter(Q(people__contains=[user.pk]) | Q(everybody=True))
    for look in about.exclude(viewer=user).select_related("viewer").order_by("-at", "-pk"):
        yield Seen(look.at, str(look.viewer), PAGES.get(look.page, look.page))


def forget(*, now: datetime | None = None) -> int:
    """Remove what is older than thirteen months; how many that were."""
    count, _ = Look.objects.filter(at__lt=(now or timezone.now()) - KEEP).delete()
    return count
