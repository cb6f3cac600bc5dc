"""Help when somebody was approached: one click from everywhere, and no trace of it anywhere."""

import pytest
from playwright.sync_api import BrowserContext, Page, Response, ViewportSize, expect

from tests.browser import learner
from tests.browser.accessibility import WCAG, Audit
from tests.browser.conftest import Visit
from tests.browser.instance import Instance
from tests.browser.people import Person
from tests.browser.traces import left_by, traces
from tests.browser.visitor import DESK, NARROW, PHONE, Visitor, fits

pytestmark = pytest.mark.browser

LINK = "Benaderd? Hier kun je terecht"


def test_help_leaves_no_trace_of_a_visitor(leer: Instance, visit: Visit) -> None:
    # Given somebody who is not signed in
    visitor = visit(size=PHONE)
    visitor.go("/inloggen/")
    with leer.background_at_rest():
        before = traces(leer)
        # When they look for help from the sign-in page
        answer = _follow_help(visitor.page)
        expect(visitor.page.get_by_role("link", name="Bel 112")).to_be_visible()
        # Then nothing that is kept anywhere has changed
        assert left_by(before, traces(leer)) == {}
    _says_to_keep_nothing(answer)


def test_help_leaves_no_trace_of_somebody_who_is_signed_in(
    leer: Instance, visit: Visit, beginner: Person
) -> None:
    # Given somebody who is signed in and reads a page
    visitor = visit(size=DESK)
    visitor.sign_in(beginner.username)
    cookies = _cookies(visitor.context)
    with leer.background_at_rest():
        before = traces(leer)
        # When they look for help, twice
        answer = _follow_help(visitor.page)
        source = answer.text()
        visitor.page.reload()
        # Then nothing that is kept anywhere has changed
        assert left_by(before, traces(leer)) == {}
    # And the page is the same for everybody
    assert beginner.name not in source
    assert _cookies(visitor.context) == cookies
    _says_to_keep_nothing(answer)


def test_two_taps_from_any_page_to_what_to_do_and_no_trace(leer: Instance, visit: Visit) -> None:
    # Given somebody who is not signed in
    visitor = visit(size=PHONE)
    visitor.go("/inloggen/")
    audit = Audit(WCAG)
    with leer.background_at_rest():
        before = traces(leer)
        # When they tap help, and then what happened to them
        _follow_help(visitor.page)
        audit.look_everywhere(visitor.page, "help")
        with visitor.page.expect_response("**/hulp/ik-heb-al-iets-gedaan/") as answered:
            learner.follow(visitor.page, "Ik heb al iets gegeven of gedaan")
        # Then they read whom to call and what to do, and nothing that is kept has changed
        expect(
            visitor.page.get_by_role("heading", name="Bel eerst het contactpunt")
        ).to_be_visible()
        expect(visitor.page.get_by_text("Stop nu.")).to_be_visible()
        audit.look_everywhere(visitor.page, "what to do")
        assert left_by(before, traces(leer)) == {}
    _says_to_keep_nothing(answered.value)
    assert visitor.page.locator("form, input, script").count() == 0
    audit.assert_clean()


def test_what_to_do_fits_the_narrowest_phone(visit: Visit) -> None:
    visitor = visit(size=NARROW)
    visitor.go("/hulp/")
    links = visitor.page.locator("a[href^='/hulp/']").evaluate_all("all => all.map(a => a.href)")
    assert len(links) > 5
    for link in links:
        visitor.go(link)
        fits(visitor.page)


def test_a_visit_that_does_leave_something_is_noticed(leer: Instance, visit: Visit) -> None:
    """The comparison above is worth something: signing in is seen in it."""
    visitor = visit()
    with leer.background_at_rest():
        before = traces(leer)
        visitor.sign_in("programma")
        left = left_by(before, traces(leer))
    assert {"table public.accounts_user", "table public.accounts_session"} <= left.keys()


def test_help_answers_without_a_cookie_and_asks_for_none(visit: Visit) -> None:
    visitor = visit()
    visitor.go("/hulp/")
    assert visitor.context.cookies() == []
    assert visitor.page.locator("form, input, script").count() == 0


PAGES_WITHOUT_ACCOUNT = ("/inloggen/", "/info/privacy/", "/info/toegankelijkheid/")
PAGES_OF_A_LEARNER = (
    "/mijn-leren/",
    learner.MODULE_PATH,
    "/leren/herken-een-benadering/iedereen-kan-doelwit-zijn/",
    "/leren/herken-een-benadering/wat-zie-je/",
    learner.STORY_PATH,
    "/casussen/",
    "/casussen/wanneer-werkt-ruud/",
    "/mijn-team/",  # refused to a learner
    "/bestaat-niet/",
)


@pytest.mark.parametrize("size", [pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk")])
def test_help_is_one_click_away_in_the_same_place_on_every_page(
    visit: Visit, beginner: Person, size: ViewportSize
) -> None:
    visitor = visit(size=size)
    visitor.may_be_refused(403, 404)
    places = [_place_of_help(visitor, path, size) for path in PAGES_WITHOUT_ACCOUNT]
    visitor.sign_in(beginner.username)
    learner.begin_module(visitor.page)
    places += [_place_of_help(visitor, path, size) for path in PAGES_OF_A_LEARNER]
    assert len(set(places)) == 1, places


@pytest.mark.parametrize(
    ("username", "path"),
    [("leidinggevende", "/mijn-team/"), ("beheerder", "/beheer/import/")],
)
def test_help_is_one_click_away_for_other_roles(visit: Visit, username: str, path: str) -> None:
    visitor = visit()
    visitor.sign_in(username)
    visitor.go(path)
    _follow_help(visitor.page)


def _follow_help(page: Page) -> Response:
    with page.expect_response("**/hulp/") as answered:
        learner.follow(page, LINK)
    expect(page.get_by_role("heading", level=1)).to_have_text(LINK)
    return answered.value


def _says_to_keep_nothing(answer: Response) -> None:
    headers = answer.all_headers()
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers
    assert "referer" not in answer.request.all_headers()


def _cookies(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def _place_of_help(visitor: Visitor, path: str, size: ViewportSize) -> tuple[str, int, int]:
    """Where the one link stands: from the top on a desk, above the content on a phone."""
    visitor.go(path)
    link = visitor.page.get_by_role("link", name=LINK, exact=True)
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "/hulp/")
    box, content = link.bounding_box(), visitor.page.locator(".main").bounding_box()
    assert box is not None
    assert content is not None
    if size == DESK:
        return ("from the top", round(box["x"]), round(box["y"]))
    assert box["y"] + box["height"] < size["height"] / 2, "seen without scrolling"
    return ("above the content", round(box["x"]), round(content["y"] - box["y"]))
