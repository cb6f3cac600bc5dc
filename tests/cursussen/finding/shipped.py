"""The policies that come with Leer, ready to be looked through, without a page being made."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from cursussen.content import Policy
from cursussen.finding.policies import Lookup, lookup_of
from cursussen.loading.sources import read_source
from cursussen.models import Contact

FOLDER = Path(settings.BASE_DIR) / "cursussen" / "inhoud" / "afspraken"


def policies(folder: Path = FOLDER) -> dict[str, Policy]:
    """By key; what has nothing to do with finding is empty."""
    read = [read_source(path) for path in sorted(folder.glob("*.md"))]
    return {one.key: _policy(one.meta, one.body) for one in read}


@cache
def lookup(folder: Path = FOLDER) -> Lookup:
    """All that they say."""
    return lookup_of(policies(folder))


def _policy(meta: dict[str, Any], body: str) -> Policy:
    contact = meta.get("wie", "")
    return Policy(
        key=meta["sleutel"],
        title=meta["titel"],
        summary=meta["samenvatting"],
        html=body,  # type: ignore[arg-type]
        owner=meta["eigenaar"],
        holds_from=date.min,
        source="",
        source_url="",
        minutes=1,
        situations=(),
        functions=frozenset(),
        days_to_read=0,
        editions=(),
        regions="",
        holds_for=(),
        search_words=tuple(meta.get("zoekwoorden", [])),
        contact=contact,
        contact_name=str(Contact(contact).label) if contact else "",
        dilemmas=(),
    )
