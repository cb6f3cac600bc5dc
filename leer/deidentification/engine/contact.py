"""How somebody can be reached: telephone, e-mail, the web."""

import re
from collections.abc import Iterator

from leer.deidentification.engine.findings import Found, Kind

GAP = r"[\s.\-_/()]{0,3}"
PHONES = (
    # From abroad: +31 6, 0031 6, +31 (0)6; other countries seven digits or more.
    re.compile(rf"(?<![\w+])(?:\+|00){GAP}[1-9](?:{GAP}\d){{7,13}}(?![\w])", re.ASCII),
    # Dutch: ten digits, from 0. 0800 and 0900 are shorter.
    re.compile(rf"(?<![\w+])\(?0[1-9](?:{GAP}\d){{8}}(?![\w])", re.ASCII),
    re.compile(rf"(?<![\w+])0[89]00{GAP}\d{{4}}(?:{GAP}\d{{3}})?(?![\w])", re.ASCII),
    # Without the 0, when it is said what it is.
    re.compile(
        r"(?<![a-z])(?:tel(?:efoon)?(?:nummer|nr)?|mobiel(?:nummer)?|gsm|06-nummer|whatsapp|signal"
        r"|toestel|tst|doorkiesnummer)\.?\s*(?:is|was|:)?\s*(\+?\d(?:[\s.\-]?\d){2,12})(?!\w)",
        re.IGNORECASE,
    ),
)
AT = r"(?:@|\s?[\[({]\s?(?:at|apenstaart(?:je)?|@)\s?[\])}]\s?|\s(?:at|apenstaart(?:je)?)\s)"
DOT = r"(?:\.|\s?[\[({]\s?(?:dot|punt|\.)\s?[\])}]\s?|\s(?:dot|punt)\s)"
# The @ may stand between spaces, or the line end behind it, as in a letter that was retyped.
EMAIL = re.compile(
    rf"(?<![\w@+%'-])[\w+%'-]{{1,64}}+(?:{DOT}[\w+%'-]{{1,64}}+){{0,5}}(?:{AT}|\s?@\s?)"
    rf"[\w-]{{1,64}}+(?:{DOT}[\w-]{{1,64}}+){{1,5}}(?<=[A-Za-z]{{2}})",
    re.IGNORECASE,
)
WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+|(?<![\w@.-])(?:[\w-]{1,64}+\.){1,5}(?:nl|com|org|net|eu|be|de|info)"
    r"(?:/[^\s<>\"']*)?(?![\w@])",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][\w.]{2,}")
# What somebody is called on a screen: behind the name of the service, or as *j.devries*.
USER = re.compile(
    r"(?:(?:insta(?:gram)?|snap(?:chat)?|tiktok|telegram|facebook|gebruikersnaam|inlognaam|inlog|"
    r"account(?:naam)?|username)\s?(?:is|was|:)?\s?(?=[\w.]{0,30}(?:[._]\w|\d))|(?<![\w.@])(?=[a-z]\.[a-z]{4}))"
    r"(?P<user>[a-z][\w.]{3,40})(?<!\.)(?![\w@])",
    re.IGNORECASE,
)
IP_ADDRESS = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])", re.ASCII)
ENDS_SENTENCE = ".,;:!?)]}"


def find(text: str) -> Iterator[Found]:
    """Telephone numbers, e-mail addresses, and places on the web."""
    for pattern in PHONES:
        for match in pattern.finditer(text):
            yield Found(*match.span(match.lastindex or 0), Kind.PHONE)
    for match in EMAIL.finditer(text):
        yield Found(*match.span(), Kind.EMAIL)
    for match in USER.finditer(text):
        yield Found(*match.span("user"), Kind.WEB)
    for pattern in (WEB, HANDLE, IP_ADDRESS):
        for match in pattern.finditer(text):
            written = match.group().rstrip(ENDS_SENTENCE)
            yield Found(match.start(), match.start() + len(written), Kind.WEB)
