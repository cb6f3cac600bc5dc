"""Captions of a film: WebVTT or SubRip comes in, and WebVTT goes out that holds times and words and
nothing else: no notes, no styles, no names of who speaks that a tag hides.
"""

from html import escape, unescape
from io import StringIO
from typing import NamedTuple

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 2 * 1024 * 1024
ARROW = b"-->"

NO_CAPTIONS = _(
    "Deze ondertiteling is niet te lezen. Bewaar haar als WebVTT (.vtt) of SubRip (.srt), in UTF-8."
)


def are_captions(data: bytes) -> bool:
    """Whether somebody means this to be captions."""
    return len(data) <= MOST_BYTES and ARROW in data[:4096]


def clean_captions(data: bytes) -> bytes:
    """The same captions, written anew. Raises ``ValidationError``."""
    lines = _lines(data)
    if not lines or any(one.start >= one.end or not one.words for one in lines):
        raise ValidationError(NO_CAPTIONS, code="no_captions")
    parts = (f"{one.start} --> {one.end}\n{escape(one.words, quote=False)}\n" for one in lines)
    return "\n".join(("WEBVTT\n", *parts)).encode()


def words_of(data: bytes) -> str:
    """What is said in captions that were written here."""
    return "\n".join(one.words for one in _lines(data))


class _Line(NamedTuple):
    """From when to when (``00:00:01.000``), and what is said."""

    start: str
    end: str
    words: str


def _lines(data: bytes) -> list[_Line]:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        is_vtt = text.startswith("WEBVTT")
        found = webvtt.from_buffer(StringIO(text), format="vtt" if is_vtt else "srt").captions
    except (UnicodeDecodeError, ValueError, webvtt.errors.MalformedFileError) as error:
        raise ValidationError(NO_CAPTIONS, code="no_captions") from error
    said = unescape if is_vtt else str  # SubRip knows no &amp;
    return [_Line(one.start, one.end, said(one.text).strip()) for one in found]
