"""Who left: some time later the name goes, and what was done still counts.

Gone is who is inactive and was in no team, led none and did not sign in since the period began
(``FORGET_LEAVERS_MONTHS``). Until then an import that brings them back finds them by their number.
After it (docs/decisions/0016-forgetting.md) the account is a row without a name, and the ledger
has a new random name in the place of theirs, so teams, modules and exposure count as before.

One person after the other, each to the end: killed anywhere, the next night goes on where it was,
and who is nameless is not looked at again.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from leer.accounts.api import NAMELESS, User
from leer.organisation.models import Leadership, Membership
from leer.rollout.api import Exemption
from leer.xapi import api as xapi

logger = logging.getLogger(__name__)


def gone_by(now: datetime, *, months: int | None = None) -> "QuerySet[User]":
    """Who left so long before this moment (by the setting, unless told) that the name should go.

    An account that somebody closed by hand has perhaps no team that it left: then its last
    signing in counts, or else the day on which it was made.
    """
    months = settings.FORGET_LEAVERS_MONTHS if months is None else months
    if not months:
        return User.objects.none()
    since = xapi.months_before(now, months)
    day = timezone.localdate(since)
    stayed = Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    return User.objects.filter(
        ~Exists(Membership.objects.filter(stayed, user=OuterRef("pk"))),
        ~Exists(Leadership.objects.filter(stayed, user=OuterRef("pk"))),
        Q(last_login__isnull=True) | Q(last_login__lte=since),
        is_active=False,
        date_joined__lte=since,
    ).exclude(username__startswith=NAMELESS)


def forget_all(*, now: datetime | None = None, may_go_on: Callable[[], bool] = lambda: True) -> int:
    """Take the names off whoever is due; how many that were. One who cannot be done is passed
    over, and stands in the log by number.
    """
    count = 0
    for user in gone_by(now or timezone.now()).order_by("pk"):
        if not may_go_on():
            break
        try:
            forget(user)
        except xapi.CannotErase as error:
            logger.warning("account %s keeps its name: %s", user.pk, error)
        else:
            count += 1
    return count


def forget(user: User) -> None:
    """Take this one's name off. First what is said of them in words; the account is last, so that
    who was not done to the end is found again.
    """
    with transaction.atomic():
        exempt = Exemption.objects.filter(user=user)
        exempt.update(reason="")
        exempt.exclude(ended_because="").update(ended_because=gettext("gewist"))
        accounts = ContentType.objects.get_for_model(User)
        entries = ModelLogEntry.objects.filter(content_type=accounts, object_id=str(user.pk))
        entries.update(label="", data={})
    address = xapi.at_address(user.email) if user.email else []
    known_as = [*xapi.at_account(str(user.actor_name)), *address]
    xapi.take_out(xapi.Person.known_as(known_as), reduce=False)
