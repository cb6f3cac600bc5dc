"""The inventory: every policy as its editors last wrote it, online or not, and what is known of it.

In a fixed number of queries, and as a file that can come in again (``policies.importing``).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from cursussen.models import PolicyPage, PolicyVersion, Standing
from leer.organisation.api import JobFunction

FILE = "afspraken.csv"
SEVERAL = "|"
FIELDS = {  # column of the file: field of the page
    "titel": "title",
    "eigenaar": "owner_name",
    "stand": "standing",
    "opgegaan_in": "merged_into",
    "waarom": "ended_because",
    "regios": "regions",
    "functies": "holds_for",
    "bron": "source",
    "adres": "source_url",
    "geldt_vanaf": "holds_from",
    "herzien_op": "review_on",
    "kort": "summary",
}
COLUMNS = ("sleutel", *FIELDS, "versie")
EXAMPLE = {
    "sleutel": "geschenken",
    "titel": "Geschenken en uitnodigingen",
    "eigenaar": "Naam van de afdeling",
    "stand": str(Standing.FOUND),
    "regios": "Hele land",
    "bron": "Waar de tekst vandaan komt",
    "herzien_op": "31-12-2027",
    "kort": "In één of twee zinnen waar het op neerkomt.",
}


@dataclass(frozen=True)
class Listed:
    """One policy. ``cells`` is its line of the file, column by column; ``online`` the number of the
    version that colleagues read, ``None`` when there is none; ``slots`` how many places in the text
    the service has to fill in.
    """

    page: PolicyPage
    cells: Mapping[str, str]
    functions: Sequence[str]
    online: int | None
    slots: int
    today: date

    @property
    def standing(self) -> Standing:
        """How far it is."""
        return Standing(self.cells["stand"])

    @property
    def review_on(self) -> date | None:
        """The day on which somebody looks at it again."""
        written = self.cells["herzien_op"]
        return date.fromisoformat(written) if written else None

    @property
    def is_ended(self) -> bool:
        """It holds no more, so nobody has to look at it again."""
        return self.standing in {Standing.MERGED, Standing.WITHDRAWN}

    @property
    def is_overdue(self) -> bool:
        """Somebody should have looked at it."""
        return self.is_overdue_on(self.today)

    def is_overdue_on(self, day: date) -> bool:
        """Whether somebody should have looked at it before this day."""
        return not self.is_ended and self.review_on is not None and self.review_on < day

    def holds_for(self, function: str) -> bool:
        """Whether it holds for a job function of this name; without functions it is everybody's."""
        return not self.functions or function in self.functions

    @property
    def order(self) -> tuple[bool, date, str]:
        """What is overdue first, then by the day of review."""
        return (not self.is_overdue, self.review_on or date.max, self.cells["titel"].casefold())


def inventory() -> list[Listed]:
    """All policies, what is overdue first: three queries."""
    return sorted(_listed(), key=lambda one: one.order)


def file_lines(listed: Sequence[Listed]) -> Iterator[list[str]]:
    """The file, its head first."""
    yield list(COLUMNS)
    for one in listed:
        yield [one.cells[column] for column in COLUMNS]


def _listed() -> Iterator[Listed]:
    pages = list(PolicyPage.objects.select_related("latest_revision"))
    functions = {one.pk: one for one in JobFunction.objects.all()}
    keys = {page.pk: page.key for page in pages}
    numbers = PolicyVersion.objects.values_list("policy_key").annotate(Max("number"))
    online, today = dict(numbers.order_by()), timezone.localdate()
    for page in pages:
        content = _content(page)
        for_these = [functions[pk] for pk in content["holds_for"] if pk in functions]
        into = keys.get(content["merged_into"] or 0, "")
        yield Listed(
            page=page,
            cells=_cells(page, content, sorted(one.external_id for one in for_these), into),
            functions=sorted(one.name for one in for_these),
            online=online.get(page.key) if page.live else None,
            slots=sum(block["type"] == "slot" for block in json.loads(content["body"])),
            today=today,
        )


def _content(page: PolicyPage) -> Mapping[str, Any]:
    """As it was last written; what was never written in the CMS stands in its row."""
    revision = page.latest_revision
    content: Mapping[str, Any] = revision.content if revision else page.serializable_data()
    return content


def _cells(
    page: PolicyPage, content: Mapping[str, Any], functions: Sequence[str], into: str
) -> dict[str, str]:
    written = {column: plain(content[field]) for column, field in FIELDS.items()}
    return {
        **written,
        "sleutel": page.key,
        "opgegaan_in": into,
        "functies": SEVERAL.join(functions),
        "versie": plain(page.latest_revision_id),
    }


def plain(value: object) -> str:
    """A cell as it is compared: no spaces around it, one kind of line end."""
    return "" if value is None else "\n".join(str(value).splitlines()).strip()
