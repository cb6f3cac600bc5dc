"""Questions about assignments."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from leer.accounts.models import User
from leer.organisation.models import Team
from leer.progress.api import ModuleProgress, stay_of
from leer.rollout.models import (
    Assignment,
    Exemption,
    ItemKind,
    ProgrammeItem,
    ProgrammeState,
    Wave,
)


class State(StrEnum):
    """Where somebody is with an assigned module; all that a manager may know (class A)."""

    TODO = "todo"
    BUSY = "busy"
    DONE = "done"
    OVERDUE = "overdue"


def state_of(due_on: date | None, progress: ModuleProgress | None, today: date) -> State:
    """Done stays done; what is not done by its last day is overdue; else busy or to do. The
    ``progress`` of the round that is asked about.
    """
    if progress and progress.completed_at:
        return State.DONE
    if due_on and due_on < today:
        return State.OVERDUE
    return State.BUSY if progress and progress.started_at else State.TODO


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
    held = Assignment.objects.now().filter(user=user).select_related("wave__programme")
    return list(held.order_by("due_on", "module_key"))


def assignment_of(user: User, module_key: str) -> Assignment | None:
    """This person's assignment of one module, in its latest round."""
    held = Assignment.objects.filter(user=user, module_key=module_key, withdrawn_at__isnull=True)
    return held.select_related("wave__programme").order_by("-round").first()


def weeks_valid(assignment: Assignment) -> int | None:
    """For how many weeks the programme that brought this says that a module is valid."""
    return assignment.wave.programme.refresh_weeks if assignment.wave else None


def assignments_of_people(user_ids: Iterable[int]) -> list[Assignment]:
    """The same for several people, in one query."""
    held = Assignment.objects.now().filter(user_id__in=user_ids)
    return list(held.order_by("due_on", "module_key"))


def exemptions_of(user: User) -> list[Exemption]:
    """What this person is told that they need not do now, in programmes that run."""
    holding = Exemption.objects.on(timezone.localdate()).filter(user=user)
    running = holding.filter(programme__state=ProgrammeState.RUNNING)
    return list(running.select_related("programme").order_by("given_at", "pk"))


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


def waves_of(team: Team, *, having: Iterable[str] = ()) -> list[Wave]:
    """The wave of this team in each programme that runs, first what opens first. Not one that is
    still to open but brings no module beside those that the team is ``having`` already.
    """
    placed = Wave.objects.filter(places__team=team, programme__state=ProgrammeState.RUNNING)
    modules = ProgrammeItem.objects.filter(programme=OuterRef("programme"), kind=ItemKind.MODULE)
    news = modules.exclude(module_key__in=list(having))
    told = placed.filter(Q(opened_at__isnull=False) | Exists(news) | ~Exists(modules))
    return list(told.select_related("programme").order_by("opens_on", "pk"))
