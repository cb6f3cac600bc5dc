"""Exact days and times. A season, a weekday or *last year* is not exact."""

import re
from collections.abc import Iterator

from leer.deidentification.engine.findings import Found, Kind

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "augustus": 8, "aug": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "oct": 10, "november": 11,
    "nov": 11, "december": 12, "dec": 12,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8,
    "october": 10,
}  # fmt: skip
MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![a-z])(?:\.(?=[\s_-]?\d))?"
ORDINALS = (
    "eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|"
    "dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende|negentiende|"
    "(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën))?(?:twintigste|dertigste)"
)
SMALL = "één|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf"
TEENS = (
    "dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|"
    "(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën))?(?:twintig|dertig)"
)
GAP = r"[\s_\-]{0,3}"
YEAR = r"(?:(?:19|20)\d\d|'\d\d)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
SEP = r"\s?[-/.\s_]\s?"

DATES = (
    # 12 maart (2024), de 12e maart, 12-mrt-24
    re.compile(
        rf"(?<![A-Za-z0-9.,])(?:{DAY}(?:e|de|ste)?\s?(?:op|en|tot|t/m|of|-)\s?)?{DAY}(?:e|de|ste)?(?:\s+van)?{GAP}{MONTH}(?:{GAP}(?:{YEAR}|\d\d(?!\d)))?(?!\d)",
        re.IGNORECASE,
    ),
    # twaalf maart, de twaalfde maart
    re.compile(
        rf"\b(?:{ORDINALS}|{TEENS}|{SMALL})\s+(?:van\s+)?(?:{MONTH})(?:\s+{YEAR})?",
        re.IGNORECASE,
    ),
    # maart 2024, maart jl.
    re.compile(rf"(?<![a-z]){MONTH}{GAP}(?:van\s+)?{YEAR}(?!\d)", re.IGNORECASE),
    # March 12, 2024; not *Jan 2*, which is somebody on a list
    re.compile(rf"(?<![a-z])(?!jan\s){MONTH}\s{DAY}(?:st|nd|rd|th)?(?:,\s?{YEAR})?(?!\w)", re.I),
    # 12-03-2024, 12/3/24, 12.03.2024
    re.compile(
        rf"(?<![A-Za-z0-9.,/-]){DAY}{SEP}(?:0?[1-9]|1[0-2]){SEP}(?:(?:19|20)?\d\d|'\d\d)(?![\d])"
    ),
    # 2024-03-12, 20240312
    re.compile(rf"(?<!\d)(?:19|20)\d\d{SEP}(?:0[1-9]|1[0-2]){SEP}(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d(?!\d)"),
    # op 12-3, d.d. 12/3
    re.compile(
        rf"(?<=\bop\s)(?:{DAY})[-/](?:0?[1-9]|1[0-2])(?![\w/-])"
        rf"|(?<=\bd\.d\.\s)(?:{DAY})[-/](?:0?[1-9]|1[0-2])(?![\w/-])",
        re.IGNORECASE,
    ),
    # de 12e, de 12de (of this month)
    re.compile(
        rf"(?<=\bde\s){DAY}(?:e|de|ste)(?=\s*(?:[.,;:!?)]|$|om|kwam|was|had|is|werd|stond|bel))",
        re.IGNORECASE,
    ),
    # feast days with a year; the week of a year
    re.compile(
        rf"\b(?:kerstavond|kerstnacht|(?:eerste|tweede|1e|2e)?\s?(?:kerstdag|paasdag|pinksterdag)|"
        rf"oudejaarsdag|oudejaarsavond|oudjaar|nieuwjaarsdag|koningsdag|koninginnedag|hemelvaartsdag|"
        rf"bevrijdingsdag|sinterklaasavond|goede vrijdag|oud en nieuw)(?:\s+(?:van\s+)?{YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(rf"\bweek\s?(?:nummer\s)?\d\d?(?:\s(?:van\s)?{YEAR})?(?!\w)", re.IGNORECASE),
)
WEEKDAY = re.compile(
    r"\b(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond|nacht)?,?\s(?:de\s)?$",
    re.IGNORECASE,
)

HOUR = r"(?:[01]?\d|2[0-3])"
BEFORE = (
    r"(?:om|rond|omstreeks|vanaf|tot|tegen|sinds|tussen|ongeveer|circa|ca\.|klokslag|"
    r"(?:even|kort|vlak|iets)\s(?:na|voor))"
)
LASTS = r"(?!\s+(?:lang|later|eerder|per|achter|na\b|voor\b|wachten|rijden|werk|vertraging|slaap))"
TIMES = (
    # 14:32, 14:32:07
    re.compile(
        rf"(?<![\d:.])(?<!artikel\s)(?<!art\.\s){HOUR}\s?:\s?[0-5]\d(?:\s?:\s?[0-5]\d)?(?:\s?(?:uur|u\b|h\b))?(?![\d:])"
    ),
    re.compile(r"(?<![\w.,-])(?:[01]\d|2[0-3])\.[0-5]\d\.[0-5]\d(?![\d.])"),
    # 14.32 uur, 14u32, 14h32, 1432 uur
    re.compile(
        rf"(?<![\d.,]){HOUR}[.,]?[0-5]\d\s?(?:uur|u\b|h\b)|(?<![\d.,]){HOUR}\s?[uh]\s?[0-5]\d(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\d.,-]){HOUR}[.:][0-5]\d(?=\s?(?:-|tot|en|t/m)\s?[012]?\d[.:][0-5]\d\s?(?:uur|u\b))"
        rf"|(?<=tussen\s){HOUR}\s(?:en|tot)\s{HOUR}\suur",
        re.IGNORECASE,
    ),
    # om 14.32, tussen 22.00 en 23.30
    re.compile(
        rf"\b{BEFORE}\s(?P<time>{HOUR}\.[0-5]\d(?:\s?(?:en|tot|-)\s?{HOUR}\.[0-5]\d)?)(?![\d.])",
        re.I,
    ),
    # om elf uur, rond 3 uur 's nachts
    re.compile(
        rf"\b{BEFORE}\s(?:een\suur\sof\s|half\s)?(?P<time>(?:{SMALL}|{HOUR})(?:\suur|u\b|\su\b|h\b)"
        rf"(?:\s(?:vijf|tien|twintig|dertig|veertig|vijftig|\d\d)\b(?!\s(?:minuten|man|mensen)))?"
        rf"(?:\s's\s(?:ochtends|morgens|middags|avonds|nachts))?){LASTS}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:{SMALL}|{HOUR})\suur\s(?:'s\s(?:ochtends|morgens|middags|avonds|nachts)|precies)",
        re.IGNORECASE,
    ),
    # kwart over drie, half vier, tien voor half zes, 5 over 4
    re.compile(
        rf"\b(?:kwart|vijf|tien|twintig|\d\d?|zeven|acht|twee|drie)\s(?:minuten\s)?(?:over|voor)"
        rf"\s(?:half\s)?(?:{SMALL}|{HOUR})\b(?!\s(?:jaar|maanden|dagen|weken|mensen|man|euro|collega))",
        re.IGNORECASE,
    ),
    re.compile(rf"\bhalf\s(?:{SMALL}|{HOUR})\b(?!\s(?:jaar|maand|dag|week))", re.IGNORECASE),
    # In a file name: 20240312_142233
    re.compile(r"(?<=(?:19|20)\d{6}[_\-\sT])[0-2]\d[0-5]\d[0-5]\d(?!\d)"),
)


def find(text: str) -> Iterator[Found]:
    """Days, and times of the clock."""
    for pattern in DATES:
        for match in pattern.finditer(text):
            weekday = WEEKDAY.search(text, max(0, match.start() - 24), match.start())
            yield Found(weekday.start() if weekday else match.start(), match.end(), Kind.DATE)
    for pattern in TIMES:
        for match in pattern.finditer(text):
            yield Found(*match.span("time" if "time" in pattern.groupindex else 0), Kind.TIME)


def month_of(written: str) -> int | None:
    """The month that a date names or counts, when it can be read."""
    word = re.search(MONTH, written, re.IGNORECASE)
    if word:
        return MONTHS[word.group().lower().rstrip(".")]
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if len(numbers) >= 2 and 1 <= numbers[1] <= 12:
        return numbers[1]
    whole = re.fullmatch(r"(?:19|20)\d\d(\d\d)\d\d|\d\d(\d\d)(?:19|20)\d\d", written)
    return int(whole[1] or whole[2]) if whole else None


def hour_of(written: str) -> int | None:
    """The hour, when it is written in digits."""
    number = re.match(r"\d{1,2}(?!\d)", written) or re.match(r"\d{2}(?=\d{4}$)", written)
    return int(number.group()) if number else None
