"""Policies as they stand for somebody: whether they are asked to read them, by when, and what is
new since the version that they know.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation.api import Membership
from leer.progress import api as progress

MINUTES_AGAIN = 2  # what changed, and two situations


@dataclass(frozen=True)
class Reading:
    """One policy for one person. ``known`` is the last version that they acknowledged; ``due`` the
    day by which they are asked to, ``None`` when they are not asked.
    """

    policy: content.Policy
    known: progress.Acknowledgement | None
    due: date | None

    @property
    def is_done(self) -> bool:
        """They know the text, but for versions that changed nothing in meaning."""
        return self.known is not None and self.known.version >= self.policy.asked.number

    @property
    def is_open(self) -> bool:
        """They are asked to read it, and did not yet."""
        return self.due is not None and not self.is_done

    @property
    def overdue(self) -> bool:
        """The day is past."""
        return self.is_open and self.due is not None and self.due < timezone.localdate()

    @property
    def known_on(self) -> date | None:
        """The day on which they acknowledged what they know."""
        return timezone.localdate(self.known.acknowledged_at) if self.known else None

    @property
    def news(self) -> tuple[content.PolicyEdition, ...]:
        """What changed since the version they know; nothing for whoever knows none."""
        return self.policy.since(self.known.version) if self.known else ()

    @property
    def minutes(self) -> int:
        """What it takes to read: all of it, or only what changed."""
        again = min(self.policy.minutes, MINUTES_AGAIN)
        return again if self.known else self.policy.minutes

    @property
    def url(self) -> str:
        """The policy."""
        return reverse("delivery:policy", args=[self.policy.key])

    @property
    def known_url(self) -> str | None:
        """The exact text that they acknowledged."""
        if self.known is None:
            return None
        return reverse("delivery:policy_version", args=[self.policy.key, self.known.version])


def readings_of(user: User) -> list[Reading]:
    """Every live policy for this person, those to read first, by their day."""
    return readings_of_people([user.pk])[user.pk]


def reading_of(user: User, policy: content.Policy) -> Reading:
    """One policy for this person."""
    return next(one for one in _readings([user.pk], [policy])[user.pk])


def readings_of_people(user_ids: Collection[int]) -> dict[int, list[Reading]]:
    """Every live policy for each of these people (class A): three queries, however many they are,
    and one when there are no policies.
    """
    return _readings(user_ids, content.policies().values())


def _readings(
    user_ids: Collection[int], policies: Collection[content.Policy]
) -> dict[int, list[Reading]]:
    if not policies:
        return {user_id: [] for user_id in user_ids}
    known = progress.acknowledgements_of_people(user_ids)
    stays = _stays(user_ids)
    found = {}
    for user_id in user_ids:
        mine, places = known.get(user_id, {}), stays.get(user_id, [])
        readings = [_reading(policy, mine.get(policy.key, []), places) for policy in policies]
        found[user_id] = sorted(readings, key=lambda one: (not one.is_open, one.due or date.max))
    return found


def _stays(user_ids: Iterable[int]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {}
    for stay in Membership.objects.filter(user_id__in=user_ids).order_by("valid_from", "pk"):
        found.setdefault(stay.user_id, []).append(stay)
    return found


def _reading(
    policy: content.Policy,
    known: Sequence[progress.Acknowledgement],
    stays: Sequence[Membership],
) -> Reading:
    since = _asked_since(policy, stays, timezone.localdate())
    due = since + timedelta(days=policy.days_to_read) if since else None
    return Reading(policy, next(iter(known), None), due)


def _asked_since(policy: content.Policy, stays: Sequence[Membership], today: date) -> date | None:
    """When this version was first theirs to read: when it was published, or when they came (in a
    function that is asked), whichever was later. ``None``: they are not asked.
    """
    published = policy.asked.published_on
    if policy.functions is None:
        came = [stay.valid_from for stay in stays[:1]] or [published]
    else:
        came = [
            stay.valid_from
            for stay in stays
            if stay.job_function_id in policy.functions and _holds(stay, today)
        ]
    return max(published, min(came)) if came else None


def _holds(stay: Membership, day: date) -> bool:
    return stay.valid_from <= day and (stay.valid_until is None or day < stay.valid_until)
