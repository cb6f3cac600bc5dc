"""Questions about assignments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leer.accounts.models import User
from leer.core import sql
from leer.organisation.models import Team
from leer.progress.api import ModuleProgress, stay_of
from leer.rollout.models import (
    Assignment,
    Correction,
    Equivalence,
    Exemption,
    ItemKind,
    ProgrammeState,
    Withdrawal,
)


class State(StrEnum):
    """Where somebody is with an assigned module; all that a manager may know (class A)."""

    TODO = "todo"
    BUSY = "busy"
    DONE = "done"
    OVERDUE = "overdue"


STATES: dict[State, Promise] = {
    State.TODO: _("te doen"),
    State.BUSY: _("bezig"),
    State.DONE: _("gedaan"),
    State.OVERDUE: _("verlopen"),
}


def state_words(state: State | None) -> str:
    """What a person reads; ``None`` for who was not assigned it."""
    return str(STATES[state] if state else _("niet toegewezen"))


def state_of(due_on: date | None, progress: ModuleProgress | None, today: date) -> State:
    """Done stays done; what is not done by its last day is overdue; else busy or to do. The
    ``progress`` of the round that is asked about.
    """
    done = bool(progress and progress.completed_at)
    return _state(due_on, today, done=done, begun=bool(progress and progress.started_at))


def _state(due_on: date | None, today: date, *, done: bool, begun: bool) -> State:
    if done:
        return State.DONE
    if due_on and due_on < today:
        return State.OVERDUE
    return State.BUSY if begun else State.TODO


def state_in_round(
    row: Assignment, stays: Mapping[tuple[int, str], Sequence[ModuleProgress]], today: date
) -> State:
    """Where somebody is with what they were assigned, in the round that it is of; ``stays`` by
    person and module.
    """
    stay = stay_of(stays.get((row.user_id, row.module_key), ()), row.counts_from)
    return state_of(row.due_on, stay, today)


def assignments_of(user: User) -> list[Assignment]:
    """What this person has to do or did, each in its latest round; first what is due first."""
    held = Assignment.objects.now().filter(user=user).select_related("wave__programme", "renewal")
    return list(held.order_by("due_on", "module_key"))


def assignment_of(user: User, module_key: str) -> Assignment | None:
    """This person's assignment of one module, in its latest round."""
    held = Assignment.objects.filter(user=user, module_key=module_key, withdrawn_at__isnull=True)
    return held.select_related("wave__programme", "renewal").order_by("-round").first()


def weeks_valid(assignment: Assignment) -> int | None:
    """For how many weeks the programme that brought this says that a module is valid."""
    return assignment.wave.programme.refresh_weeks if assignment.wave else None


def assignments_of_people(user_ids: Iterable[int]) -> list[Assignment]:
    """The same for several people, in one query."""
    held = Assignment.objects.now().filter(user_id__in=user_ids)
    return list(held.order_by("due_on", "module_key"))


class Standing(NamedTuple):
    """Where somebody is with one module that they were assigned, and its last day."""

    user_id: int
    module_key: str
    due_on: date
    state: State


# ``assignments_of_people`` with ``state_in_round``: what was done since the round counts.
STANDINGS = """
    select one.user_id, one.module_key, one.due_on,
        coalesce(bool_or(stay.completed_at is not null), false),
        coalesce(bool_or(stay.started_at is not null), false)
    from rollout_assignment one left join progress_moduleprogress stay
        on stay.user_id = one.user_id and stay.module_key = one.module_key and (
            one.counts_from is null
            or coalesce(stay.completed_at, stay.started_at) >= one.counts_from
        )
    where one.user_id = any(%s) and one.withdrawn_at is null and not exists (
        select from rollout_assignment later
        where later.user_id = one.user_id and later.module_key = one.module_key
            and later.round > one.round and later.withdrawn_at is null
    )
    group by one.id order by one.due_on, one.module_key, one.id
"""


def standings_of_people(user_ids: Iterable[int], today: date) -> list[Standing]:
    """Where these people are with everything that they were assigned, first what is due first; in
    one query, which reads no moment at which anything was done.
    """
    return [
        Standing(user_id, key, due_on, _state(due_on, today, done=done, begun=begun))
        for user_id, key, due_on, done, begun in sql.rows(STANDINGS, [list(user_ids)])
    ]


def equivalence_of(user: User, module_key: str) -> Equivalence | None:
    """What this person asked last to count for a module, as done elsewhere."""
    asked = Equivalence.objects.filter(user=user, module_key=module_key)
    return asked.order_by("-asked_at", "-pk").first()


def exemptions_of(user: User) -> list[Exemption]:
    """What this person is told that they need not do now, in programmes that run."""
    holding = Exemption.objects.on(timezone.localdate()).filter(user=user)
    running = holding.filter(programme__state=ProgrammeState.RUNNING)
    return list(running.select_related("programme").order_by("given_at", "pk"))


def all_exemptions_of(user: User) -> list[Exemption]:
    """What this person need not do or had not to do, in any programme, the last first."""
    rows = Exemption.objects.filter(user=user).order_by("-given_at", "-pk")
    return list(rows.select_related("programme", "given_by", "ended_by"))


def withdrawals_of(user: User) -> list[Withdrawal]:
    """What was taken back from this person by hand, the last first."""
    rows = Withdrawal.objects.filter(user=user).order_by("-taken_at", "-pk")
    return list(rows.select_related("programme", "taken_by", "ended_by"))


def taken_back_from(user: User) -> frozenset[str]:
    """The modules that were taken back from this person by hand, and not given back."""
    standing = Withdrawal.objects.filter(user=user, ended_at__isnull=True)
    return frozenset(standing.values_list("module_key", flat=True))


def withdrawal_news(day: date) -> dict[int, list[Withdrawal]]:
    """By person, what was taken back on this day and still is at its end."""
    found: dict[int, list[Withdrawal]] = {}
    for row in Withdrawal.objects.on(day).filter(taken_at__date=day).order_by("taken_at", "pk"):
        found.setdefault(row.user_id, []).append(row)
    return found


def corrections_of(user: User) -> list[Correction]:
    """What this person said is not right, the last first."""
    rows = Correction.objects.filter(user=user).order_by("-asked_at", "-pk")
    return list(rows.select_related("decided_by"))


def answered_on(day: date) -> frozenset[int]:
    """Who got an answer on this day to what they said is not right."""
    rows = Correction.objects.filter(decided_at__date=day, decided_by__isnull=False)
    return frozenset(rows.values_list("user", flat=True))


def exemption_news(day: date) -> dict[int, list[Exemption]]:
    """By person, of programmes that run: exemptions that were given on this day and hold at its
    end, and older ones that somebody took back on it.
    """
    given = Exemption.objects.on(day).filter(given_at__date=day)
    taken = Exemption.objects.filter(ended_at__date=day, ended_by__isnull=False)
    news = given | taken.exclude(given_at__date=day)
    rows = news.filter(programme__state=ProgrammeState.RUNNING).select_related("programme")
    found: dict[int, list[Exemption]] = {}
    for row in rows.order_by("given_at", "pk"):
        found.setdefault(row.user_id, []).append(row)
    return found


class Turn(NamedTuple):
    """When a team's wave opens (or opened), and in which programme. No number of the wave: that
    would tell how many come before it.
    """

    programme: str
    opens_on: date
    is_open: bool


TURNS = f"""
    select programme.title, wave.opens_on, wave.opened_at is not null
    from rollout_waveteam place
    join rollout_wave wave on wave.id = place.wave_id
    join rollout_programme programme on programme.id = wave.programme_id
    cross join lateral (
        select count(*) as modules, count(*) filter (where module_key <> all(%s)) as news
        from rollout_programmeitem
        where programme_id = programme.id and kind = '{ItemKind.MODULE}'
    ) item
    where place.team_id = %s and programme.state = '{ProgrammeState.RUNNING}'
        and (wave.opened_at is not null or item.news > 0 or item.modules = 0)
    order by wave.opens_on, wave.id
"""  # noqa: S608 (nothing in it is from outside)


def turns_of(team: Team, *, having: Iterable[str] = ()) -> list[Turn]:
    """The turn of this team in each programme that runs, first what opens first. Not one that is
    still to open but brings no module beside those that the team is ``having`` already.
    """
    return [Turn(*row) for row in sql.rows(TURNS, [list(having), team.pk])]
