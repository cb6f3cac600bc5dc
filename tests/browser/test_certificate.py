"""Somebody proves to others that a module was done, shows what is needed, and takes it back."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import learner, people
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes, text_of

pytestmark = pytest.mark.browser
TEAM = "T001"  # in the first wave: most of them did the module


@both_sizes
def test_a_certificate_from_the_proof_to_its_withdrawal(visit: Visit, size: ViewportSize) -> None:
    audit = Audit()
    colleague = visit(size=size, **CALM)
    colleague.sign_in("leidinggevende")
    name = _somebody_who_did_the_module(colleague.page)
    holder = visit(size=size, **CALM)
    holder.sign_in(next(one.username for one in people.team(TEAM) if one.name == name))
    page = holder.page
    # Given a proof, the holder chooses to be named and has the paper made
    page.goto(f"{learner.MODULE_PATH}bewijs/")
    learner.follow(page, "Maak een certificaat (pdf)")
    expect(page.get_by_label("niet: er staat geen naam op")).to_be_checked()
    page.get_by_label("mijn hele naam").check()
    audit.look_everywhere(page, "what may be on it")
    learner.press(page, "Maak het certificaat")
    audit.look_everywhere(page, "one's own certificate")
    # When the code on it is scanned by a colleague
    address = _scanned(page)
    colleague.go(address)
    expect(colleague.page.get_by_role("heading", level=1)).to_have_text("Dit certificaat klopt")
    assert name in text_of(colleague.page, ".proof")
    audit.look_everywhere(colleague.page, "check by a colleague")
    # Then somebody from outside sees nothing of it, until the holder opens it
    outsider = visit(size=size, **CALM)
    outsider.may_be_refused(404)
    outsider.go(address)
    expect(outsider.page.get_by_role("link", name="Inloggen")).to_be_visible()
    assert name not in text_of(outsider.page, "body")
    audit.look_everywhere(outsider.page, "check that is closed")
    learner.press(page, "Zet open voor mensen van buiten")
    audit.look_everywhere(page, "one's own certificate, open")
    outsider.go(address)
    expect(outsider.page.get_by_role("heading", level=1)).to_have_text("Dit certificaat klopt")
    audit.look_everywhere(outsider.page, "check by an outsider")
    # When the holder takes it back
    learner.press(page, "Trek het certificaat in")
    expect(page.get_by_text("Ingetrokken", exact=True)).to_be_visible()
    colleague.go(address)
    expect(colleague.page.get_by_role("heading", level=1)).to_have_text(
        "Dit certificaat is ingetrokken"
    )
    assert name not in text_of(colleague.page, "main")
    audit.look_everywhere(colleague.page, "check of what was withdrawn")
    outsider.go(address)
    expect(outsider.page.get_by_role("link", name="Inloggen")).to_be_visible()
    # Then the holder reads who looked
    learner.follow(page, "Mijn certificaten")
    audit.look_everywhere(page, "one's own certificates")
    page.goto("/mijn-gegevens/")
    expect(page.locator(".looks")).to_contain_text("een certificaat van jou")
    audit.assert_clean()


def _somebody_who_did_the_module(manager: Page) -> str:
    manager.goto("/mijn-team/")
    learner.follow(manager, people.team_name(TEAM))
    done = manager.locator(".stacks tbody tr").filter(has_text="gedaan")
    return done.first.get_by_role("rowheader").inner_text().strip()


def _scanned(page: Page) -> str:
    """What the code on the paper says."""
    with page.expect_download() as download:
        learner.follow(page, "Download de pdf")
    paper = pypdfium2.PdfDocument(Path(download.value.path()).read_bytes())
    [code] = zxingcpp.read_barcodes(paper[0].render(scale=2).to_pil())
    return code.text
