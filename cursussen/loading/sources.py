"""Files with TOML front matter: reading them, and mistakes that say where they are."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

FENCE = "+++"


class ContentError(Exception):
    """One mistake in one file: where it is, and what to do about it."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path, self.line, self.message = path, line, message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentErrors(Exception):
    """All the mistakes in a content folder; nothing was loaded."""

    def __init__(self, errors: list[ContentError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass(frozen=True)
class Source:
    """One file: its metadata and its text, with the line on which that text begins."""

    path: Path
    meta: dict[str, Any]
    body: str = ""
    body_line: int = 1
    raw: bytes = field(default=b"", repr=False)

    @property
    def kind(self) -> str:
        """The kind (soort) that the file says it is."""
        return str(self.meta.get("soort", ""))

    @property
    def key(self) -> str:
        """The key (sleutel) by which its page is known."""
        return str(self.meta.get("sleutel", ""))

    def error(self, message: str, *, at: str | int = 1) -> ContentError:
        """A mistake in this file, at a line or at the line where a name is given."""
        line = at if isinstance(at, int) else self.line_of(at)
        return ContentError(self.path, line, message)

    def line_of(self, name: str) -> int:
        """The line on which the metadata gives this name, or the first."""
        pattern = re.compile(rf"^\s*{re.escape(name)}\s*=")
        for number, line in enumerate(self.raw.decode().splitlines(), start=1):
            if pattern.match(line):
                return number
        return 1


def read_source(path: Path) -> Source:
    """Read one ``.md`` or ``.toml`` file; raises ``ContentError``."""
    raw = path.read_bytes()
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise ContentError(path, 1, _("Sla dit bestand op als UTF-8.")) from None
    if path.suffix == ".toml":
        return Source(path, _toml(path, text, first_line=1), raw=raw)
    front, body, body_line = _split(path, text)
    return Source(path, _toml(path, front, first_line=2), body, body_line, raw)


def _split(path: Path, text: str) -> tuple[str, str, int]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != FENCE:
        raise ContentError(path, 1, _("Begin het bestand met een regel ‘+++’ en de gegevens."))
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == FENCE:
            body = "\n".join(lines[number + 1 :])
            return "\n".join(lines[1:number]), body, number + 2
    raise ContentError(path, 1, _("Sluit de gegevens boven de tekst af met een regel ‘+++’."))


def _toml(path: Path, text: str, *, first_line: int) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found.group(1)) + first_line - 1 if found else first_line
        message = _("Hier klopt de TOML niet: %(why)s") % {"why": error}
        raise ContentError(path, line, message) from None
