"""Every look at somebody else's personal data is itself a record, for whom it was about to see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leer.accounts.models import User
from leer.privacy.models import Look

KEEP = timedelta(days=396)  # thirteen months: whoever looks once a year sees the whole year

MONTHS = timedelta(days=80)  # back from the first of this month: three of them
AS_DEPUTY = " (vervanger)"  # after the page, when somebody looked in the place of another

# Pages that show personal data of others, in the words of whoever reads that it was looked at.
PAGES: dict[str, Promise] = {
    "certificates:check": _("een certificaat van jou: wat je er zelf op liet zetten"),
    "monitoring:team": _("Mijn team: of je modules te doen, bezig, gedaan of verlopen zijn"),
    "monitoring:team_csv": _(
        "Mijn team, als bestand: of je modules te doen, bezig, gedaan of verlopen zijn"
    ),
    f"monitoring:team{AS_DEPUTY}": _(
        "Mijn team, als vervanger van je leidinggevende: of je modules te doen, bezig, gedaan of"
        " verlopen zijn"
    ),
    f"monitoring:team_csv{AS_DEPUTY}": _(
        "Mijn team, als bestand, als vervanger van je leidinggevende: of je modules te doen, bezig,"
        " gedaan of verlopen zijn"
    ),
    "organisation:import": _("een import uit het personeelssysteem: naam, e-mail, team en functie"),
    "organisation:deputies": _("de lijst van vervangingen: wie wie vervangt, en wanneer"),
    "rollout:correction": _("je verzoek om iets te verbeteren, en wat er staat"),
    "rollout:equivalence": _("je verzoek om elders gedaan te laten meetellen, met je bewijs"),
    "rollout:exemptions": _("vrijstellingen van een programma: je naam, waarvan en waarom"),
    "rollout:withdrawal": _("een module die bij jou is ingetrokken: welke, en waarom"),
    "rollout:withdrawals": _("welke modules je kreeg en tot wanneer, om er een in te trekken"),
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


@dataclass(frozen=True)
class Month:
    """How often one page was looked at in a month, at least: in steps of k, and nothing (0) where
    fewer than k people looked.
    """

    words: Promise | str
    month: date
    looks: int


def by_page_and_month(*, on: date | None = None) -> list[Month]:
    """The last months that are over, the latest first. Never the month that still runs: what came
    in since yesterday would be somebody's.
    """
    this_month = (on or timezone.localdate()).replace(day=1)
    first = (this_month - MONTHS).replace(day=1)
    k = settings.DISCLOSURE_K
    counted = (
        Look.objects.filter(at__date__gte=first, at__date__lt=this_month)
        .values("page", month=TruncMonth("at"))
        .annotate(looks=Count("pk"), viewers=Count("viewer", distinct=True))
        .order_by("-month", "page")
    )
    return [
        Month(
            PAGES.get(row["page"], row["page"]),
            row["month"].date(),
            row["looks"] // k * k if row["viewers"] >= k else 0,
        )
        for row in counted
    ]


def forget(*, now: datetime | None = None) -> int:
    """Remove what is older than thirteen months; how many that were."""
    count, _ = Look.objects.filter(at__lt=(now or timezone.now()) - KEEP).delete()
    return count
