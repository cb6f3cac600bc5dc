"""*Dit klopt niet*: asked by one, answered by another, each once; what follows is another fact.

A request, its answer and what follows from it are one transaction. Of what comes from the personnel
system nothing follows here: the next import would undo it.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.progress import api as progress
from leer.rollout.correcting import withdrawing
from leer.rollout.correcting.facts import Known
from leer.rollout.events import was_assigned
from leer.rollout.giving import Grant, give
from leer.rollout.models import (
    About,
    Assignment,
    Correction,
    CorrectionState,
    Equivalence,
    EquivalenceState,
    Exemption,
)
from leer.rollout.programmes import exempting
from leer.rollout.recognising import judging as recognising
from leer.rollout.selectors import assignment_of
from leer.xapi import api as xapi

KEEP_WORDS = timedelta(days=396)  # thirteen months after the answer, as long as who looked


class AlreadyAsked(Exception):
    """Of this fact a request is waiting."""


class AlreadyAnswered(Exception):
    """Somebody else was first."""


class CannotFollow(Exception):
    """The fact is not to be taken back: it is a base module, or is not there any more."""


def month_later(day: date) -> date:
    """The same day of the next month, or its last day (GDPR article 12(3))."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


# Asked --------------------------------------------------------------------------------------------
@transaction.atomic
def ask(user: User, known: Known, should_be: str, *, at: datetime | None = None) -> Correction:
    """Say that this is not right. Raises ``AlreadyAsked``."""
    moment = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    waiting = Correction.objects.filter(user=user, about=known.about, reference=known.reference)
    if waiting.filter(state=CorrectionState.ASKED).exists():
        raise AlreadyAsked
    pointed = known.about == About.PLACE
    return Correction.objects.create(
        user=user,
        about=known.about,
        reference=known.reference,
        fact=known.words,
        should_be=should_be,
        state=CorrectionState.POINTED if pointed else CorrectionState.ASKED,
        asked_at=moment,
        due_on=month_later(timezone.localdate(moment)),
        decided_at=moment if pointed else None,
    )


# Answered -----------------------------------------------------------------------------------------
def may_answer(user: User, correction: Correction) -> bool:
    """The programme, but nobody about themselves."""
    return user.is_active and user.has_role(Role.PROGRAMME) and user.pk != correction.user_id


@transaction.atomic
def accept(
    correction: Correction,
    *,
    answer: str,
    by: User,
    done_on: date | None = None,
    at: datetime | None = None,
) -> Correction:
    """It is not right, and holds no longer. Of what was done on another day, ``done_on`` is that
    day. Raises ``AlreadyAnswered``, ``CannotFollow``.
    """
    moment = at or timezone.now()
    held = _answered(correction, CorrectionState.ACCEPTED, answer, by, moment)
    follow: dict[str, Callable[[Correction, date | None], None]] = {
        About.DONE: _mend_done,
        About.ELSEWHERE: _mend_elsewhere,
        About.ASSIGNED: _withdraw,
        About.EXEMPT: _end_exemption,
    }
    follow[held.about](held, done_on)
    return held


@transaction.atomic
def refuse(
    correction: Correction, *, answer: str, by: User, at: datetime | None = None
) -> Correction:
    """It is right as it is; whoever asked reads why, and may ask again."""
    return _answered(correction, CorrectionState.REFUSED, answer, by, at or timezone.now())


def _answered(
    correction: Correction, state: CorrectionState, answer: str, by: User, moment: datetime
) -> Correction:
    """This one, locked, with its answer, if it waits and this person may give it."""
    rows = Correction.objects.select_for_update(no_key=True, of=("self",))
    held: Correction = rows.select_related("user").get(pk=correction.pk)
    if not may_answer(by, held):
        raise PermissionDenied
    if held.state != CorrectionState.ASKED:
        raise AlreadyAnswered
    held.state, held.answer, held.decided_by, held.decided_at = state, answer, by, moment
    held.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    return held


# What follows -------------------------------------------------------------------------------------
def _mend_done(held: Correction, done_on: date | None) -> None:
    """That it was done is taken back, and where it was done on another day that is recorded. What
    is asked and not done then, is asked anew.
    """
    user, moment = held.user, _moment(held)
    stay = progress.ModuleProgress.objects.filter(user=user, registration=held.reference).first()
    if stay is None or stay.completed_at is None:
        raise CannotFollow
    version = stay.completed_version
    progress.take_back(user, stay.module_key, stay.registration, at=moment)
    if done_on:
        right = progress.ModuleCompleted(
            actor=user.actor_name,
            module=stay.module_key,
            registration=held.public_id,
            version=version,
            at=min(_noon(done_on), moment),
        )
        progress.record(user, [right])
    _ask_anew(user, stay.module_key, held.answer, moment)


def _ask_anew(user: User, module_key: str, reason: str, moment: datetime) -> None:
    """A next round, in which nothing is done yet, for who has the module to do."""
    row = assignment_of(user, module_key)
    if row is None or progress.standing_of(user, module_key).since(row.counts_from).is_done:
        return
    due_on = max(row.due_on, withdrawing.fresh(module_key, timezone.localdate(moment)))
    grant = Grant(user.pk, module_key, due_on, wave=row.wave_id, round=row.round + 1)
    give([grant], reason=reason, at=moment)
    xapi.append([was_assigned(user.actor_name, module_key, due_on.isoformat(), moment, again=True)])


def _mend_elsewhere(held: Correction, done_on: date | None) -> None:
    """It counts no longer; what was done on another day is accepted as of that day."""
    by, moment = _by(held), _moment(held)
    one = Equivalence.objects.filter(public_id=UUID(held.reference), user=held.user).first()
    if one is None or one.state != EquivalenceState.ACCEPTED:
        raise CannotFollow
    recognising.withdraw(one, reason=held.answer, by=by, at=moment)
    if done_on:
        said = recognising.Said(one.what, one.place, done_on, one.told)
        try:
            right = recognising.ask(held.user, one.module_key, said, at=moment)
        except recognising.AlreadyAsked as error:
            raise CannotFollow from error
        recognising.accept(right, by=by, at=moment)


def _withdraw(held: Correction, done_on: date | None) -> None:
    row = Assignment.objects.filter(pk=held.reference, user=held.user).first()
    if row is None:
        raise CannotFollow
    try:
        withdrawing.withdraw(row, reason=held.answer, by=_by(held), at=_moment(held))
    except (withdrawing.AlreadyDone, withdrawing.ForEverybody) as error:
        raise CannotFollow from error


def _end_exemption(held: Correction, done_on: date | None) -> None:
    rows = Exemption.objects.select_related("programme")
    row = rows.filter(pk=held.reference, user=held.user).first()
    if row is None or not exempting.take_back(
        row.programme, [row.pk], because=held.answer, by=_by(held), at=_moment(held)
    ):
        raise CannotFollow


def _by(held: Correction) -> User:
    assert held.decided_by is not None
    return held.decided_by


def _moment(held: Correction) -> datetime:
    assert held.decided_at is not None
    return held.decided_at


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


# Forgotten ----------------------------------------------------------------------------------------
def forget_words(*, now: datetime | None = None) -> int:
    """Remove the words of what was answered more than thirteen months ago: that it was asked and
    answered, when and by whom stays. How many that were.
    """
    last = (now or timezone.now()) - KEEP_WORDS
    over = Correction.objects.filter(decided_at__lt=last).exclude(should_be="")
    return over.update(fact="", should_be="")
