"""Somebody looks at what Leer knows of them and who looked, and takes it along."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import learner, people
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes

pytestmark = pytest.mark.browser


@both_sizes
def test_employee_sees_who_looked_and_takes_the_data_along(
    visit: Visit, size: ViewportSize
) -> None:
    manager = visit(**CALM)
    manager.sign_in("leidinggevende")
    manager.page.goto("/mijn-team/")
    learner.follow(manager.page, people.team_name("T001"))
    expect(manager.page.locator(".stacks").first).to_be_visible()

    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in("medewerker")
    page = visitor.page
    page.get_by_role("link", name="Mijn gegevens").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit weet Leer van jou")
    expect(page.locator(".looks li").first).to_contain_text("Ruud Peters")
    audit.look_everywhere(page, "own data")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download alles").click()
    file = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert file["records"]["accounts.User"][0]["username"] == "medewerker"
    assert file["looks"][0]["viewer"] == "Ruud Peters"

    learner.follow(page, "Mijn leren op een dag")
    expect(page.locator(".stacks")).to_contain_text(learner.MODULE)
    audit.look_everywhere(page, "where one was on a day")
    learner.follow(page, "Mijn gegevens")
    learner.follow(page, "Alles wat Leer van mensen bewaart")
    page.get_by_role("heading", name="Keuzes, antwoorden en scores (klasse B)").click()
    expect(page.get_by_text("Pogingen", exact=True).last).to_be_visible()
    audit.look_everywhere(page, "register")
    audit.assert_clean()
