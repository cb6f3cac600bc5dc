"""An editor writes a case, a second person lets it go live, and colleagues read it."""

import io
from pathlib import Path
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import cms
from tests.browser.accessibility import WCAG, Audit
from tests.browser.conftest import Visit
from tests.browser.instance import Instance
from tests.browser.people import Person
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser

SECRET = b"Kade 4, Sanne"
EVENT = ("De sleutel", "Sanne vindt een sleutel die niet van haar is.")
OUTCOME = ("Ze vroeg door", "Sanne belde de beveiliging, waar hij bij stond.")
LESSON = ("Wat we ervan leren", "Meelopen mag altijd.")
OPTIONS = {
    "Ik geef hem de sleutel.": "Je wilt hem helpen.",
    "Ik vraag of hij even meeloopt.": "Je helpt, en je weet wie het is.",
}


def test_case_goes_from_writer_to_second_person_to_colleague(
    leer: Instance, visit: Visit, beginner: Person
) -> None:
    title = "De sleutel die niemand miste"
    # Given an editor who writes a case, with a picture that says where it was taken
    writer = visit(size=DESK)
    writer.may_be_refused(400)  # what is not complete yet cannot be saved by itself
    writer.sign_in("redacteur")
    page = writer.page
    cms.new_case(page)
    cms.tell(page, title, "Een sleutel, een hek en een vraag.")
    cms.upload_picture(page, "hek.jpg", picture(), "Een hek bij avond.")
    write_the_story(page)
    cms.say_where_it_comes_from(
        page, theme="Alert en weerbaar", source="Verzonnen.", review="2027-11-01"
    )
    cms.save(page)
    # When they look at the preview, it is there as colleagues would read it
    expect(cms.preview(page).get_by_role("heading", name="Wat nu?")).to_be_visible()
    # And when they looked who is in the picture, and submit it
    look_who_is_in_it(page)
    cms.open_case(page, title)
    cms.act(page, cms.SUBMIT)
    # Then it is not there yet for colleagues, and the writer cannot let it through
    reader = visit(size=PHONE)
    reader.sign_in(beginner.username)
    reader.go("/casussen/")
    expect(reader.page.get_by_role("link", name=title)).to_have_count(0)
    cms.open_case(page, title)
    assert cms.APPROVE not in cms.actions(page)
    # When a second person approves
    second = visit(size=DESK)
    second.sign_in("eindredacteur")
    cms.open_case(second.page, title)
    # And sees first who could be recognised, and says why that is no harm
    assert cms.APPROVE not in cms.actions(second.page)
    second.page.reload()
    found = cms.let_pass(second.page)
    assert "Sanne" in found
    cms.act(second.page, cms.APPROVE)
    # Then colleagues read it, up to the moment of choice first
    reader.go("/casussen/")
    reader.page.get_by_role("link", name=title).click()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(title)
    expect(reader.page.get_by_text(OUTCOME[1])).to_have_count(0)
    reader.page.get_by_role("button", name="Ik vraag of hij even meeloopt.").click()
    # And then how it went on, beginning with what there is to say about what they chose
    expect(reader.page.get_by_role("heading", name="Wat nu?")).to_be_in_viewport()
    expect(reader.page.get_by_text("Je helpt, en je weet wie het is.")).to_be_visible()
    expect(reader.page.get_by_text(OUTCOME[1])).to_be_visible()
    # And the picture says nowhere where it was taken
    source = reader.page.get_by_role("img", name="Een hek bij avond.").get_attribute("src")
    assert source is not None
    served = reader.context.request.get(source).body()
    assert not Image.open(io.BytesIO(served)).getexif()
    assert files_with(SECRET, leer.data) == []


def test_eindredacteur_cannot_approve_the_own_case(visit: Visit) -> None:
    chief = visit(size=DESK)
    chief.may_be_refused(400)
    chief.sign_in("eindredacteur")
    page, title = chief.page, "Wie het zelf schreef"
    cms.new_case(page)
    cms.tell(page, title, "Geschreven door wie ook mag goedkeuren.")
    write_the_story(page)
    cms.say_where_it_comes_from(
        page, theme="Alert en weerbaar", source="Verzonnen.", review="2027-11-01"
    )
    cms.save(page)
    assert "Publiceren" not in cms.actions(page)
    page.reload()
    # The screen of what was found is for everybody, and puts a suggestion in at a press
    page.get_by_role("link", name="Bekijk wat er is gevonden").click()
    audit = Audit(WCAG)
    audit.look_everywhere(page, "what Leer suggests instead")
    page.get_by_role("button", name="Maak er ‘").first.click()
    expect(page.get_by_text("namen die Leer zelf voorstelt")).to_have_count(1)
    page.get_by_role("link", name="Naar de casus", exact=True).click()
    cms.act(page, cms.SUBMIT)
    cms.open_case(page, title)
    assert cms.APPROVE not in cms.actions(page)
    # And the screen of what was found offers no way to let it pass
    page.reload()
    page.get_by_role("link", name="Bekijk wat er is gevonden").click()
    audit.look_everywhere(page, "what could give somebody away")
    audit.assert_clean()
    expect(page.get_by_text("Dit mag blijven staan")).to_have_count(0)


def write_the_story(page: Page) -> None:
    """What happened, what one could do, what came of it, and what there is to learn."""
    cms.write_part(page, 0, *EVENT)
    cms.write_moment(page, "Een man aan het hek", "Wat nu?", OPTIONS)
    cms.write_part(page, 2, *OUTCOME)
    cms.write_part(page, 3, *LESSON)


def look_who_is_in_it(page: Page) -> None:
    """Leer looks in the background; a place that was dragged over is covered for good."""
    page.goto(urljoin(page.url, "/cms/wie-staat-erop/"))
    audit = Audit(WCAG)
    audit.look_everywhere(page, "pictures to look at")
    page.get_by_role("link", name="hek").click()
    confirm = page.get_by_role("button", name="Bevestig")
    expect(reloaded_until(page, confirm)).to_be_visible()
    box = page.locator("[data-faces]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    expect(page.get_by_role("group", name="Plek 1").get_by_label("breed")).to_have_value("25.0")
    audit.look_everywhere(page, "who is in it")
    audit.assert_clean()
    confirm.click()
    expect(page.get_by_text("voorgoed bedekt")).to_be_visible()


def reloaded_until(page: Page, awaited: Locator) -> Locator:
    """The page again and again, until what the worker makes is there, for half a minute."""
    for _moment in range(30):
        if awaited.is_visible():
            break
        page.wait_for_timeout(1000)
        page.reload()
    return awaited


def picture() -> bytes:
    """A photograph that knows who took it and where."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 55.0, 0.0), 3: "E", 4: (4.0, 30.0, 0.0)})
    stored = io.BytesIO()
    Image.effect_noise((1200, 800), 40).convert("RGB").save(stored, "JPEG", exif=exif)
    assert SECRET in stored.getvalue()
    return stored.getvalue()


def files_with(words: bytes, folder: Path) -> list[Path]:
    """The uploads, originals included, in which these words can be found."""
    uploads = [path for path in (folder / "media").rglob("*") if path.is_file()]
    assert uploads
    return [path for path in uploads if words in path.read_bytes()]
