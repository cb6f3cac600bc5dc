"""Another system gets a key and writes a fact; the programme looks for it and reads it, and
nobody can tell who it is about. Forwarding can be paused.

Keys are the administrator's (``leer.access``): whoever has one with which to read sees persons.
"""

import base64
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Error, Page, ViewportSize, expect

from leer.core import embedded
from tests.browser import cms, learner
from tests.browser.accessibility import WCAG, Audit
from tests.browser.conftest import Visit
from tests.browser.instance import ENVIRONMENT, Instance
from tests.browser.visitor import NARROW, Visitor, both_sizes

pytestmark = pytest.mark.browser

LEDGER, KEYS, TARGETS = "/cms/grootboek/", "/cms/sleutels/", "/cms/grootboek/doorsturen/"
MAIL = "jan.jansen@voorbeelddouane.example"
STICKING_OUT = """() => [...document.querySelectorAll('.nice-padding *')].filter(one => {
    const {right, width} = one.getBoundingClientRect();
    return width > 1 && right > innerWidth + 1 && !one.closest('pre, thead, .w-sr-only');
}).map(one => one.outerHTML.slice(0, 100))"""


class System:
    """Another system, with the key that it was given."""

    def __init__(self, address: str, key: str, secret: str) -> None:
        self._address = f"{address}/xapi/statements"
        self._pass = base64.b64encode(f"{key}:{secret}".encode()).decode()

    def write(self, activity: str) -> int:
        """Somebody did this; the status of the answer."""
        body = {
            "actor": {"mbox": f"mailto:{MAIL}", "name": "Jan Jansen"},
            "verb": {"id": "http://adlnet.gov/expapi/verbs/failed", "display": {"nl": "zakte"}},
            "object": {"id": activity, "definition": {"name": {"nl": "Ladingcontrole"}}},
            "result": {"score": {"raw": 31337}, "completion": True},
        }
        headers = {
            "Authorization": f"Basic {self._pass}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": "1.0.3",
        }
        content = json.dumps(body).encode()
        request = urllib.request.Request(self._address, content, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


def signed_in(visit: Visit, username: str, **options: Any) -> Visitor:
    visitor = visit(**options)
    visitor.sign_in(username)
    return visitor


def make_key(page: Page, name: str, prefix: str = "") -> tuple[str, str]:
    """From the list of keys to the page that shows a new one."""
    page.goto(KEYS)
    page.get_by_role("link", name="Nieuwe sleutel").first.click()
    page.locator("#id_name").fill(name)
    page.locator("#id_activity_prefix").fill(prefix)
    learner.press(page, "Sleutel maken")
    expect(page.get_by_role("heading", level=1, name="De sleutel is gemaakt")).to_be_visible()
    return page.locator("#made-key").input_value(), page.locator("#made-secret").input_value()


def revoke(page: Page, name: str) -> None:
    page.goto(KEYS)
    page.get_by_role("link", name=f"Intrekken {name}").click()
    learner.press(page, "Ja, intrekken")
    expect(page.locator(".messages .success")).to_contain_text(name)


def look_for(page: Page, activity: str) -> None:
    page.goto(LEDGER)
    page.get_by_text("Zoek gericht").click()
    page.get_by_label("Activiteit (IRI)").fill(activity)
    learner.press(page, "Zoeken")


def command(leer: Instance, *said: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "xapi_forward", *said],
        cwd=embedded.PROJECT_DIR,
        env=ENVIRONMENT | {"LEER_DATA": str(leer.data)},
        input="een-geheim\n",
        text=True,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def target(leer: Instance) -> Iterator[str]:
    """A target at an address where nobody listens, paused."""
    name = f"Datahuis {uuid4().hex[:6]}"
    command(leer, "add", name, "http://127.0.0.1:9/xapi", "--key", "leer", "--paused")
    yield name
    command(leer, "remove", name)


def test_key_is_seen_once_and_what_is_written_with_it_is_read_without_who(
    leer: Instance, visit: Visit
) -> None:
    name, base = f"Inkoop {uuid4().hex[:6]}", f"https://inkoop.example/{uuid4()}/"
    # Given an administrator who makes a key for what was bought
    allowed = ["clipboard-read", "clipboard-write"]
    administrator = signed_in(visit, "beheerder", permissions=allowed)
    page = administrator.page
    key, secret = make_key(page, name, prefix=base)
    # When the secret is copied
    page.get_by_role("button", name="Kopieer Geheim").click()
    expect(page.get_by_text("Gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    # And the page is left
    learner.follow(page, "Ik heb het bewaard")
    # Then the key is in the list, and its secret is not; nor does going back show it
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
    expect(row).to_contain_text("geldig")
    assert secret not in page.content()
    go_back(administrator)
    expect(page.locator("#made-secret")).to_have_count(0)
    expect(page.get_by_text(secret)).to_have_count(0)
    # And the system writes with it, about its own only
    system = System(leer.address, key, secret)
    assert system.write(f"{base}1") == 200
    assert system.write("https://elders.example/1") == 403
    # When somebody of the programme looks for it, and reads it
    programme = signed_in(visit, "programma")
    reader = programme.page
    learner.follow(reader, "Grootboek")
    look_for(reader, f"{base}1")
    learner_reads = reader.get_by_role("link", name="kreeg een uitslag voor")
    expect(learner_reads).to_have_count(1)
    expect(reader.get_by_role("cell", name=name)).to_be_visible()
    learner_reads.click()
    expect(reader.get_by_role("heading", level=2)).to_contain_text("“Ladingcontrole”.")
    reader.get_by_text("Bekijk als JSON").click()
    # Then it tells what happened, and neither who it was nor how it went
    expect(reader.get_by_role("region", name="JSON")).to_contain_text(f"{base}1")
    for words in (MAIL, "Jan Jansen", "31337", "zakte", "failed", key):
        assert words not in reader.content()
    # When the key is revoked
    revoke(page, name)
    # Then it opens nothing, and what was written stays
    assert system.write(f"{base}2") == 401
    look_for(reader, f"{base}1")
    expect(reader.get_by_role("link", name="kreeg een uitslag voor")).to_have_count(1)


def go_back(visitor: Visitor) -> None:
    """A browser that kept nothing of the page says so, as an error."""
    try:
        visitor.page.go_back()
    except Error as error:
        assert "ERR_CACHE_MISS" in error.message  # noqa: PT017 (no error is as good)


def test_facts_are_found_and_read_by_keyboard_alone(visit: Visit) -> None:
    page = signed_in(visit, "programma").page
    page.goto(LEDGER)
    tab_to(page, "Zoek gericht")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Werkwoord", exact=True)).to_be_visible()
    tab_to(page, "#id_verb")
    page.keyboard.type("rondde")
    tab_to(page, "Zoeken")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Alles tonen")).to_be_visible()
    tab_to(page, ".title a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("rondde")
    tab_to(page, "Bekijk als JSON")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="JSON")).to_be_visible()


def tab_to(page: Page, what: str) -> None:
    """Press Tab until the focus is on this: words, or a selector of id or class."""
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "what => /^[#.]/.test(what) ? document.activeElement.matches(what)"
            " : document.activeElement.innerText.trim().startsWith(what)",
            what,
        )
        if focused:
            return
    pytest.fail(f"Tab does not come to {what}")


def test_key_is_made_by_keyboard_alone_and_errors_keep_what_was_typed(visit: Visit) -> None:
    page = signed_in(visit, "beheerder").page
    name = f"Toetsen {uuid4().hex[:6]}"
    page.goto(f"{KEYS}nieuw/")
    tab_to(page, "#id_name")
    page.keyboard.type(name)
    tab_to(page, "#id_activity_prefix")
    page.keyboard.type("geen adres")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Dit lukte nog niet")
    prefix = page.locator("#id_activity_prefix")
    expect(prefix).to_have_value("geen adres")
    expect(prefix).to_have_accessible_description(
        "Het begin van een IRI. Leeg betekent: alle activiteiten. "
        "Schrijf het hele adres, zoals https://voorbeeld.nl/cursus/1, zonder spaties."
    )
    expect(page.locator("#id_name")).to_have_value(name)
    prefix.fill("")
    prefix.press("Enter")
    expect(page.get_by_role("heading", level=1, name="De sleutel is gemaakt")).to_be_visible()
    revoke(page, name)


def test_forwarding_is_resumed_tells_its_trouble_and_is_paused(visit: Visit, target: str) -> None:
    page = signed_in(visit, "programma").page
    # Given a target that is paused
    page.goto(TARGETS)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=target))
    expect(row).to_contain_text("gepauzeerd")
    # When it is resumed
    row.get_by_role("button", name=f"Hervatten {target}").click()
    expect(page.locator(".messages .success")).to_contain_text(target)
    # Then Leer tries, and the page tells what is wrong
    for _look in range(60):
        if "Laatste fout:" in row.inner_text():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(row).to_contain_text("Versturen lukte niet (ConnectionRefusedError: Connection refused)")
    expect(row).to_contain_text("wacht na een fout")
    expect(row.get_by_role("button", name="Probeer nu")).to_be_visible()
    # And it is paused again
    row.get_by_role("button", name=f"Pauzeren {target}").click()
    expect(row).to_contain_text("gepauzeerd")


# Every screen --------------------------------------------------------------------------------
class Walk:
    """Looks at each screen that is come by: axe, light and dark, and 320 pixels. Wagtail's own
    frame is not ours, so without best practices.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.audit = Audit(tags=WCAG)

    def look(self, screen: str) -> None:
        self.page.mouse.move(0, 0)  # what is pointed at has colours of its own
        self.page.evaluate("document.getAnimations().map(one => one.finish())")
        self.audit.look_until_it_settles(self.page, screen, dark=True)  # messages appear slowly
        self.audit.look_narrow(self.page, screen)
        before = self.page.viewport_size
        assert before
        self.page.set_viewport_size(NARROW)
        cms.at_rest(self.page)
        out = self.page.evaluate(STICKING_OUT)
        self.audit.found += [f"{screen}, 320 px: {one}" for one in out]
        self.page.set_viewport_size(before)

    def go(self, path: str, screen: str) -> None:
        self.page.goto(path)
        self.look(screen)


@both_sizes
def test_screens_of_the_programme(visit: Visit, target: str, size: ViewportSize) -> None:
    page = signed_in(visit, "programma", size=size, reduced_motion="reduce").page
    walk = Walk(page)
    walk.go("/cms/", "front page")
    walk.go(LEDGER, "facts")
    page.get_by_text("Zoek gericht").click()
    walk.look("facts, looking")
    page.get_by_label("Activiteit (IRI)").fill("geen adres")
    learner.press(page, "Zoeken")
    walk.look("facts, a question that cannot be")
    walk.go(f"{LEDGER}?activity=https://niets.example/", "facts, none")
    page.goto(LEDGER)
    page.locator(".title a").first.click()
    page.get_by_text("Bekijk als JSON").click()
    walk.look("a fact")
    walk.go(TARGETS, "targets")
    walk.audit.assert_clean()


@both_sizes
def test_screens_of_the_administrator(visit: Visit, size: ViewportSize) -> None:
    page = signed_in(visit, "beheerder", size=size, reduced_motion="reduce").page
    walk = Walk(page)
    name = f"Kijken {uuid4().hex[:6]}"
    walk.go(f"{KEYS}nieuw/", "a new key")
    learner.press(page, "Sleutel maken")
    walk.look("a new key, incomplete")
    make_key(page, name, prefix="https://inkoop.example/" + "heel-lang-" * 12)
    walk.look("a key that was made")
    walk.go(KEYS, "keys")
    page.get_by_role("link", name=f"Intrekken {name}").click()
    walk.look("revoking a key")
    learner.press(page, "Ja, intrekken")
    walk.look("keys, one of them revoked")
    walk.audit.assert_clean()
