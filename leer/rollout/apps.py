"""Django's view of the rollout, and what it listens to."""

from typing import Any

from django.apps import AppConfig


class RolloutConfig(AppConfig):
    """Assignments; joiners get what everybody gets."""

    name = "leer.rollout"
    label = "rollout"
    verbose_name = "Uitrol"

    def ready(self) -> None:
        """New people, or a new module, may mean new assignments; the page of a team's risk shows
        its waves. And to people who are taken out of the ledger.
        """
        from wagtail.signals import page_published

        from cursussen.models import ModulePage
        from leer.organisation.signals import people_imported
        from leer.risk.api import tell_waves
        from leer.rollout.correcting import forgetting as correcting
        from leer.rollout.programmes.firmness import waves_on
        from leer.rollout.recognising import forgetting
        from leer.xapi import api as xapi

        xapi.person_left.connect(forgetting.forget, dispatch_uid="rollout-person-left")
        xapi.person_left.connect(correcting.forget, dispatch_uid="corrections-person-left")
        tell_waves(waves_on)
        people_imported.connect(_give_base_modules, dispatch_uid="rollout-joiners")
        page_published.connect(
            _give_base_modules, sender=ModulePage, dispatch_uid="rollout-new-module"
        )


def _give_base_modules(**kwargs: Any) -> None:
    from leer.rollout.tasks import give_base_modules

    give_base_modules.enqueue()
