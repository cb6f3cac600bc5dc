"""The Celery application: what runs in the background and when.

Every piece of work is a row first (``leer.core.models.Job``); Celery only says "look at this
row". So a broker or worker that dies delays work, and the sweep below picks it up again.
"""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

from leer.schedule import BEAT_SCHEDULE

TRANSPORT_ALIASES["leerdb"] = "leer.core.background.transport:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leer.settings.development")

app = Celery("leer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_configure.connect
def _finish_set_up(sender: Celery, **kwargs: object) -> None:
    """Here, because setting it any sooner would read Django's settings while they are made."""
    sender.conf.beat_schedule = BEAT_SCHEDULE


@app.on_after_finalize.connect
def _add_pulse(sender: Celery, **kwargs: object) -> None:
    from django.apps import apps

    if apps.ready:
        from leer.core.background.pulse import Pulse

        sender.steps["worker"].add(Pulse)
