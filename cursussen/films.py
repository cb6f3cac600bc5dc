"""The gate for documents: PDF, MP4 (a film, or sound alone) and captions, by content, not by name.

An MP4 carries place, time and device in boxes beside the film. What is not known to be the film
is blanked in place (same length, so that the offsets inside the film stay right), the times in
the headers set to zero. Plain Python.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cursussen.captions import are_captions, clean_captions
from cursussen.pdfs import clean_pdf

MAX_FILM_BYTES = 200 * 1024 * 1024
SOUND = b"M4A"  # the brand of an MP4 with sound alone, as telephones and Windows record it

NO_DOCUMENT = _(
    "Dit bestand is geen PDF, film (MP4), geluid (M4A) of ondertiteling (VTT, SRT). Sla het op als"
    " een daarvan."
)
FILM_TOO_HEAVY = _("Deze film is groter dan 200 MB. Maak hem kleiner en probeer het opnieuw.")
DAMAGED_FILM = _("Deze film is beschadigd. Sla hem opnieuw op als MP4 en probeer het nog eens.")

# Beside the film: everything else at the top is blanked, *free* space too (dashcams write there).
KNOWN_AT_THE_TOP = {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"pdin"}
KNOWN_INSIDE = {
    b"mvhd", b"trak", b"tkhd", b"edts", b"elst", b"mdia", b"mdhd", b"hdlr", b"minf", b"vmhd",
    b"smhd", b"nmhd", b"sthd", b"dinf", b"stbl", b"stsd", b"stts", b"ctts", b"cslg", b"stsc",
    b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sbgp", b"sgpd", b"sdtp", b"mvex", b"mehd",
    b"trex", b"mfhd", b"traf", b"tfhd", b"tfdt", b"trun", b"saiz", b"saio", b"tref",
}  # fmt: skip
MOST_BOXES = 100_000
DEEPEST = 8
CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"mvex", b"moof", b"traf"}
HAS_TIMES = {b"mvhd", b"tkhd", b"mdhd"}


@dataclass(frozen=True)
class CleanDocument:
    """The bytes to store and the ending that belongs to them."""

    data: bytes
    extension: str


def clean_document(data: bytes) -> CleanDocument:
    """Give what may be stored; raises ``ValidationError`` for anything else."""
    if data.startswith(b"%PDF-"):
        return CleanDocument(clean_pdf(data), ".pdf")
    if data[4:8] == b"ftyp":
        if len(data) > MAX_FILM_BYTES:
            raise ValidationError(FILM_TOO_HEAVY, code="too_heavy")
        return CleanDocument(_silenced_film(data), ".m4a" if data[8:11] == SOUND else ".mp4")
    if are_captions(data):
        return CleanDocument(clean_captions(data), ".vtt")
    raise ValidationError(NO_DOCUMENT, code="no_document")


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int
    body: int
    end: int


def _silenced_film(data: bytes) -> bytes:
    out = bytearray(data)
    _silence_all(out, _Box(b"", 0, 0, len(out)), KNOWN_AT_THE_TOP, depth=0)
    return bytes(out)


def _silence_all(out: bytearray, around: _Box, known: set[bytes], depth: int) -> None:
    """Blank what is not ``known`` in there, and go into what is."""
    if depth > DEEPEST:
        raise ValidationError(DAMAGED_FILM, code="damaged")
    for box in list(_boxes(out, around.body, around.end)):
        if box.kind not in known:
            out[box.start + 4 : box.start + 8] = b"free"
            out[box.body : box.end] = bytes(box.end - box.body)
        elif box.kind in HAS_TIMES:
            _forget_times(out, box)
        elif box.kind in CONTAINERS:
            _silence_all(out, box, KNOWN_INSIDE, depth + 1)


def _forget_times(out: bytearray, box: _Box) -> None:
    width = 16 if out[box.body : box.body + 1] == b"\x01" else 8  # version 1 has 64-bit times
    if box.body + 4 + width > box.end:
        raise ValidationError(DAMAGED_FILM, code="damaged")
    out[box.body + 4 : box.body + 4 + width] = bytes(width)


def _boxes(data: bytearray, start: int, end: int) -> Iterator[_Box]:
    """The boxes that stand side by side between two places."""
    for _number in range(MOST_BOXES):
        if start + 8 > end:
            return
        size, body = int.from_bytes(data[start : start + 4]), start + 8
        if size == 1:
            size, body = int.from_bytes(data[start + 8 : start + 16]), start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise ValidationError(DAMAGED_FILM, code="damaged")
        yield _Box(bytes(data[start + 4 : start + 8]), start, body, start + size)
        start += size
    raise ValidationError(DAMAGED_FILM, code="damaged")
