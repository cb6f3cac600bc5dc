"""An administrator brings the organisation in: preview, errors by row, confirm."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from leer.demo.management.commands.demo_load import FOLDER
from tests.browser import learner, people
from tests.browser.conftest import Visit
from tests.browser.instance import Instance
from tests.browser.test_manager import ANOTHER_MANAGER, OF_ANOTHER
from tests.browser.traces import left_by, traces
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FIELDS = {
    "functies.csv": "Functies (functies.csv)",
    "teams.csv": "Teams en hun leiding (teams.csv)",
    "medewerkers.csv": "Medewerkers (medewerkers.csv)",
}
NOTHING = "Niets: alles in deze bestanden staat al zo in Leer."
ORGANISATION = ("table public.organisation_", "table public.accounts_")
# The page's own record of what was brought.
RECORD = "table public.organisation_importrun"


@pytest.fixture
def administrator(visit: Visit) -> Visitor:
    visitor = visit()
    visitor.sign_in("beheerder")
    return visitor


def test_bringing_the_same_files_again_changes_nothing(
    leer: Instance, administrator: Visitor
) -> None:
    page = administrator.page
    before = traces(leer)
    # When the files of the demo are brought again, while the worker is held
    with leer.background_at_rest():
        _bring(page, {name: (FOLDER / name).read_bytes() for name in FIELDS})
        # Then the page says that they are being checked, which is the worker's work
        expect(page.get_by_role("status")).to_contain_text("Er verandert nog niets")
    # And once the worker goes on, the page shows by itself that nothing would change
    expect(page.get_by_role("heading", name="Wat er verandert")).to_be_visible()
    expect(page.get_by_text(NOTHING)).to_be_visible()
    # When it is confirmed all the same
    learner.press(page, "Doorvoeren")
    # Then nothing did
    expect(page.get_by_role("heading", name="Wat er is veranderd")).to_be_visible()
    expect(page.get_by_text(NOTHING)).to_be_visible()
    assert _changed(leer, before) == set()


def test_wrong_row_is_told_with_line_column_and_reason_and_nothing_is_imported(
    leer: Instance, administrator: Visitor
) -> None:
    page = administrator.page
    before = traces(leer)
    # Given everybody's file, with somebody in a team that is not there, and somebody new
    lines = (FOLDER / "medewerkers.csv").read_text().splitlines()
    wrong_line = next(i for i, line in enumerate(lines) if ";T005;" in line)
    lines[wrong_line] = lines[wrong_line].replace(";T005;", ";T999;")
    lines.append(_row("P99998", "n.nieuw", "Nienke", "Nieuw", "T005"))
    # When it is brought
    _bring(page, {"medewerkers.csv": "\n".join(lines).encode()})
    # Then the row is told
    expect(page.get_by_role("heading", name="Fouten")).to_be_visible()
    (row,) = page.get_by_role("table").filter(has_text="Regel").locator("tbody tr").all()
    told = row.get_by_role("cell").all_inner_texts()
    assert told[:3] == ["medewerkers.csv", str(wrong_line + 1), "department"]
    assert "T999" in told[3]
    # And nothing is imported, not the good row either
    expect(page.get_by_role("button", name="Doorvoeren", exact=True)).to_have_count(0)
    assert _changed(leer, before) == set()


def test_change_is_shown_first_then_confirmed_then_seen_by_the_manager(
    leer: Instance, administrator: Visitor, visit: Visit
) -> None:
    page = administrator.page
    # Given a file with one new colleague
    row = _row("P99999", "w.proefman", "Wietske", "Proefman", OF_ANOTHER[0])
    head = (FOLDER / "medewerkers.csv").read_text().splitlines()[0]
    before = traces(leer)
    _bring(page, {"medewerkers.csv": f"{head}\n{row}\n".encode()})
    # When the preview shows what would change
    expect(page.get_by_role("heading", name="Wat er verandert")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Wietske Proefman")
    assert _changed(leer, before) == set()
    # And it is confirmed
    learner.press(page, "Doorvoeren")
    # Then it is done
    expect(page.get_by_role("heading", name="Wat er is veranderd")).to_be_visible()
    # And the manager of that team sees the new colleague
    manager = visit()
    manager.sign_in(ANOTHER_MANAGER)
    manager.go("/mijn-team/")
    learner.follow(manager.page, people.team_name(OF_ANOTHER[0]))
    expect(manager.page.get_by_role("rowheader", name="Wietske Proefman")).to_be_visible()


def test_file_that_is_no_such_file_is_refused_in_words(administrator: Visitor) -> None:
    administrator.may_be_refused(422)
    page = administrator.page
    _bring(page, {"teams.csv": b"\x89PNG\r\n\x1a\n\x00\x00"})
    expect(page.get_by_role("alert")).to_contain_text("Dit lukte nog niet")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("teams.csv"))


def _bring(page: Page, files: dict[str, bytes]) -> None:
    learner.follow(page, "Beheer")
    for name, content in files.items():
        page.get_by_label(FIELDS[name]).set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content}
        )
    learner.press(page, "Bestanden controleren")


def _row(key: str, username: str, given: str, family: str, team: str) -> str:
    written = io.StringIO()
    email = f"{username}@voorbeelddouane.example"
    values = [key, username, given, family, email, "F01", team, "ja", "", "2026-01-01"]
    csv.writer(written, delimiter=";", lineterminator="").writerow(values)
    return written.getvalue()


def _changed(leer: Instance, before: dict[str, str]) -> set[str]:
    """The tables of people and teams that differ, apart from the record of the import itself."""
    left = left_by(before, traces(leer))
    return {name for name in left if name.startswith(ORGANISATION)} - {RECORD}
