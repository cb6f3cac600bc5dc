"""A manager sees how far the team is, and nothing of what anybody answered or chose."""

import csv
import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from leer.demo import history
from tests.browser import learner, people, story
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import SIZES, Visitor, both_sizes

pytestmark = pytest.mark.browser

OWN, OF_ANOTHER = ("T001", "T002"), ("T003", "T004")
ANOTHER_MANAGER = "o.li"
# Ahead stands who needs help first.
STATES = ["verlopen", "te doen", "bezig", "gedaan"]


@both_sizes
def test_manager_sees_everybody_in_the_team_with_a_state(visit: Visit, size: ViewportSize) -> None:
    page = _own_team(visit, size)
    rows = page.locator(".stacks tbody").get_by_role("row")
    names = rows.get_by_role("rowheader").all_inner_texts()
    assert sorted(names) == sorted(person.name for person in people.team(OWN[0]))
    states = [text.strip() for text in rows.locator(".state").all_inner_texts()]
    assert set(states) <= set(STATES)
    assert states == sorted(states, key=STATES.index)


@both_sizes
def test_manager_sees_the_total_as_a_picture_with_its_table(
    visit: Visit, size: ViewportSize
) -> None:
    page = _own_team(visit, size)
    everybody = len(people.team(OWN[0]))
    # The table counts everybody once
    table = {
        row.get_by_role("rowheader").inner_text().strip(): int(row.get_by_role("cell").inner_text())
        for row in page.locator(".tally__table").get_by_role("row").all()
    }
    assert list(table) == ["gedaan", "bezig", "te doen", "verlopen", "samen"]
    assert table.pop("samen") == everybody == sum(table.values())
    # The picture says the same, in words and in lengths
    picture = page.locator("svg.bar")
    expect(picture).to_be_visible()
    words = picture.locator("desc").text_content() or ""
    assert all(f"{count} {state}" in words for state, count in table.items())
    widths = [box["width"] for box in _boxes(page, "svg.bar rect") if box["width"]]
    whole = _boxes(page, "svg.bar")[0]["width"]
    shares = sorted(count / everybody for count in table.values() if count)
    assert sorted(width / whole for width in widths) == pytest.approx(shares, abs=0.02)
    # And so do the names
    states = page.locator(".stacks tbody .state").all_inner_texts()
    assert {state: sum(state == one.strip() for one in states) for state in table} == table


@both_sizes
def test_manager_asks_for_one_state_and_takes_it_along(visit: Visit, size: ViewportSize) -> None:
    page = _own_team(visit, size)
    # When the manager asks who is still to begin
    page.locator(".filter").get_by_role("link", name=re.compile("^te doen")).click()
    rows = page.locator(".stacks tbody").get_by_role("row")
    names = rows.get_by_role("rowheader").all_inner_texts()
    expect(page.locator(".filter a[aria-current]")).to_contain_text(f"te doen {len(names)}")
    # Then the file has the same people, in the same order
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als bestand (CSV)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines(), delimiter=";"))
    head = next(number for number, line in enumerate(lines) if line[:1] == ["naam"])
    assert [line[0] for line in lines[head + 1 :]] == names
    # And paper has the names, their states and the day, without what only works on a screen
    page.emulate_media(media="print")
    expect(page.get_by_text(re.compile(r"op \d+ \w+ 20\d\d"))).to_be_visible()
    expect(rows.first).to_be_visible()
    for gone in (".filter", "form", ".nav"):
        expect(page.locator(gone).first).to_be_hidden()


def test_team_page_holds_no_answer_score_or_path(visit: Visit) -> None:
    # Given a team in which people have answered questions and played the story (in the demo)
    source = _own_team(visit).content().lower()
    assert "gedaan" in source
    # Then its page has no word of what they met there
    words = [question["tekst"] for question in learner.QUESTIONS]
    words += [option["tekst"] for question in learner.QUESTIONS for option in question["optie"]]
    words += [question["sleutel"] for question in learner.QUESTIONS]
    words += list(story.STORY.passages)
    words += [
        choice.text
        for passage in story.STORY.passages.values()
        for choice in passage.choices
        if len(choice.text) > story.LONG_ENOUGH
    ]
    words += ["veilig", "leermoment", "score", "scaled", "success", "poging", "attempt", "registr"]
    told = source.replace("beveiligd terrein", "")  # a plain reason, and no ending of a story
    assert [word for word in words if word.lower() in told] == []
    # Nor any identifier but the team's own and Django's token
    ids = set(re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", source))
    assert len(ids) <= 1
    # Nor a day on which somebody did something
    assert not re.search(r"gedaan op|\d\d:\d\d", source)


def test_team_of_another_manager_is_not_there(visit: Visit) -> None:
    # Given the addresses of another manager's teams, as that manager has them
    other = visit()
    other.sign_in(ANOTHER_MANAGER)
    other.go("/mijn-team/")
    theirs = _team_links(other.page)
    assert set(theirs) == {people.team_name(key) for key in OF_ANOTHER}
    # When somebody else who leads teams asks for them
    manager = visit()
    manager.sign_in("leidinggevende")
    manager.go("/mijn-team/")
    assert set(_team_links(manager.page)) == {people.team_name(key) for key in OWN}
    manager.may_be_refused(404)
    for name, path in theirs.items():
        # Then they are not there, just as a team that does not exist
        source = _refusal(manager, path)
        assert name not in source
        assert source == _refusal(manager, f"/mijn-team/{uuid4()}/")
    # Nor under an id that can be guessed
    for guess in ("1", "T003", "T001"):
        assert manager.go(f"/mijn-team/{guess}/").status == 404


def test_employee_has_no_team_page(visit: Visit, beginner: Person) -> None:
    visitor = visit()
    visitor.sign_in(beginner.username)
    expect(visitor.page.get_by_role("link", name="Mijn team")).to_have_count(0)
    visitor.may_be_refused(403)
    assert visitor.go("/mijn-team/").status == 403
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "Deze pagina is niet voor jouw rol"
    )


def test_manager_learns_like_everybody(visit: Visit) -> None:
    assert "leidinggevende" in history.FRESH
    visitor = visit()
    visitor.sign_in("leidinggevende")
    expect(visitor.page.locator(".next__title")).to_have_text(learner.MODULE)
    # And has what only leaders have, after it
    for key in history.FOR_LEADERS:
        expect(visitor.page.locator(f'a[href="/leren/{key}/"]')).to_be_visible()


def _own_team(visit: Visit, size: ViewportSize = SIZES["desk"]) -> Page:
    manager = visit(size=size)
    manager.sign_in("leidinggevende")
    learner.follow(manager.page, "Mijn team")
    learner.follow(manager.page, people.team_name(OWN[0]))
    expect(manager.page.locator(".eyebrow")).to_contain_text(people.team_name(OWN[0]))
    return manager.page


def _refusal(visitor: Visitor, path: str) -> str:
    """What is shown there, when it is refused."""
    answer = visitor.go(path)
    assert answer.status == 404
    return _without_ids(answer.text())


def _team_links(page: Page) -> dict[str, str]:
    links = page.locator(".teams th a").all()
    return {link.inner_text(): link.get_attribute("href") or "" for link in links}


def _boxes(page: Page, selector: str) -> list[dict[str, float]]:
    return [
        one.evaluate("e => { const b = e.getBoundingClientRect(); return {width: b.width} }")
        for one in page.locator(selector).all()
    ]


def _without_ids(source: str) -> str:
    """Without what differs between any two pages: the address and the form's token."""
    source = re.sub(r"[0-9a-f-]{36}", "", source)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", source)


def test_manager_sends_a_kind_nudge_once_a_week(visit: Visit) -> None:
    page = _own_team(visit, SIZES["phone"])
    learner.press(page, "Stuur een vriendelijk duwtje")
    expect(page.get_by_role("status")).to_contain_text("Het duwtje gaat weg")
    expect(page.get_by_role("button", name="Stuur een vriendelijk duwtje")).to_have_count(0)
    expect(page.get_by_text("kan het weer")).to_be_visible()


@both_sizes
def test_manager_opens_and_prints_the_guide_for_talking(visit: Visit, size: ViewportSize) -> None:
    page, audit = _own_team(visit, size), Audit()
    learner.follow(page, "Open de gespreksgids")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Een half uur om samen over te praten"
    )
    expect(page.get_by_role("heading", name="Vragen aan elkaar").first).to_be_visible()
    audit.look_everywhere(page, "the guide for talking")
    audit.assert_clean()
    # On paper it is the guide alone, and there is room to write
    page.emulate_media(media="print")
    expect(page.locator(".nav")).to_be_hidden()
    expect(page.get_by_text("Onze afspraak:")).to_be_visible()


def test_manager_has_a_colleague_stand_in(visit: Visit, beginner: Person) -> None:
    page = _own_team(visit)
    page.get_by_role("link", name="Laat je vervangen als je er niet bent").click()
    page.get_by_label("Of het e-mailadres van een andere collega").fill(beginner.email)
    page.get_by_label("Laatste dag").fill(page.get_by_label("Eerste dag").input_value())
    learner.press(page, "Vraag om te vervangen")
    expect(page.get_by_role("rowheader", name=beginner.name)).to_be_visible()
    # Then the colleague has the team in the menu, and reads whose place it is
    deputy = visit()
    deputy.sign_in(beginner.username)
    learner.follow(deputy.page, "Mijn team")
    expect(deputy.page.get_by_text("Je vervangt de leidinggevende van dit team")).to_be_visible()
    # Until the manager ends it
    page.get_by_role("button", name=re.compile(f"Beëindig.*{beginner.name}")).click()
    expect(page.get_by_role("rowheader", name=beginner.name)).to_have_count(0)
    deputy.may_be_refused(403)
    assert deputy.go("/mijn-team/").status == 403
