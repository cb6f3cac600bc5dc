"""What stands in a true story that could give somebody away, and what was let pass.

The same search for the screen and for the rule: a case goes online when nothing is open
(``CasePage.check_complete``). Who may let something pass is who may approve: a second person.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState

from cursussen.approval import may_approve
from cursussen.faces.waiting import open_pictures
from cursussen.gate.gathering import Passage, passages_of
from cursussen.gate.organisation import lists_now, small_groups_in
from cursussen.models.finding import AcceptedFinding
from cursussen.models.picture import Picture
from leer.accounts.api import User
from leer.deidentification import api as deidentification
from leer.deidentification.api import Finding, Lists

if TYPE_CHECKING:
    from cursussen.models import CasePage


@dataclass(frozen=True)
class Found:
    """Something that could give somebody away, and why it may stay, if somebody said so."""

    digest: str
    accepted: AcceptedFinding | None

    @property
    def is_open(self) -> bool:
        """Somebody still has to change it, or let it pass."""
        return self.accepted is None


@dataclass(frozen=True)
class FoundText(Found):
    """A stretch of text in its passage."""

    passage: Passage
    finding: Finding

    @property
    def kind(self) -> str:
        """What it gives away."""
        return self.finding.kind


@dataclass(frozen=True)
class SmallGroup(Found):
    """A function and a region that the story names, which few people have together."""

    function: str
    region: str
    kind: ClassVar[str] = "small-group"


@dataclass(frozen=True)
class Judgement:
    """All that was found in a version of a case, the older versions in which something is open,
    and its pictures of which nobody said yet whether there is somebody in them.
    """

    texts: tuple[FoundText, ...]
    groups: tuple[SmallGroup, ...]
    older: tuple[Revision, ...]
    pictures: tuple[Picture, ...] = ()

    @cached_property
    def open(self) -> list[FoundText | SmallGroup]:
        """What still has to be changed, or let pass: each once, however often it stands there."""
        everything: tuple[FoundText | SmallGroup, ...] = (*self.texts, *self.groups)
        return list({one.digest: one for one in everything if one.is_open}.values())

    @property
    def lets_pass(self) -> bool:
        """Nothing stands in the way."""
        return not (self.open or self.older or self.pictures)


def judge(page: "CasePage") -> Judgement:
    """The page as it is in hand, and the older versions that are kept of it."""
    judge = _Judge(page.pk)
    passages = passages_of(page)
    return Judgement(
        tuple(judge.texts_in(passages)),
        tuple(judge.groups_in(" ".join(passage.text for passage in passages))),
        tuple(judge.older_than(page)),
        tuple(open_pictures(page)),
    )


def accept(page: "CasePage", digest: str, *, reason: str, by: User) -> None:
    """Let this pass, wherever it stands in the page. Raises ``PermissionDenied`` for who is no
    second person. What is not found any more needs no reason.
    """
    if not may_approve(by, page):
        raise PermissionDenied
    for found in judge(page).open:
        if found.digest == digest:
            AcceptedFinding.objects.get_or_create(
                page_id=page.pk,
                digest=digest,
                defaults={"kind": found.kind, "reason": reason, "accepted_by": by},
            )


def throw_away_older(page: "CasePage", *, by: User) -> int:
    """The older versions in which something is open; returns how many went. The history of the page
    goes on telling that they were there. A judgement that asked for changes goes on: it is about
    the version of today.
    """
    older = judge(page).older
    asked = TaskState.objects.exclude(status=TaskState.STATUS_APPROVED)
    for revision in older:
        asked.filter(revision=revision).update(revision=page.latest_revision_id)
        made = revision.created_at.isoformat()
        log(page, "cursussen.throw_away", user=by, data={"made": made})
        revision.delete()
    return len(older)


class _Judge:
    """What was let pass in one page, and what the organisation knows, asked once."""

    def __init__(self, page_id: int) -> None:
        self._page_id, self._lists = page_id, lists_now()
        self._accepted = {row.digest: row for row in AcceptedFinding.objects.filter(page=page_id)}
        self._open: dict[str, bool] = {}

    def texts_in(self, passages: Sequence[Passage]) -> Iterator[FoundText]:
        """What a search of these finds. They are one text: who is named in one is looked for in the
        others, and has the same other name everywhere.
        """
        starts = list(accumulate((len(one.text) + 1 for one in passages), initial=0))
        for finding in _search("\n".join(one.text for one in passages), self._lists):
            number = bisect_right(starts, finding.start) - 1
            placed = _placed(finding, passages[number].text, starts[number])
            digest = self._digest(placed.kind, placed.text)
            yield FoundText(digest, self._accepted.get(digest), passages[number], placed)

    def groups_in(self, text: str) -> Iterator[SmallGroup]:
        """What the story as a whole points at."""
        for function, region in small_groups_in(text):
            digest = self._digest(SmallGroup.kind, f"{function} × {region}")
            yield SmallGroup(digest, self._accepted.get(digest), function, region)

    def older_than(self, page: "CasePage") -> Iterator[Revision]:
        """Kept versions before the one in hand in which something is open: who may open the history
        of a page reads them too.
        """
        for revision in _kept_before(page):
            if any(self._has_open(one) for one in passages_of(revision.as_object())):
                yield revision

    def _has_open(self, passage: Passage) -> bool:
        """A text that many versions share is searched once."""
        if passage.text not in self._open:
            self._open[passage.text] = any(one.is_open for one in self.texts_in([passage]))
        return self._open[passage.text]

    def _digest(self, kind: str, text: str) -> str:
        """The same text of the same kind has the same one in a page, in capitals or not."""
        said = f"{self._page_id} {kind} {' '.join(text.casefold().split())}"
        return salted_hmac("cursussen.gate", said, algorithm="sha256").hexdigest()


@lru_cache(maxsize=1000)
def _search(text: str, lists: Lists) -> tuple[Finding, ...]:
    """One screen asks the same of the same text several times."""
    return tuple(deidentification.search(text, lists))


def _placed(finding: Finding, text: str, start: int) -> Finding:
    """The finding in the passage that begins at ``start``: what runs on into the next is left."""
    begin, end = finding.start - start, min(finding.end - start, len(text))
    return replace(finding, start=begin, end=end, text=text[begin:end])


def _kept_before(page: "CasePage") -> QuerySet[Revision]:
    revisions = Revision.objects.for_instance(page).order_by("-created_at", "-pk")
    return revisions.exclude(pk__in=[page.latest_revision_id, page.live_revision_id])
