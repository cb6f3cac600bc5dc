"""What only the organisation knows of who is recognised: names of teams and places, functions that
few people have, and how few people have a function in a place.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.utils import timezone

from leer.deidentification.api import Lists
from leer.organisation import api as organisation

YEAR = re.compile(r"\b20\d\d\b")
MIDSUMMER = (7, 1)


def lists_now() -> Lists:
    """What is looked for word by word, as the organisation is today."""
    teams = organisation.Team.objects.filter(active=True)
    return Lists(
        places=tuple(filter(None, set(teams.values_list("region", flat=True)))),
        teams=tuple(teams.values_list("name", flat=True)),
        job_titles=tuple(_rare_functions()),
    )


def _rare_functions() -> Iterator[str]:
    people = Counter[str]()
    for (function, _region), count in organisation.group_sizes_on(timezone.localdate()).items():
        people[function] += count
    return (function for function, count in people.items() if count < settings.DISCLOSURE_K)


def small_groups_in(text: str) -> list[tuple[str, str]]:
    """Function and region, both named in this text, that fewer than *k* people had together: today,
    or in a year that the text names. That nobody had them says nothing: then Leer does not know.
    """
    found = {
        (function, region)
        for day in _days_of(text)
        for (function, region), people in organisation.group_sizes_on(day).items()
        if people < settings.DISCLOSURE_K
        and region
        and _names(text, function)
        and _names(text, region)
    }
    return sorted(found)


def _days_of(text: str) -> Iterable[date]:
    today = timezone.localdate()
    years = {int(year) for year in YEAR.findall(text)}
    return {today, *(date(year, *MIDSUMMER) for year in years if year <= today.year)}


def _names(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE) is not None
