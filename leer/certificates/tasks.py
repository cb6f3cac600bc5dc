"""The nightly work of certificates."""

from celery import shared_task

from leer.certificates import issuing


@shared_task
def tell_what_expired() -> None:
    """Tell the ledger whose time is over."""
    issuing.tell_what_expired()
