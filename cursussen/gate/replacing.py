"""What Leer suggests, put in the place of one finding: by the writer, who reads the sentence as it
is and as it will be. Never all at once (docs/decisions/0041-suggestions.md).
"""

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cursussen.gate.html import CannotReplace, replaced
from cursussen.gate.judging import FoundText, judge
from leer.accounts.api import User
from leer.deidentification import api as deidentification
from leer.deidentification.api import Kind

if TYPE_CHECKING:
    from cursussen.models import CasePage

LEADS = {
    Kind.DATE: ("op",),
    Kind.TIME: ("om", "rond", "tegen"),
    Kind.TERMINAL: ("de", "het"),
    Kind.TEAM: ("de", "het"),
    Kind.PERSON: (),
    Kind.PLACE: (),
}
"""Kinds of which a suggestion fits in a sentence, and the words before one that it replaces too:
*op 3 mei* is *in het voorjaar*. Behind *de* no sentence can say *een kenteken*.
"""
BEFORE_A_PLACE = re.compile(r"\b(?:in|uit|naar|bij|van|vanuit|via|rond|nabij)\s+$", re.IGNORECASE)
OPENS = re.compile(r"(?:^|[.!?:\n]\s*[‘“\"']?)$")
ENDS = re.compile(r"[.!?](?=\s)|\n")
CHANGED = _("De casus is intussen veranderd. Bekijk opnieuw wat er is gevonden.")
MOST = 160
"""Characters of a sentence that are shown on either side."""


class Names:
    """What people are called instead, while somebody replaces them one by one: once *Sam* stands in
    the text, a search would take Sam for one more person and suggest another name for the next
    place. Kept as keyed hashes: nobody reads from it who Sam was.
    """

    def __init__(self, page_id: int, kept: dict[str, str]) -> None:
        self._page_id, self.kept = page_id, kept

    def get(self, written: str) -> str | None:
        """By any part of the name."""
        found = (self.kept.get(key) for key in self._keys(written))
        return next(filter(None, found), None)

    def remember(self, written: str, other: str) -> None:
        """From now on."""
        self.kept.update(dict.fromkeys(self._keys(written), other))

    def _keys(self, written: str) -> list[str]:
        said = (f"{self._page_id} {part.casefold()}" for part in deidentification.parts_of(written))
        return [
            salted_hmac("cursussen.gate.names", part, algorithm="sha256").hexdigest()
            for part in said
        ]


@dataclass(frozen=True)
class Proposal:
    """A sentence with a stretch in it, and the words that can stand there instead."""

    before: str
    stretch: str
    words: str
    after: str
    start: int
    end: int


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands in the same sentence before and behind a stretch."""
    before = text[:start]
    opening = [match.end() for match in ENDS.finditer(before)]
    closing = ENDS.search(text, end)
    left = before[opening[-1] if opening else 0 :].lstrip()
    right = text[end : closing.end() if closing else len(text)].rstrip()
    return _cut_left(left), _cut_right(right)


def proposal_of(found: FoundText, names: Names) -> Proposal | None:
    """What can be put there at a press; nothing when a person has to find other words."""
    finding, text = found.finding, found.passage.text
    if not (found.is_open and found.passage.way and _fits(found)):
        return None
    start = _with_lead(text, finding.start, LEADS[finding.kind])
    said = names.get(finding.text) or finding.suggestion
    words = _capital(said) if OPENS.search(text[:start]) else said
    before, after = sentence_around(text, start, finding.end)
    return Proposal(before, text[start : finding.end], words, after, start, finding.end)


def replace(page: "CasePage", at: int, digest: str, *, by: User, names: Names) -> Proposal:
    """Put the suggestion there and save the page as a next version; the history leads back. Raises
    ``CannotReplace`` when that stretch does not stand there any more, or does not fit.
    """
    texts = judge(page).texts
    found = texts[at] if at < len(texts) else None
    proposal = proposal_of(found, names) if found and found.digest == digest else None
    if found is None or proposal is None:
        raise CannotReplace(CHANGED)
    _put(page, found, proposal)
    if found.kind is Kind.PERSON:
        names.remember(found.finding.text, proposal.words)
    page.save_revision(user=by, log_action=True)
    return proposal


def _fits(found: FoundText) -> bool:
    finding, text = found.finding, found.passage.text
    if finding.kind is Kind.PERSON:
        return not deidentification.is_our_name(finding.text)
    if finding.kind is Kind.PLACE:
        behind_a_word = BEFORE_A_PLACE.search(text[: finding.start]) is not None
        return behind_a_word and not finding.text.endswith("se")
    return finding.kind in LEADS


def _with_lead(text: str, start: int, leads: tuple[str, ...]) -> int:
    match = re.search(r"(?<!\w)(\w+)\s+$", text[:start])
    return match.start() if match and match[1].lower() in leads else start


def _capital(words: str) -> str:
    """*In het voorjaar*, *’s Middags*."""
    lead = "’s " if words.startswith("’s ") else ""
    rest = words.removeprefix(lead)
    return f"{lead}{rest[:1].upper()}{rest[1:]}"


def _put(page: "CasePage", found: FoundText, proposal: Proposal) -> None:
    """Write the changed text where it came from."""
    passage = found.passage
    if passage.html is None:
        text = passage.text[: proposal.start] + proposal.words + passage.text[proposal.end :]
    else:
        text = replaced(passage.html, proposal.start, proposal.end, proposal.words)
    field, *way = passage.way
    value = _with(page, str(field), way, text) if way else text
    setattr(page, str(field), value)


def _with(page: "CasePage", field: str, way: list[str | int], text: str) -> Any:
    """What is in the field, with this text at the end of the way."""
    value = getattr(page, field)
    stored = deepcopy(value.get_prep_value())
    *down, last = way
    inner = stored
    for step in down:
        inner = inner[step]
    inner[last] = text
    return value.stream_block.to_python(stored)


def _cut_left(text: str) -> str:
    return text if len(text) <= MOST else f"… {text[-MOST:]}"


def _cut_right(text: str) -> str:
    return text if len(text) <= MOST else f"{text[:MOST]} …"
