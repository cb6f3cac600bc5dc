"""What every test stands on: a real PostgreSQL of its own, started here and stopped after.

Set ``DATABASE_URL`` to test against another PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import dj_database_url
import hypothesis
import psycopg
from django.conf import settings

from leer.core import embedded
from leer.core.translations import compile_all
from tests.support.emptying import empty_quickly

# Settings are read before this file, so what they should have found is put right here;
# processes that tests start find it in their environment.
FOLDER = Path(tempfile.mkdtemp(prefix="leer-test-"))
os.environ |= {
    "LEER_DATA": str(FOLDER),
    "LEER_MEDIA": str(FOLDER / "media"),
    "LEER_STATIC": str(FOLDER / "static"),
}
settings.MEDIA_ROOT = FOLDER / "media" / "private"


def _start_database() -> None:
    server = embedded.start_postgres(FOLDER)
    os.environ["DATABASE_URL"] = embedded.database_url(FOLDER)
    settings.DATABASES["default"].update(dj_database_url.parse(os.environ["DATABASE_URL"]))
    _never_wait_for_the_disk(os.environ["DATABASE_URL"])
    atexit.register(embedded.stop_postgres, server)


def _never_wait_for_the_disk(url: str) -> None:
    """This database may be lost with the machine. A process that is killed loses nothing by it."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"alter system set {setting} = off")
        connection.execute("select pg_reload_conf()")


atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)  # runs after the server stopped
if not os.environ.get("DATABASE_URL"):
    _start_database()
compile_all()
empty_quickly()
# How long an example takes says how busy the machine is, and nothing of whether it holds.
hypothesis.settings.register_profile("leer", deadline=None)
hypothesis.settings.load_profile("leer")
