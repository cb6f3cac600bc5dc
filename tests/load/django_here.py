"""Django in this process, on the data folder that is measured."""

import os
from pathlib import Path

from leer.core import embedded


def enter(data: Path) -> None:
    """Point Django at this folder and its running database; only then import what needs it."""
    import django

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "leer.settings.development",
        "DATABASE_URL": embedded.database_url(data),
        "LEER_DATA": str(data),
        "LEER_MEDIA": str(data / "media"),
        "LEER_STATIC": str(data / "static"),
        "LEER_DEMO": "1",
    }
    django.setup()
