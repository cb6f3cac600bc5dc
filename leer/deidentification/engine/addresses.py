"""Streets with a number, post boxes and postcodes, Dutch and foreign."""

import re
from collections.abc import Iterator

from leer.deidentification.engine.findings import Found, Kind
from leer.deidentification.engine.lexicon import Lexicon

# Small words that may come after four digits without being a postcode.
WORDS = frozenset(
    {
        "af", "al", "an", "as", "be", "de", "do", "en", "er", "ex", "ga", "ik", "in", "is", "ja",
        "je", "kg", "km", "la", "me", "mm", "na", "nu", "of", "om", "op", "pk", "te", "to", "up",
        "uw", "we", "ze", "zo",
    }
)  # fmt: skip
POSTCODE = re.compile(
    r"(?<![\w.,€])(?:NL-?)?[1-9]\d{3}[\s_]{0,2}(?!S[ADS](?![A-Za-z]))[A-Z]{2}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# The country before it; in Belgium and Germany digits only.
ABROAD = re.compile(r"(?<![\w-])(?:B|D|F|L|PL|A|CH|DK)-\d{4,5}(?!\d)")
# What a street is called after.
ENDINGS = (
    "straat|str\\.|laan|weg|plein|kade|dijk|singel|gracht|steeg|pad|hof|park|dreef|plantsoen|"
    "boulevard|markt|wal|ring|baan|haven|hoofd|kant|oord|veld|erf|brink|donk|akker|kamp|burg|"
    "zijde|vliet|wijk|horst|hage|berg|gaarde|werf|kwartier|pier|sluis|brug|molen|poort|meent|"
    "straße|strasse|straat|allee|weg|platz"
)
HOUSE = (
    r"\d{1,5}(?:\s?[A-Za-z](?![A-Za-z])|[-/]\d{1,4}|\s?(?:bis|hs|huis|[IV]+)\b|-[A-Za-z]\b){0,3}"
)
FIRST = r"[A-ZÀ-Ž][\w'.-]{0,30}+"
# Every repetition has an end: what anybody may type must not keep the server busy.
# Oude Binnenweg 12, Burgemeester van Walsumweg 4 hs, kerkstraat 3
NUMBERED = re.compile(
    rf"(?<![\w-])(?:{FIRST}\s(?:(?:van|de|der|den|het|'t|ter|ten|op|en|v\.d\.)\s){{0,2}}){{0,3}}"
    rf"(?<![\w-])[\w'-]{{2,30}}(?i:{ENDINGS}),?\s(?:nr\.?\s|nummer\s|huisnummer\s)?{HOUSE}(?![\w])"
)
FOREIGN = re.compile(
    rf"(?<!\w)(?:(?i:rue|avenue|av\.|boulevard|bd|chaussée|place|via|viale|calle|avenida|rua|ul\.|"
    rf"ulica|al\.|aleja|str\.|strada|bulevardul|ulitsa|place)\s(?:[\w'.-]{{1,30}}+\s){{0,4}}?{FIRST},?"
    rf"\s(?:nr\.?\s)?{HOUSE}"
    rf"|\d{{1,4}},?\s(?i:rue|avenue|boulevard)\s(?:[\w'.-]{{1,30}}+\s){{0,4}}?{FIRST}"
    rf"|\d{{1,4}}\s(?:{FIRST}\s){{1,3}}(?:Street|Road|Lane|Avenue|Drive|Square|Close))(?![\w])"
)
# A street without a number says enough as well, when it is written as a name.
STREET = re.compile(
    rf"(?<![\w-])(?:{FIRST}\s(?:(?:van|de|der|den|het|'t|ter|ten)\s){{0,2}}){{0,3}}"
    r"(?<![\w-])[A-ZÀ-Ž][\w'-]{0,30}(?:straat|laan|weg|plein|kade|dijk|singel|gracht|steeg|dreef|plantsoen)(?!\w)"
)
# A street of any name: it must be one that exists.
KNOWN = re.compile(
    rf"(?<![\w-])((?:{FIRST}\s(?:(?:van|de|der|den|het)\s)?){{0,3}}{FIRST})\s{HOUSE}(?![\w.,:]\d|\w)"
)
OPENS = re.compile(r"^|[.!?:\n]\s*")
BOX = re.compile(r"\b(?:post\s?bus|p\.?o\.?\s?box|antwoordnummer)\s\d[\d\s]{1,6}\d", re.IGNORECASE)


def find(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Where a letter would arrive."""
    for match in POSTCODE.finditer(text):
        if _is_a_postcode(match.group()):
            yield Found(*match.span(), Kind.POSTCODE)
    for match in ABROAD.finditer(text):
        yield Found(*match.span(), Kind.POSTCODE)
    yield from _addresses(text, lexicon)
    yield from _streets(text, lexicon)


def _is_a_postcode(written: str) -> bool:
    """*1500 in* is a number and a word; *1500 IN* is not written by mistake."""
    letters = written[-2:]
    return letters.isupper() or (letters.islower() and letters not in WORDS)


def _addresses(text: str, lexicon: Lexicon) -> Iterator[Found]:
    for pattern in (FOREIGN, BOX):
        for match in pattern.finditer(text):
            yield Found(*match.span(), Kind.ADDRESS)
    for match in NUMBERED.finditer(text):
        yield Found(*_without_opening(text, *match.span(), lexicon), Kind.ADDRESS)
    for match in KNOWN.finditer(text):
        start, _ = _without_opening(text, *match.span(1), lexicon)
        street = text[start : match.end(1)]
        if lexicon.is_street(street) and not lexicon.is_usual(street):
            yield Found(start, match.end(), Kind.ADDRESS)


def _streets(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Without a number: it must look like a name, and *Onderweg* at the beginning does not."""
    opening = {match.end() for match in OPENS.finditer(text)}
    for match in STREET.finditer(text):
        start, end = _without_opening(text, *match.span(), lexicon)
        street = text[start:end]
        known = lexicon.is_street(street) and start not in opening
        if (known or not lexicon.is_said(street)) and not lexicon.is_place(street):
            yield Found(start, end, Kind.ADDRESS)


def _without_opening(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """The words of the sentence that only look as if they begin the street are not part of it."""
    while True:
        word = re.match(r"(\S+)\s", text[start:end])
        if not word or not lexicon.opens_a_sentence(word[1]):
            return start, end
        start += word.end()
