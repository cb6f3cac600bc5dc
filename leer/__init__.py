"""Leer: training delivery for a customs service's integrity programme.

The Celery application is made here so that ``enqueue`` in any process finds it.
"""

from leer.celery import app as celery_app

__all__ = ["celery_app"]
