"""The pages that say what all of it is for, as a colleague reads them."""

import html
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cursussen.loading.programme import load_programme
from cursussen.models import ModulePage, Outcome
from leer.accounts.api import Role, User
from leer.core.spreadsheet import as_csv
from leer.monitoring.outcome_coverage import coverage, lines_of
from tests.support import factories_content as make
from tests.support import learning

pytestmark = pytest.mark.django_db
FIRST = "herkennen-in-eigen-werk"


@pytest.fixture(autouse=True)
def page() -> ModulePage:
    """A module that serves one outcome of *Alert en weerbaar*, and a case under that theme."""
    load_programme(settings.CONTENT_FOLDER / "programma")
    made = make.module(parts=False, title="Herken een benadering")
    made.outcomes = list(Outcome.objects.filter(key=FIRST))
    made.save_revision().publish()
    make.live_case()
    return made


@pytest.fixture
def browser(noor: User) -> Client:
    return learning.signed_in(noor)


def text(browser: Client, name: str, *arguments: Any) -> str:
    answer = browser.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_every_page_leads_to_the_themes_once_signed_in(browser: Client) -> None:
    way = f'href="{reverse("delivery:themes")}"'
    assert way in text(browser, "delivery:my_learning")
    assert way not in Client().get(reverse("delivery:help")).content.decode()


def test_a_theme_says_from_where_to_where_and_what_goes_with_each_outcome(browser: Client) -> None:
    shown = text(browser, "delivery:theme", "alert-en-weerbaar")
    assert "gebeuren vooral bij andere teams" in shown
    assert "kunnen ook mij en mijn directe collega’s overkomen" in shown
    first, *others = re.findall(r'<li id="[\w-]+">.*?(?=<li id=|</ol>)', shown)
    assert reverse("delivery:module", args=["herken"]) in first
    assert all("Hier hoort geen module bij" in other for other in others)
    assert reverse("delivery:case", args=["de-pas"]) in shown


def test_a_theme_of_which_the_source_says_no_from_and_to_says_so(browser: Client) -> None:
    shown = text(browser, "delivery:theme", "ethisch-leiderschap")
    assert "geeft de Verbeteragenda geen ‘van’ en ‘naar’" in shown
    assert 'class="fromto"' not in shown


def test_a_theme_that_is_none_is_not_found(browser: Client) -> None:
    assert browser.get(reverse("delivery:theme", args=["zeven"])).status_code == 404


def test_goals_lead_to_every_theme(browser: Client) -> None:
    shown = text(browser, "delivery:goals")
    assert shown.count("/themas/") >= 6
    assert "Een integere cultuur" in shown


def test_every_word_has_the_anchor_that_the_list_leads_to(browser: Client) -> None:
    shown = text(browser, "delivery:glossary")
    anchors = set(re.findall(r'<div id="([\w-]+)"', shown))
    assert set(re.findall(r'href="#([\w-]+)"', shown)) - {"inhoud"} == anchors
    assert {"moresprudentie", "mrf", "klokkenluider"} <= anchors


def test_the_file_says_exactly_what_the_page_shows() -> None:
    hanna = learning.signed_in(make.user_with(Role.PROGRAMME, name="hanna"))
    shown = text(hanna, "monitoring:outcomes")
    file = hanna.get(reverse("monitoring:outcomes_csv")).content.decode()
    assert file == as_csv(lines_of(coverage()))
    lines = [line.split(";") for line in file.strip().splitlines()[1:]]
    assert [line[1] for line in lines] == re.findall(r'serves__number">([\d.]+)<', shown)
    assert [line[3] for line in lines if line[3]] == ["Herken een benadering"]
    assert "1 van de 27 kenmerken hebben een module" in shown
    assert shown.count("nog geen module") == 26


def test_a_hole_leads_to_a_new_module_for_who_may_write_one() -> None:
    for role, may in ((Role.EDITOR, True), (Role.CHIEF_EDITOR, True), (Role.PROGRAMME, False)):
        reader = learning.signed_in(make.user_with(role, name=role.value))
        shown = text(reader, "monitoring:outcomes")
        assert ("/cms/pages/add/cursussen/modulepage/" in shown) is may


def test_the_form_of_a_new_module_has_the_outcome_ticked_that_it_was_begun_for() -> None:
    writer = learning.signed_in(make.user_with(Role.EDITOR, name="esra"))
    hole = Outcome.objects.exclude(key=FIRST).order_by("key")[0]
    shown = html.unescape(text(writer, "monitoring:outcomes"))
    way = re.search(rf'"(/cms/pages/add/\S+\?kenmerk={hole.key})"', shown)
    assert way
    plain = way[1].split("?")[0]
    for address, wanted in ((way[1], [str(hole.pk)]), (f"{way[1]}-weg", []), (plain, [])):
        form = re.sub(r"\s+", " ", writer.get(address).content.decode())
        assert 'name="outcomes"' in form
        assert re.findall(r'name="outcomes" value="(\d+)"[^>]* checked', form) == wanted


def test_the_grid_marks_which_module_serves_which_outcome() -> None:
    make.module("los", parts=False, title="Losse module")
    hanna = learning.signed_in(make.user_with(Role.PROGRAMME, name="hanna"))
    grid = text(hanna, "monitoring:outcomes").split('class="servegrid"')[1].split("</table>")[0]
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in grid.split("<tr")[2:]]
    yes = '<span aria-hidden="true">●</span><span class="sr">ja</span>'
    no = '<span class="sr">nee</span>'
    wanted = [[yes if row.modules else no, no] for row in coverage().rows]
    assert rows == wanted
    assert sum(yes in row for row in rows) == 1


def test_a_module_without_an_outcome_is_told() -> None:
    make.module("los", parts=False, title="Losse module")
    assert [module.key for module in coverage().loose] == ["los"]


def test_pages_cost_the_same_once_they_were_read(
    browser: Client, django_assert_num_queries: Any
) -> None:
    for name, arguments in (
        ("delivery:themes", []),
        ("delivery:theme", ["alert-en-weerbaar"]),
        ("delivery:goals", []),
        ("delivery:glossary", []),
    ):
        text(browser, name, *arguments)
        stamps = {"delivery:theme": 3, "delivery:goals": 2}.get(name, 1)
        # the session with its person; the content stamp for each kind of content
        with django_assert_num_queries(1 + stamps):
            text(browser, name, *arguments)
