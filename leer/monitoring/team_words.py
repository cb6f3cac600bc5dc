"""The page of a team in words: its sentence, and the page as a file."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leer.monitoring.teams import Member, ModuleTally, TeamView
from leer.monitoring.trend import Trend
from leer.organisation.api import Team
from leer.rollout.api import State, Turn, state_words

BAR_ORDER = (State.DONE, State.BUSY, State.TODO, State.OVERDUE)


def sentence(view: TeamView) -> str:
    """How the people stand who have something to do, or had."""
    counts = {state: count for state, count in view.counts.items() if state}
    total, done = sum(counts.values()), counts.get(State.DONE, 0)
    if not total:
        return _("Dit team heeft nog geen modules.")
    if done == total:
        return _("Iedereen is klaar.")
    ready = _ready(done, total)
    still = _still(counts.get(State.TODO, 0), counts.get(State.OVERDUE, 0))
    return f"{ready}; {still}." if still else f"{ready}."


def _ready(done: int, total: int) -> str:
    if not done:
        return _("Nog niemand is klaar")
    return ngettext(
        "%(done)s van de %(total)s is klaar", "%(done)s van de %(total)s zijn klaar", done
    ) % {"done": done, "total": total}


def _still(todo: int, late: int) -> str:
    begin = ngettext("%(count)s moet nog beginnen", "%(count)s moeten nog beginnen", todo) % {
        "count": todo
    }
    over = ngettext("%(count)s is te laat", "%(count)s zijn te laat", late) % {"count": late}
    if todo and late:
        return _("%(begin)s, %(late)s") % {"begin": begin, "late": over}
    return begin if todo else over if late else ""


def told(turn: Turn) -> str:
    """When the team begins, or began."""
    began = _("Jullie zijn op %(day)s begonnen met %(programme)s.")
    begins = _("Jullie beginnen op %(day)s met %(programme)s.")
    words = {"day": date_format(turn.opens_on, "j F Y"), "programme": turn.programme}
    return (began if turn.is_open else begins) % words


def lines_of(team: Team, view: TeamView) -> Iterator[Iterable[object]]:
    """What is on the page about the team, in the same words and the same order."""
    yield (_("team"), team.name, team.region)
    yield (_("op"), view.day.isoformat())
    yield (sentence(view),)
    yield from ((told(turn),) for turn in view.turns)
    yield from ((reason,) for reason in view.reasons)
    yield ()
    states = [state_words(state) for state in BAR_ORDER]
    yield (_("module"), _("uiterlijk"), *states, _("samen"))
    yield from (_module(tally) for tally in view.columns)
    yield ()
    titles = [[tally.title, _("uiterlijk")] for tally in view.columns]
    yield (_("naam"), *(word for pair in titles for word in pair))
    yield from (_member(member) for group in view.shown for member in group.members)


def trend_lines(team: Team, day: date, trends: Iterable[Trend]) -> Iterator[Iterable[object]]:
    """What is on the page of how a team came along."""
    yield (_("team"), team.name, team.region)
    yield (_("op"), day.isoformat())
    yield ()
    yield (_("module"), _("aan het einde van"), _("mensen"), _("klaar, minstens"))
    for trend in trends:
        for point in trend.points:
            yield (trend.title, point.day.isoformat(), point.people, point.at_least)


def _module(tally: ModuleTally) -> Iterable[object]:
    counts = (tally.counts[state] for state in BAR_ORDER)
    return (tally.title, tally.due.isoformat(), *counts, tally.total)


def _member(member: Member) -> Iterable[object]:
    yield member.name
    for cell in member.cells:
        yield state_words(cell.state)
        yield cell.due.isoformat() if cell.due else ""
