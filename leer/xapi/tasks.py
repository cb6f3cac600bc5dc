"""Background work of the ledger.

Forwarding has no ``Job`` rows: how far a target is stands in its row, and every question of the
clock is a sweep (``leer.xapi.forwarding``).
"""

from celery import shared_task

from leer.xapi import retention, usage
from leer.xapi.forwarding import targets
from leer.xapi.forwarding.delivering import Outcome, deliver
from leer.xapi.store import partitions

EXPIRES = 60  # seconds after which a message is of no use: the clock has asked again


@shared_task
def forward_due() -> None:
    """Ask for every target that may be tried now, each in a message of its own."""
    for target_id in targets.due():
        forward_to.apply_async([target_id], expires=EXPIRES)


@shared_task
def forward_to(target_id: int) -> None:
    """Deliver for a while; when there is more, go to the end of the queue for it."""
    if deliver(target_id) is Outcome.MORE:
        forward_to.apply_async([target_id], expires=EXPIRES)


@shared_task
def ensure_years() -> None:
    """The coming years have their partitions; counts of requests that are over are forgotten."""
    partitions.ensure_coming_years()
    usage.forget_old()


@shared_task
def apply_retention() -> None:
    """What was kept long enough goes (``leer.xapi.retention``)."""
    retention.apply_all()
