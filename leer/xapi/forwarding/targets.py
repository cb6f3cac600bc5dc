"""Targets: made, paused, resumed, removed, and asked how they are. For administrators only."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leer.xapi.forwarding import addresses, sealing
from leer.xapi.models import ForwardTarget
from leer.xapi.selectors import LAST_PLACE
from leer.xapi.store import database
from leer.xapi.store.positions import first_at, moment_of
from leer.xapi.transfer.reading import walk
from leer.xapi.transfer.wanted import Wish

log = logging.getLogger(__name__)
MOST_COUNTED = 10_000  # statements that are looked at to tell how much there is to do
PORTION = 500


def add(
    *,
    name: str,
    endpoint: str,
    key: str,
    secret: str,
    version: str = ForwardTarget._meta.get_field("version").default,
    activity_prefixes: Collection[str] = (),
    verbs: Collection[str] = (),
    batch_size: int = ForwardTarget._meta.get_field("batch_size").default,
    since: datetime | None = None,
) -> ForwardTarget:
    """Make a target, which gets everything (stored ``since``). Raises ``ValidationError``."""
    if not secret:
        raise ValidationError(_("Zonder geheim komt niemand bij het doel binnen."))
    target = ForwardTarget(
        name=name,
        endpoint=addresses.checked(endpoint),
        key=key,
        sealed_secret=sealing.seal(secret),
        version=version,
        activity_prefixes=sorted(activity_prefixes),
        verbs=sorted(verbs),
        batch_size=batch_size,
        position=first_at(since) - 1 if since else -1,
    )
    target.full_clean()
    target.save()
    log.info("target %s made", target.pk)
    return target


def pause(target: ForwardTarget) -> None:
    """Nothing is sent from now on; a batch that is under way is finished."""
    target.paused_at = target.paused_at or timezone.now()
    target.save(update_fields=["paused_at"])


def resume(target: ForwardTarget) -> None:
    """Go on where it was, at once."""
    target.paused_at, target.try_again_at, target.failures = None, None, 0
    target.save(update_fields=["paused_at", "try_again_at", "failures"])


def remove(target: ForwardTarget) -> None:
    """Forget the target with its secret. What it has, it keeps."""
    log.info("target %s removed", target.pk)
    target.delete()


def due() -> list[int]:
    """The targets that may be tried now."""
    now = Q(try_again_at=None) | Q(try_again_at__lte=timezone.now())
    return list(ForwardTarget.objects.filter(now, paused_at=None).values_list("pk", flat=True))


# How much there is to do --------------------------------------------------------------------
@dataclass(frozen=True)
class Backlog:
    """Statements that wait. With ``is_more`` there are more than ``count``; ``since`` is when
    the one that waits longest was stored.
    """

    count: int
    is_more: bool = False
    since: datetime | None = None


def backlog(target: ForwardTarget) -> Backlog:
    """What waits for this target, counted over the next ten thousand statements."""
    wish = Wish.of(target)
    return _counted(target) if wish.is_everything else _picked(target, wish)


_COUNT = """
    select count(*), min(position) from (
        select position from xapi_statementrecord
        where position > %s and not private order by position limit %s
    ) as following
"""


def _counted(target: ForwardTarget) -> Backlog:
    [(count, first)] = database.rows(_COUNT, [target.position, MOST_COUNTED + 1])
    since = moment_of(first) if count else None
    return Backlog(min(count, MOST_COUNTED), count > MOST_COUNTED, since)


def _picked(target: ForwardTarget, wish: Wish) -> Backlog:
    count = looked_at = 0
    since = None
    for portion in walk(after=target.position, before=LAST_PLACE, count=PORTION):
        waiting = wish.pick(portion.statements)
        since = since or (moment_of(waiting[0].place) if waiting else None)
        count += len(waiting)
        looked_at += len(portion.statements)
        if looked_at >= MOST_COUNTED:
            return Backlog(count, not portion.is_last, since)
    return Backlog(count, since=since)
