"""The nightly work of privacy."""

from celery import shared_task

from leer.privacy import looks


@shared_task
def forget_old_looks() -> None:
    """Who looked at what more than thirteen months ago."""
    looks.forget()
