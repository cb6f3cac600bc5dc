"""Number plates, Dutch and foreign."""

import re
from collections.abc import Iterator

from leer.deidentification.engine.findings import Found, Kind

GAP = r"[\s\-_.]"
# The Dutch "sidecodes": six letters and digits in three groups. X a letter, 9 a digit.
SIDECODES = (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9",
    "9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
    "99-XX-9",
)  # fmt: skip
LENGTH = len("XX-99-99")
# With dashes these can hardly be anything else.
FOREIGN = (
    "9-XXX-999",  # Belgium
    "XXX-999",  # Belgium before 2010, Sweden, Hungary, Finland, Lithuania
    "XX-999-XX",  # France, Italy
    "XX-99-XX-99",  # Portugal wrote its country before it
    "X-999-XXX",  # Romania: Bucharest
    "XX-99-XXX",  # Romania
    "XX-9999-XX",  # Bulgaria, Ukraine
    "9999-XXX",  # Spain
)
# Germany: one to three letters of the district, one or two letters, one to four digits.
GERMAN = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}[\s-][A-Z]{1,2}[\s-]?\d{1,4}[EH]?(?![\w])")
# Anything of five to nine capitals and digits, where the sentence says that it is a plate.
ABOUT_CARS = (
    r"kenteken|kentekenplaat|nummerplaat|platen?|plate|auto|busje|bestelbus|camper|vrachtwagen|"
    r"vrachtauto|trekker|oplegger|trailer|truck|taxi|scooter|motor|personenauto|wagen|voertuig|"
    r"combinatie|caravan|aanhanger|golf|bmw|audi|mercedes|volvo|scania|daf|opel|seat|renault|"
    r"reed|rijdt|parkeerde|poolse?|duitse?|belgische?|roemeense?|litouwse?|bulgaarse?|turkse?|"
    r"peugeot|toyota|skoda|volkswagen|passat|polo|sprinter|transit|man|iveco|ford|fiat|tesla|kia"
)
NEAR = 60
SAID = re.compile(rf"(?<![a-z])(?:{ABOUT_CARS})(?![a-z])", re.IGNORECASE)
LOOSE = re.compile(
    r"(?<![A-Za-z0-9-])(?=[A-Z0-9\s\-_.]{0,10}\d)(?=[0-9\s\-_.]{0,7}[A-Z])"
    r"[A-Z0-9]{1,4}(?:[\s\-_.][A-Z0-9]{1,5}){1,3}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9-])(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8}(?![A-Za-z0-9])"
)
LOWER = re.compile(
    r"kenteken\w*\s+(?:is\s+|was\s+|van\s+|met\s+)?([a-z0-9]{1,3}(?:[\s\-]?[a-z0-9]{1,4}){1,3})\b",
    re.I,
)
# Measures, and makes and models of cars, stand near cars as well.
NO_PLATE = re.compile(
    r"\d+[\s.]?(?:KM|KG|PK|CC|EUR|M|KW|UUR|TEU)|(?:BMW|GTI|TDI|MAN|DAF|SUV|KIA|TGX|XF|FH)\s.*"
    r"|[A-Z]\d{1,3}"
)
SIZES = range(5, 10)


def _pattern(shape: str) -> str:
    groups = shape.split("-")
    return GAP.join(
        "".join("[A-Z]" if c == "X" else r"\d" if c == "9" else c for c in group)
        for group in groups
    )


def _any_of(shapes: tuple[str, ...], flags: int) -> re.Pattern[str]:
    joined = "|".join(_pattern(shape) for shape in shapes)
    return re.compile(rf"(?<![A-Za-z0-9-])(?:NL[\s-]?)?(?:{joined})(?![A-Za-z0-9-]|\.\d)", flags)


DUTCH = _any_of(SIDECODES, re.IGNORECASE)
TOGETHER = re.compile(
    "(?<![A-Za-z0-9-])(?:"
    + "|".join(_pattern(shape).replace(GAP, "") for shape in SIDECODES if len(shape) == LENGTH)
    + ")(?![A-Za-z0-9-])"
)
ABROAD = _any_of(FOREIGN, 0)


def find(text: str) -> Iterator[Found]:
    """Plates by their shape; other codes only where a car is spoken of."""
    for start, end in _shapes(text):
        if not NO_PLATE.fullmatch(text, start, end):
            yield Found(start, end, Kind.PLATE)


def _shapes(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (DUTCH, TOGETHER, ABROAD, GERMAN):
        for match in pattern.finditer(text):
            if _is_a_plate(match.group()):
                yield match.span()
    for match in LOOSE.finditer(text):
        if _size(match.group()) in SIZES and _near_a_car(text, match.start()):
            yield match.span()
    for match in LOWER.finditer(text):
        if re.search(r"\d", match[1]) and re.search("[a-z]", match[1], re.IGNORECASE):
            yield match.span(1)


def _is_a_plate(written: str) -> bool:
    """In small letters and between spaces it is a sentence: *nr 12 34*, *om 12 uur 3*."""
    return written.upper() == written or not re.search(r"\s", written)


def _near_a_car(text: str, start: int) -> bool:
    return SAID.search(text, max(0, start - NEAR), start) is not None


def _size(written: str) -> int:
    return sum(character.isalnum() for character in written)
