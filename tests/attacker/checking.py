"""What is asked of a campaign: did anybody learn what nobody may know?"""

from collections.abc import Iterator
from datetime import datetime

from leer.disclosure import api as disclosure
from leer.monitoring.figures.items import NOT_AT_ALL, OTHERWISE, PARTLY
from tests.attacker.campaign import NAME, Campaign, truly_counted
from tests.attacker.collecting import Answers, told_by
from tests.attacker.working_out import Found, subtracted

NOT_ON_PAGES = ("begin:", "liet:", PARTLY, NOT_AT_ALL, OTHERWISE)


def knows_what_was_shown_and_of_whom(attacked: Campaign) -> None:
    """An attacker who misses a figure, or is wrong about who is in it, proves nothing."""
    assert attacked.seen()
    for seen in (one for tables in attacked.seen() for one in tables.each):
        assert truly_counted(seen), seen.name
    for name, day, figures in attacked.as_read():
        assert figures == _on_pages(name, day), name


def _on_pages(name: str, day: datetime) -> dict[str, int]:
    """What a page shows of this table; the equations have the rest as well."""
    releases = [release for release in disclosure.history(name) if release.until <= day]
    figures = releases[-1].figures if releases else {}
    return {cell: figure for cell, figure in figures.items() if not cell.startswith(NOT_ON_PAGES)}


# Worked out ---------------------------------------------------------------------------------------
def small_differences(attacked: Campaign) -> Iterator[int]:
    """Between 0 and *k*, or below 0: of every table by itself, of whatever can be subtracted."""
    for tables in attacked.seen():
        for seen in tables.each:
            found = subtracted(tables.table, seen.told, seen.people)
            yield from (one for one in found if one and one < tables.k)


def findings(attacked: Campaign) -> Iterator[Found]:
    """What the equations say of every group."""
    for tables in attacked.seen():
        yield from tables.findings()


def answers(attacked: Campaign) -> Iterator[Found]:
    """What they say of one person, whoever it is."""
    for tables in attacked.seen():
        yield from tables.answers()


def something_is_known(attacked: Campaign) -> bool:
    """Whether there is a group of which they say anything."""
    return any(not found.tells_nothing for found in findings(attacked))


# As it stands -------------------------------------------------------------------------------------
def told_as_it_is(attacked: Campaign) -> Iterator[tuple[str, str, str]]:
    """Who reads an answer of another, or the name by which the ledger knows them, and where."""
    for reader in attacked.everybody:
        for found in reader.answers:
            for url, secret in told_by(found, attacked.secrets(reader)):
                yield reader.name, url, secret


def told_of_others(attacked: Campaign) -> Iterator[str]:
    """Where a manager reads of another team, or somebody who has no team reads a name."""
    for number, manager in enumerate(attacked.managers):
        for found in manager.answers:
            yield from of_others(attacked, number, found)
    for found in (*attacked.upper.answers, *attacked.editor.answers):
        yield from (url for url, text in found.items() if NAME.search(text))


def of_others(attacked: Campaign, manager: int, found: Answers) -> list[str]:
    """Where this manager reads of another team: its name, or who is in it."""
    world = attacked.world
    names = [team.name for place, team in enumerate(world.teams) if place != manager]
    return [url for url, _ in told_by(found, names)]
