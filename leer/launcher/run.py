"""The order of events of one start."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from leer.core import embedded
from leer.demo import sign_ins
from leer.launcher.folder import CannotStart, DataFolder
from leer.launcher.prepared import is_prepared, mark_prepared
from leer.launcher.processes import Crew, KeepsFalling, Managed, boot, left_behind, stop_sessions

MANAGE = embedded.PROJECT_DIR / "manage.py"
DEFAULT_DATA = embedded.PROJECT_DIR / ".leer"
WAIT_FOR_WEB = 60.0
ANY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 (only when asked for with --host)


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    data: Path
    host: str
    port: int
    demo: bool


Tell = Callable[[str], None]


def run(options: Options, tell: Tell) -> None:
    """Start everything, say where, and stay until told to stop."""
    began = time.monotonic()
    folder = DataFolder(options.data)
    folder.prepare()
    os.umask(0o077)  # so for every process that is started from here: nobody else reads along
    with folder.held():
        folder.keep_demo(demo=options.demo)
        _recover(folder, tell)
        _check_port(options)
        with _asked_to_stop_is_an_exception(), contextlib.suppress(KeyboardInterrupt):
            _serve(options, folder, tell, began)
    tell("Leer is gestopt. Alles is bewaard.")


def _serve(options: Options, folder: DataFolder, tell: Tell, began: float) -> None:
    crew = Crew()
    tell("Database starten …")
    with _reason_why_not(folder):
        database = embedded.start_postgres(folder.path)
    try:
        env = _environment(options, folder)
        _remember(options, folder, crew)
        if not is_prepared(folder.path, demo=options.demo):
            _prepare(options, env, tell)
            mark_prepared(folder.path, demo=options.demo)
        tell("Webserver starten …")
        for member in _members(options, folder, env):
            crew.start(member)
            _remember(options, folder, crew)
            if member.name == "web":  # alone on the processors, it is there sooner
                _wait_for_web(options, crew)
        _announce(options, folder, tell, time.monotonic() - began)
        while True:
            time.sleep(1)
            _revive_database(database, folder, tell)
            crew.watch(tell, lambda: _remember(options, folder, crew))
    except KeepsFalling as error:
        raise CannotStart(str(error)) from error
    finally:
        tell("Leer stopt …")
        crew.stop()
        embedded.stop_postgres(database)
        folder.running_file.unlink(missing_ok=True)


def _revive_database(database: Any, folder: DataFolder, tell: Tell) -> None:
    if not embedded.is_running(database):
        tell("De database is gestopt en wordt opnieuw gestart.")
        with _reason_why_not(folder):
            embedded.revive_postgres(database)


def _recover(folder: DataFolder, tell: Tell) -> None:
    """End what an earlier start left behind when it was killed."""
    running = folder.read_running()
    if not running:
        return
    tell("De vorige keer is Leer niet netjes gestopt; dat wordt nu hersteld …")
    if running.get("boot") == boot():
        stop_sessions(left_behind(running.get("processes", [])))
    folder.running_file.unlink()


def _remember(options: Options, folder: DataFolder, crew: Crew) -> None:
    folder.write_running(
        {
            "address": _address(options),
            "pid": os.getpid(),
            "boot": boot(),
            "processes": [member.record() for member in crew.members],
        }
    )


def _check_port(options: Options) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            raise CannotStart(
                f"Poort {options.port} is al in gebruik of niet toegestaan ({error.strerror}).\n"
                f"Kies een andere, bijvoorbeeld: --port {options.port + 1}"
            ) from error


@contextlib.contextmanager
def _reason_why_not(folder: DataFolder) -> Iterator[None]:
    try:
        yield
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        raise CannotStart(
            f"PostgreSQL start niet: {error}\nKijk in {folder.path / 'postgres' / 'log'}."
        ) from error


def _environment(options: Options, folder: DataFolder) -> dict[str, str]:
    media = folder.path / "media" if folder.path != DEFAULT_DATA else None
    return (
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "leer.settings.development",
            "DATABASE_URL": embedded.database_url(folder.path),
            "LEER_DATA": str(folder.path),
            "LEER_MEDIA": str(media or embedded.PROJECT_DIR / "media"),
            "LEER_STATIC": str(folder.path / "static"),
            "LEER_BASE_URL": _address(options),
            "LEER_HOSTS": _hosts(options),
        }
        | (sign_ins.ENVIRONMENT if options.demo else {})
    )


def _prepare(options: Options, env: dict[str, str], tell: Tell) -> None:
    """Migrations, translations, static files and (once) the demo, in a process of their own."""
    command = [sys.executable, str(MANAGE), "prepare", *(["--demo"] if options.demo else [])]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                tell(line.rstrip())
        except KeyboardInterrupt:
            process.terminate()
            raise
    if process.returncode:
        raise CannotStart("Het klaarzetten is niet gelukt; hierboven staat waarom.")


def _members(options: Options, folder: DataFolder, env: dict[str, str]) -> Iterator[Managed]:
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "leer"]
    web = [
        *python, "granian", "--interface", "rsgi", "--host", options.host,
        "--port", str(options.port), "--workers", "2",
        "--no-ws", "leer.rsgi:application",
    ]  # fmt: skip
    worker = [*celery, "worker", "--without-mingle", "--without-gossip", "-l", "WARNING"]
    beat = [*celery, "beat", "--schedule", str(folder.path / "beat"), "--pidfile=", "-l", "WARNING"]
    yield Managed("web", web, folder.logs / "web.log", env)
    yield Managed("worker", worker, folder.logs / "worker.log", env)
    yield Managed("beat", beat, folder.logs / "beat.log", env)


def _wait_for_web(options: Options, crew: Crew) -> None:
    deadline = time.monotonic() + WAIT_FOR_WEB
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{_reachable(options)}/hulp/", timeout=5)
            return
        except urllib.error.HTTPError as error:
            raise CannotStart(
                f"De webserver geeft fout {error.code}. Kijk in {crew.members[0].log}."
            ) from error
        except OSError:  # not there yet
            pass
        if not crew.members[0].is_up:
            break
        time.sleep(0.1)
    raise CannotStart(f"De webserver komt niet op. Kijk in {crew.members[0].log}.")


def _announce(options: Options, folder: DataFolder, tell: Tell, seconds: float) -> None:
    tell("")
    tell(f"Leer draait: {_address(options)}   (na {seconds:.0f} seconden)")
    tell("")
    for line in _sign_ins() if options.demo else _first_account(folder):
        tell(line)
    tell("")
    tell(f"Gegevens en logboeken: {folder.path}")
    tell("Stoppen: Ctrl-C")


def _sign_ins() -> Iterator[str]:
    yield f"Inloggen kan als (wachtwoord steeds: {sign_ins.PASSWORD}):"
    for person in sign_ins.SIGN_INS:
        yield f"  {person.username:<16}{person.name:<17}{person.task}"


def _first_account(folder: DataFolder) -> Iterator[str]:
    where = "" if folder.path == DEFAULT_DATA else f"LEER_DATA={folder.path} "
    yield f"Eerste beheerder maken: {where}uv run manage.py createsuperuser"


def _address(options: Options) -> str:
    return f"http://{options.host}:{options.port}"


def _reachable(options: Options) -> str:
    """Where this machine itself finds the web server: every address includes the own one."""
    host = "127.0.0.1" if options.host in ANY_ADDRESS else options.host
    return f"{host}:{options.port}"


def _hosts(options: Options) -> str:
    """The names by which a browser may call us; any, when told to listen on any address."""
    return "*" if options.host in ANY_ADDRESS else f"localhost,127.0.0.1,[::1],{options.host}"


@contextlib.contextmanager
def _asked_to_stop_is_an_exception() -> Iterator[None]:
    """SIGTERM and a closed terminal stop as cleanly as Ctrl-C; a second one changes nothing."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        for again in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(again, signal.SIG_IGN)
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
