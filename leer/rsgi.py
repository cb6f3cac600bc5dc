"""The web application as granian runs it: Django, and the ledger's own door beside it."""

import os

from django.core.wsgi import get_wsgi_application

from leer.core.front.door import Door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leer.settings.development")
django = get_wsgi_application()

from leer.xapi.rest.mount import Mount  # noqa: E402 (needs the settings)

application = Door(django, [Mount()])
