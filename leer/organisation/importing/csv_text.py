"""From bytes to rows: encoding, delimiter and quotes, before any meaning."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leer.organisation.importing.errors import RowError

DELIMITERS = ";,"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class NotReadableError(Exception):
    """The file as a whole cannot be read; carries where it went wrong."""

    def __init__(self, error: RowError) -> None:
        self.error = error
        super().__init__(error.reason)


@dataclass(frozen=True)
class Line:
    """The cells of one row and the line it begins on (counted from 1, the head included)."""

    number: int
    cells: list[str]
    wrong: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing is written here."""
        return not self.wrong and not any(self.cells)


def decode(file: str, content: bytes) -> str:
    """The text of a file; raises ``NotReadableError`` for anything but UTF-8 text."""
    if content.startswith(UTF_16):
        raise NotReadableError(RowError(file, 1, "", _not_utf8()))
    if b"\x00" in content:
        raise NotReadableError(RowError(file, 1, "", _("dit is geen CSV-bestand")))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotReadableError(RowError(file, line, "", _not_utf8())) from None


def lines(text: str) -> Iterator[Line]:
    """Every row that has something on it; bad quotes are told at their own row."""
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            line = Line(number, [cell.strip() for cell in next(reader)])
        except StopIteration:
            return
        except csv.Error:
            line = Line(number, [], _("de aanhalingstekens kloppen niet"))
        if not line.is_blank:
            yield line


def _not_utf8() -> str:
    return _("het bestand is geen UTF-8; sla het op als ‘CSV UTF-8’")
