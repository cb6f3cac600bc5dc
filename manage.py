#!/usr/bin/env python
"""Leer's command line: ``manage.py start`` runs everything; other commands use the same data."""

import os
import sys


def main() -> None:
    """Run one management command; the embedded database is up for as long as it takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leer.settings.development")
    if sys.argv[1:2] == ["start"]:
        from leer.launcher.cli import main as start

        sys.exit(start(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    from leer.core.embedded import database_for_command

    with database_for_command(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
