"""Background work of the rollout."""

from django.tasks import task

from leer.rollout.actions import assign_base_modules


@task()
def give_base_modules() -> None:
    """Everybody who lacks a base module gets it; running twice changes nothing."""
    assign_base_modules()
