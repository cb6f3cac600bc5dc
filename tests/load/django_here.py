"""Django in this process: on the data folder that is measured, or on a database of its own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leer.core import embedded


def enter(data: Path, settings: str = "leer.settings.development") -> None:
    """Point Django at this folder and its running database; only then import what needs it."""
    import django

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": embedded.database_url(data),
        "LEER_DATA": str(data),
        "LEER_MEDIA": str(data / "media"),
        "LEER_STATIC": str(data / "static"),
        "LEER_DEMO": "1",
    }
    django.setup()


@contextmanager
def on_an_empty_database(settings: str = "leer.settings.test") -> Iterator[None]:
    """A PostgreSQL in a temporary folder, with all tables; nothing is left of it."""
    folder = Path(tempfile.mkdtemp(prefix="leer-load-"))
    server = embedded.start_postgres(folder)
    try:
        enter(folder, settings)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield
    finally:
        embedded.stop_postgres(server)
        shutil.rmtree(folder, ignore_errors=True)
