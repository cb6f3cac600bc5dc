"""The web application as granian runs it: Django, and the ledger's own door beside it."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

from leer.core.front.door import Door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leer.settings.development")
django = get_wsgi_application()

from leer.xapi.rest.mount import Mount  # noqa: E402 (needs the settings)

# The event loop waits this long for a thread that computes (a batch takes one 20 ms): with
# Python's own 5 ms it took bodies in too slowly to keep the threads at work. Measured.
sys.setswitchinterval(0.0005)
# What is loaded now stays; looking through the rest less often saves a batch 5 %, measured.
gc.freeze()
gc.set_threshold(20_000, 20, 50)

application = Door(django, [Mount()])
