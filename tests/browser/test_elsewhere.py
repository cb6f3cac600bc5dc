"""Somebody did the course elsewhere, and the programme looks at the proof: both on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import CALM, PHONE

pytestmark = pytest.mark.browser
PDF = {"name": "bewijs.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\nx\n%%EOF\n"}
REQUESTS = "/programma/elders-gedaan/"


def test_what_was_done_elsewhere_counts_once_the_programme_saw_the_proof(
    visit: Visit, beginner: Person
) -> None:
    audit = Audit()
    colleague, programme = visit(size=PHONE, **CALM), visit(size=PHONE, **CALM)
    colleague.may_be_refused(422)
    # Given somebody who forgets to say when it was, and then asks
    colleague.sign_in(beginner.username)
    _ask(colleague.page, audit)
    # When the programme looks at the request
    programme.sign_in("programma")
    programme.go("/programma/")
    learner.follow(programme.page, "Elders gedaan")
    expect(programme.page.get_by_role("main")).not_to_contain_text(beginner.name)
    audit.look_everywhere(programme.page, "requests")
    programme.page.get_by_role("main").get_by_role("link", name=learner.MODULE).click()
    expect(programme.page.get_by_role("heading", level=1)).to_contain_text(beginner.name)
    audit.look_everywhere(programme.page, "a request")
    with programme.page.expect_download() as file:
        learner.follow(programme.page, "Download het bestand")
    assert file.value.path().read_bytes() == PDF["buffer"]
    learner.press(programme.page, "Dit telt mee")
    expect(programme.page.get_by_role("heading", name="Was dit een vergissing?")).to_be_visible()
    audit.look_everywhere(programme.page, "a request, accepted")
    programme.go(REQUESTS)
    programme.page.locator("summary").click()
    audit.look_everywhere(programme.page, "requests, decided")
    # Then it is done, and there is a proof that says so
    colleague.go(learner.MODULE_PATH)
    expect(colleague.page.get_by_text("Elders gedaan op")).to_be_visible()
    audit.look_everywhere(colleague.page, "module, done elsewhere")
    colleague.go("/mijn-leren/")
    audit.look_everywhere(colleague.page, "my learning, done elsewhere")
    colleague.go(f"{learner.MODULE_PATH}bewijs/")
    expect(colleague.page.get_by_text("deed elders wat telt voor de module")).to_be_visible()
    audit.look_everywhere(colleague.page, "proof of elsewhere")
    audit.assert_clean()


def _ask(page: Page, audit: Audit) -> None:
    page.goto(learner.MODULE_PATH)
    learner.follow(page, "Ik deed dit al ergens anders")
    audit.look_everywhere(page, "asking")
    page.get_by_label("Wat deed je?").fill("Weerbaar aan de kade")
    page.get_by_label("Waar deed je dat?").fill("Politieacademie, Apeldoorn")
    learner.press(page, "Verstuur")
    expect(page.get_by_role("alert")).to_be_visible()
    audit.look_everywhere(page, "asking, something is missing")
    day = timezone.localdate() - timedelta(days=40)
    page.get_by_label("Wanneer had je het gedaan?").fill(day.isoformat())
    page.get_by_label("Bewijs").set_input_files(PDF)  # type: ignore[arg-type]
    learner.press(page, "Verstuur")
    expect(page.get_by_text("schreef je dat je dit al elders deed")).to_be_visible()
    audit.look_everywhere(page, "module, asked")
