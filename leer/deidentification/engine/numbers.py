"""Numbers of people, accounts, cases and documents."""

import re
from collections.abc import Iterator

from leer.deidentification.engine.findings import Found, Kind

SEPARATOR = r"[\s.\-_/]"

NINE = re.compile(rf"(?<![\w+])(?:\d{SEPARATOR}{{0,2}}){{8}}\d(?![\w]|[.,]\d)", re.ASCII)
NAMED_BSN = re.compile(
    r"\b(?:bsn|burger\s?service\s?-?nummers?|sofi-?\s?nummers?|sofi)(?:nummer|nr)?\b"
    r"[^\d\n]{0,20}((?:\d[\s.\-_]{0,2}){7,8}\d)(?!\d)",
    re.IGNORECASE,
)
IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}[\s\-_.]?\d[\s\-_.]?\d(?:[\s\-_.]{0,2}[A-Z0-9]){11,30}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Mistyped it still says whose it is.
DUTCH_IBAN = re.compile(
    r"(?<![A-Za-z0-9])NL[\s\-_.]?\d\d(?:[\s\-_.]?[A-Z]){4}(?:[\s\-_.]{0,2}\d){10}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BR": 29, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20,
    "EG": 29, "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18,
    "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27,
    "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27,
    "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24,
    "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VG": 24, "XK": 20,
}  # fmt: skip

# What a number belongs to, written before it.
OWNER = (
    r"zaak|dossier|document|aangifte|factuur|proces-?verbaal|pv|p\.v\.|parket|registratie|"
    r"personeels|paspoort|rijbewijs|id-?kaart|identiteitskaart|identiteits|vergunning|referentie|"
    r"kenmerk|meldings?|order|bestel|klant|boekings?|booking|zending|vracht(?:brief)?|cmr|"
    r"connossement|b/l|bl|bill\s+of\s+lading|awb|air\s?waybill|mrn|eori|kvk|btw|rsin|lrn|"
    r"zegel|seal|badge|pas|kaart|kluis|locker|polis|vlucht|reis|rapport|"
    r"incident|ticket|topdesk|werk|dienst|stam|medewerker|user|inlog|chassis|vin|imo|mmsi|eni|"
    r"serie|imei|vreemdelingen|v-|crv|beschikking|besluit|brief|bezwaar|beroep|wob|woo|ecli|"
    r"nummer|nr\.?|no\.|reg\.|ref\.?"
)
NAMED = re.compile(
    rf"(?<![A-Za-z])(?:{OWNER})[\s-]?(?:nummers?|nr\.?|no\.?|id|code)?"
    r"(?:\s+(?:is|was|luidt|van|met|het|de))?\s?[:#=(]?\s?[\"']?"
    r"(?P<number>(?-i:[A-Z]{1,3}\s)?(?=[A-Z0-9./\-]{0,30}\d)[A-Z0-9]{1,30}+"
    r"(?:[./\-][A-Z0-9]{1,30}+){0,8}(?:\s\d{2,30}+){0,4})"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
ECLI = re.compile(r"\bECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]{1,25}(?<!\.)", re.IGNORECASE)
# A code: letters and digits, five digits or more, in one word or bound by dashes.
CODE = re.compile(
    r"(?<![A-Za-z0-9@.])(?=[A-Z0-9./-]{0,30}?[A-Z])(?=(?:[A-Z./-]{0,30}+\d){5})"
    r"[A-Z0-9]{1,60}+(?:(?:[/-]|\.(?=\d))[A-Z0-9]{1,60}+){0,8}(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
# Digits only: six or more, or bound by dashes and slashes.
LONG = re.compile(r"(?<![\w€$.,+])(?<!€ )\d{6,}(?![\w]|[.,]\d)", re.ASCII)
BOUND = re.compile(r"(?<![\w.,+/-])\d{2,}(?:[/\-]\d{2,}){1,4}(?![\w/-]|[.,]\d)", re.ASCII)
YEARS = re.compile(r"(?:19|20)\d\d[/-](?:(?:19|20)\d\d|\d\d)", re.ASCII)
AMOUNT = re.compile(
    r"\s?(?:euro|gulden|dollar|kilo|kg|gram|ton|stuks|liter|meter|m2|km|keer|sigaretten|"
    r"mensen|werknemers|inwoners|containers|teu|pakketten|procent|%)",
    re.IGNORECASE,
)
FEWEST_DIGITS = 3


def find(text: str) -> Iterator[Found]:
    """Numbers of people, accounts, documents and cases."""
    yield from _bsn(text)
    yield from _iban(text)
    yield from _cases(text)


def is_bsn(digits: str) -> bool:
    """The eleven test: nine times the first digit, eight times the second … minus the last."""
    padded = digits.zfill(9)
    if len(padded) > 9 or not padded.isdecimal() or padded == "0" * 9:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(d) * w for d, w in zip(padded, weights, strict=True)) % 11 == 0


def is_iban(written: str) -> bool:
    """Check digits of ISO 13616: with the first four behind it, the rest after 97 is 1."""
    code = re.sub(r"[^A-Z0-9]", "", written.upper())
    if len(code) != IBAN_LENGTHS.get(code[:2]) or not code[2:4].isdecimal():
        return False
    return int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1


def _bsn(text: str) -> Iterator[Found]:
    for match in NINE.finditer(text):
        if is_bsn(re.sub(r"\D", "", match.group())):
            yield Found(*match.span(), Kind.BSN)
    for match in NAMED_BSN.finditer(text):
        yield Found(*match.span(1), Kind.BSN)


def _iban(text: str) -> Iterator[Found]:
    for match in IBAN.finditer(text):
        end = _end_of_iban(match)
        if end:
            yield Found(match.start(), end, Kind.IBAN)
    for match in DUTCH_IBAN.finditer(text):
        yield Found(*match.span(), Kind.IBAN)


def _end_of_iban(match: re.Match[str]) -> int:
    """Where the account number ends: words behind it may look as if they belong to it."""
    length = IBAN_LENGTHS.get(match.group()[:2].upper(), 0)
    seen = 0
    for place, character in enumerate(match.group()):
        seen += character.isalnum()
        if seen == length:
            written = match.group()[: place + 1]
            return match.start() + place + 1 if is_iban(written) else 0
    return 0


def _cases(text: str) -> Iterator[Found]:
    for match in NAMED.finditer(text):
        if sum(c.isdigit() for c in match["number"]) >= FEWEST_DIGITS:
            yield Found(*match.span("number"), Kind.CASE_NUMBER)
    for match in ECLI.finditer(text):
        yield Found(*match.span(), Kind.CASE_NUMBER)
    for pattern in (CODE, LONG, BOUND):
        for match in pattern.finditer(text):
            if not YEARS.fullmatch(match.group()) and not AMOUNT.match(text, match.end()):
                yield Found(*match.span(), Kind.CASE_NUMBER)
