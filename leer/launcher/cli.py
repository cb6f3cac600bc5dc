"""The command line of ``manage.py start``.

Not a Django command: Django need not be loaded to start the processes that load it, and the
first page comes seconds sooner.
"""

import argparse
import sys
from pathlib import Path

from leer.core import embedded
from leer.launcher.folder import CannotStart
from leer.launcher.run import Options, run


def main(arguments: list[str]) -> int:
    """Run until told to stop; 1 when it cannot start, with the reason on standard error."""
    wanted = _parse(arguments)
    try:
        run(wanted, _tell)
    except CannotStart as error:
        print(error, file=sys.stderr)  # noqa: T201 (this is a command line)
        return 1
    return 0


def _parse(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(
        prog="manage.py start",
        description="Start alles: database, webserver, werker en klok. Ctrl-C stopt alles.",
    )
    parser.add_argument("--port", type=int, default=8000, help="poort (standaard 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="adres (standaard 127.0.0.1)")
    parser.add_argument(
        "--data", type=Path, default=embedded.data_dir(), help="gegevensmap (standaard .leer)"
    )
    parser.add_argument("--no-demo", action="store_true", help="zonder voorbeeldorganisatie")
    found = parser.parse_args(arguments)
    data = found.data.expanduser().resolve()
    return Options(data, found.host, found.port, demo=not found.no_demo)


def _tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201
