"""Bring the catalogues up to date with the code; needs GNU gettext (``xgettext``)."""

import shutil
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

IGNORED = [".venv", ".leer", "tests", "docs", "media"]
# The words in the code are Dutch, so the Dutch catalogue says what the code says.
SOURCE = "nl"


class Command(BaseCommand):
    help = "Werkt de vertalingen bij; met --check faalt het als er iets ontbreekt."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="alleen kijken, niets veranderen")

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("xgettext"):
            raise CommandError("xgettext ontbreekt. Installeer het pakket gettext en probeer weer.")
        before = {path: path.read_text(encoding="utf-8") for path in _catalogues()}
        call_command(
            "makemessages",
            locale=["nl", "en"],
            no_location=True,
            no_obsolete=True,
            ignore_patterns=IGNORED,
            verbosity=0,
        )
        _say_what_the_code_says(_path(SOURCE))
        for path in _catalogues():
            _leave_out_dates(path)
        wrong = [line for path in _catalogues() for line in _wrong(path, before)]
        if options["check"]:
            for path, text in before.items():
                path.write_text(text, encoding="utf-8")
            if wrong:
                raise CommandError("\n".join(wrong))


def _path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def _catalogues() -> list[Path]:
    return [_path(language) for language, _name in settings.LANGUAGES]


def _say_what_the_code_says(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    catalogue.save()


def _leave_out_dates(path: Path) -> None:
    """A header that changes by itself would make every update a change."""
    catalogue = polib.pofile(str(path), wrapwidth=100)
    catalogue.header = ""
    for name in ("POT-Creation-Date", "PO-Revision-Date", "Report-Msgid-Bugs-To", "Last-Translator",
                 "Language-Team"):  # fmt: skip
        catalogue.metadata.pop(name, None)
    catalogue.metadata["Project-Id-Version"] = "Leer"
    catalogue.metadata_is_fuzzy = False
    for entry in catalogue:
        entry.previous_msgid = entry.previous_msgid_plural = None
    catalogue.save()


def _wrong(path: Path, before: dict[Path, str]) -> list[str]:
    """What is missing, guessed or out of date in one catalogue."""
    catalogue = polib.pofile(str(path))
    name = path.relative_to(settings.BASE_DIR)
    known = {entry.msgid for entry in polib.pofile(before[path]) if not entry.obsolete}
    now = {entry.msgid for entry in catalogue if not entry.obsolete}
    return [
        *(f"{name}: ontbreekt: {entry.msgid!r}" for entry in catalogue.untranslated_entries()),
        *(f"{name}: geraden: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()),
        *(f"{name}: niet bijgewerkt: {msgid!r}" for msgid in sorted(now - known)),
        *(f"{name}: niet meer in gebruik: {msgid!r}" for msgid in sorted(known - now)),
    ]
