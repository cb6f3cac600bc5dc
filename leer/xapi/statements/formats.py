"""Values with a form of their own: IRIs, language tags, durations, moments, versions.

Each is what the specification says (xAPI 1.0.3 Part Two, 4.0; IEEE 9274.1.1, 4.2.7), which
mostly points to another standard. Functions raise ``ValueError`` that says what is wrong.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any

from msgspec import Meta

# RFC 3987: a scheme, then no white space and none of the characters that no IRI may hold.
# (``\Z`` is the end; ``$`` may have a line end behind it.)
IRI = r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s\x00-\x1f\x7f<>\"{}|\\^`]+\Z"
MAILTO = r"^mailto:[^\s\x00-\x1f\x7f@:]+@[^\s\x00-\x1f\x7f@]+\Z"
SHA1 = r"^[0-9a-fA-F]{40}\Z"
SHA2 = r"^[0-9a-fA-F]{56}([0-9a-fA-F]{8}([0-9a-fA-F]{32}([0-9a-fA-F]{32})?)?)?\Z"  # 224 to 512
UUID = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"  # RFC 4122, 3
# RFC 5646, 2.1: language, script, region, variants, extensions, private use; or grandfathered.
LANGUAGE = (
    r"(?i)^(?:[a-z]{2,3}(?:-[a-z]{2})?\Z|"  # most are such, and are found soonest
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-(?:bok|nyn)|zh-(?:guoyu|hakka|min"
    r"|min-nan|xiang))\Z"
)
VERSION = r"^(1\.0(\.[0-9]+)?|2\.0\.[0-9]+)\Z"
# RFC 2045, 5.1: a type and its parameters. It is a line of a header when the attachment is served.
MEDIA_TYPE = r"^[^/\s;\x00-\x1f\x7f]+/[^/\s;\x00-\x1f\x7f]+([ \t]*;[^\x00-\x1f\x7f]*)?\Z"
# ISO 8601:2004, 4.4.3.2; the last part may have a fraction. ``DURATION`` is matched after it went.
FRACTION = re.compile(r"(?<=\d)[.,]\d+(?=[A-Z]$)")
DURATION = re.compile(
    r"^P(?=\d|T\d)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)\Z", re.ASCII
)
# Not with the offset -00:00, which is "somewhere" (RFC 3339, 4.3): xAPI refuses it.
MOMENT = re.compile(
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\Z|"  # most are such, and are found soonest
    r"^\d{4}-?\d{2}-?\d{2}[Tt]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?"
    r"([Zz]|\+\d{2}(:?\d{2})?|-(?!00(:?00)?\Z)\d{2}(:?\d{2})?)?\Z",
    re.ASCII,
)
LEAP_SECOND = re.compile(r"(?<=[Tt]\d{2}:\d{2}:)60")

Iri = Annotated[str, Meta(pattern=IRI)]
LanguageTag = Annotated[str, Meta(pattern=LANGUAGE)]
LanguageMap = dict[LanguageTag, str]
Extensions = dict[Iri, Any]
UuidText = Annotated[str, Meta(pattern=UUID)]


@lru_cache(maxsize=4096)
def check_duration(text: str) -> None:
    """An ISO 8601 duration: ``PT1H30M``, ``P3W``, ``PT0.5S``."""
    whole = FRACTION.sub("", text) if "." in text or "," in text else text
    if not DURATION.match(whole):
        raise ValueError(f"{text!r} is not an ISO 8601 duration, such as PT1H30M")


def moment(text: str) -> datetime:
    """A moment in ISO 8601 or RFC 3339. Without an offset it is taken as UTC."""
    if not MOMENT.match(text):
        raise ValueError(f"{text!r} is not a timestamp, such as 2026-11-25T15:04:05.678Z")
    if ":60" in text:
        text = LEAP_SECOND.sub("59", text)
    try:
        found = datetime.fromisoformat(text.upper())
        if found.tzinfo is not UTC:
            found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a timestamp: {error}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_utc(text: str) -> bool:
    """Whether a timestamp that is known to be one is written in UTC."""
    return text[-1] in "Zz" or text.endswith(("+00:00", "+0000", "+00"))


def as_text(at: datetime) -> str:
    """How the ledger writes a moment: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
