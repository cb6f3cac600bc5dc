"""A case as it is read: up to the moment of choice, and after it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cursussen import api as content
from cursussen.models import ScenarioPage, Theme
from leer.accounts.api import Role, User
from leer.progress import api as progress
from leer.progress.models import CaseReading
from leer.xapi.models import StatementRecord
from tests.support import factories_content as make
from tests.support import factories_organisation as organisation
from tests.support import learning

pytestmark = pytest.mark.django_db
BEFORE = "Iedereen kende de portier."
AFTER = "De pas bleef een uur weg."
MINE, OTHER = "Je wilt helpen.", "Je helpt, en je pas blijft van jou."
URL = "delivery:case"


@pytest.fixture
def case() -> content.Case:
    return content.case(make.live_case().slug)


@pytest.fixture
def browser(noor: User) -> Client:
    return learning.signed_in(noor)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def choose(browser: Client, case: content.Case, number: str, **form: str) -> Any:
    told = {"keuze": number, "woorden": case.moment.fingerprint} | form
    return browser.post(reverse(URL, args=[case.slug]), told)


def test_a_case_waits_at_the_moment_of_choice(browser: Client, case: content.Case) -> None:
    page = text(browser.get(reverse(URL, args=[case.slug])))
    assert BEFORE in page
    assert "Wat doe jij?" in page
    assert "Ik geef hem mijn pas." in page
    for words in (AFTER, MINE, OTHER):  # not even in the source
        assert words not in page


def test_after_the_choice_comes_what_there_is_to_say_and_the_rest(
    browser: Client, case: content.Case
) -> None:
    page = text(choose(browser, case, "1"))
    order = [page.index(words) for words in (BEFORE, MINE, OTHER, AFTER)]
    assert order == sorted(order)
    assert 'name="keuze"' not in page


def test_what_was_chosen_is_kept_nowhere(browser: Client, case: content.Case) -> None:
    answer = choose(browser, case, "2")
    assert answer.status_code == 200  # no address that tells it
    assert "no-store" in answer["Cache-Control"]
    assert not StatementRecord.objects.exists()
    assert not {*browser.session.keys()} - {
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
    }
    again = text(browser.get(reverse(URL, args=[case.slug])))
    assert AFTER not in again


@pytest.mark.parametrize("number", ["", "0", "3", "een"])
def test_a_choice_that_is_not_there_is_asked_again(
    browser: Client, case: content.Case, number: str
) -> None:
    answer = choose(browser, case, number)
    assert answer.status_code == 422
    assert "Kies opnieuw" in text(answer)
    assert AFTER not in text(answer)


def test_a_text_that_changed_meanwhile_is_chosen_in_again(
    browser: Client, case: content.Case
) -> None:
    answer = choose(browser, case, "1", woorden="andere")
    assert answer.status_code == 422
    assert MINE not in text(answer)


def test_a_case_without_options_is_told_as_a_whole(browser: Client) -> None:
    page = make.live_case()
    case_without = [part for part in page.sections.raw_data if part["type"] != "moment"]
    type(page).objects.filter(pk=page.pk).update(sections=case_without)
    found = text(browser.get(reverse(URL, args=[page.slug])))
    assert BEFORE in found
    assert AFTER in found
    assert browser.get(reverse("delivery:case_talk", args=[page.slug])).status_code == 404


# Kiezen ----------------------------------------------------------------------------------------
def test_the_list_narrows_to_a_theme_and_folds_the_choice_away(browser: Client) -> None:
    make.live_case()
    author, approver = make.user_with(Role.EDITOR), make.user_with(Role.CHIEF_EDITOR)
    koe = make.live_case(author, approver, title="De koe", summary="Een foto gaat rond.")
    koe.themes.set(Theme.objects.filter(slug="bvi"))
    koe.save()
    found = text(browser.get(reverse("delivery:cases"), {"thema": "bvi"}))
    assert "Een foto gaat rond." in found
    assert "Iemand leent zijn pas uit." not in found
    assert "<strong>1</strong> van de 2 casussen" in found
    name = Theme.objects.get(slug="bvi").name
    assert f"<span>Thema: <strong>{name}</strong></span>" in found
    assert f'<option value="bvi" selected>{name} (1)</option>' in found


def test_a_theme_that_is_not_there_shows_every_case(browser: Client) -> None:
    make.live_case()
    found = text(browser.get(reverse("delivery:cases"), {"thema": "bestaat-niet"}))
    assert "Iemand leent zijn pas uit." in found
    assert "Wat je koos" not in found


def test_a_choice_that_finds_nothing_says_so_and_leads_back(browser: Client) -> None:
    make.live_case(phase="contact", functions="balie")
    url = reverse("delivery:cases")
    found = text(browser.get(url, {"fase": "dreiging", "functie": "balie"}))
    assert "Geen casus past bij alles wat je koos" in found
    assert "<strong>0</strong> van de 1 casus" in found
    assert f'<a href="{url}?functie=balie">Haal weg<span class="sr">: dreiging' in found
    assert f'<a class="button" href="{url}">Toon alle casussen</a>' in found


def test_a_list_with_no_case_at_all_has_nothing_to_choose_from(browser: Client) -> None:
    found = text(browser.get(reverse("delivery:cases")))
    assert "Hier staat nog niets" in found
    assert "<select" not in found


# Gelezen -------------------------------------------------------------------------------------
def say_read(browser: Client, case: content.Case) -> Any:
    return browser.post(reverse("delivery:case_read", args=[case.slug]), follow=True)


def test_whoever_reads_on_may_say_that_they_read_it(
    browser: Client, noor: User, case: content.Case
) -> None:
    button = "Ik heb deze casus gelezen"
    assert button not in text(browser.get(reverse(URL, args=[case.slug])))
    assert button in text(choose(browser, case, "1"))
    assert not StatementRecord.objects.exists()  # reading on says nothing by itself
    listed = text(say_read(browser, case))
    assert f"gelezen op {date_format(timezone.localdate(), 'j F Y')}" in listed
    fact = StatementRecord.objects.get()
    assert '"http://activitystrea.ms/read"' in fact.raw
    assert f'/cases/{case.key}"' in fact.raw
    assert "keuze" not in fact.raw
    assert not fact.private
    assert progress.cases_read_by(noor).keys() == {case.key}


def test_saying_it_twice_is_saying_it_once(browser: Client, case: content.Case) -> None:
    say_read(browser, case)
    say_read(browser, case)
    assert StatementRecord.objects.count() == 1


def test_who_read_it_before_goes_straight_to_the_end(browser: Client, case: content.Case) -> None:
    url = reverse(URL, args=[case.slug])
    assert AFTER not in text(browser.get(url, {"heel": "ja"}))  # not read yet
    say_read(browser, case)
    page = text(browser.get(url))
    assert "Je las deze casus op" in page
    assert AFTER not in page
    whole = text(browser.get(url, {"heel": "ja"}))
    for words in (BEFORE, MINE, OTHER, AFTER):
        assert words in whole
    assert "Ik heb deze casus gelezen" not in whole


def test_what_i_read_is_in_nobody_elses_list(browser: Client, case: content.Case) -> None:
    say_read(browser, case)
    other = learning.signed_in(organisation.UserFactory())
    assert "gelezen op" not in text(other.get(reverse("delivery:cases")))


def test_the_list_and_a_case_cost_the_same_however_much_was_read(
    browser: Client, noor: User, case: content.Case, django_assert_num_queries: Any
) -> None:
    def visit() -> None:
        browser.get(reverse("delivery:cases"))
        browser.get(reverse(URL, args=[case.slug]))

    visit()
    with CaptureQueriesContext(connection) as before:
        visit()
    for key in ("een", "twee", "drie"):
        CaseReading.objects.create(user=noor, case_key=key, read_at=timezone.now())
    with django_assert_num_queries(len(before)):
        visit()
    assert sum("casereading" in query["sql"] for query in before.captured_queries) == 2


def test_a_list_that_is_narrowed_costs_the_same_at_one_case_and_at_many(
    browser: Client, django_assert_num_queries: Any
) -> None:
    author, approver = make.user_with(Role.EDITOR), make.user_with(Role.CHIEF_EDITOR)
    learning.whole_module()
    story = ScenarioPage.objects.get()
    narrow = {"fase": "contact", "functie": "balie"}

    def put_online(slug: str) -> None:
        make.live_case(
            author, approver, slug=slug, phase="contact", functions="balie", practice=story
        )

    browser.get(reverse("delivery:cases"), narrow)
    put_online("een")
    with CaptureQueriesContext(connection) as before:
        browser.get(reverse("delivery:cases"), narrow)
    for slug in ("twee", "drie"):
        put_online(slug)
    with django_assert_num_queries(len(before)):  # read anew: the content changed
        page = browser.get(reverse("delivery:cases"), narrow)
    assert "<strong>3</strong> van de 3 casussen" in text(page)


# Ahead of it, and after it ---------------------------------------------------------------------
def test_what_may_be_hard_to_read_is_said_first_and_passing_is_as_easy(browser: Client) -> None:
    page = make.live_case(sensitivity="Dit gaat over bedreiging.")
    url = reverse(URL, args=[page.slug])
    first = browser.get(url)
    assert "Dit gaat over bedreiging." in text(first)
    assert BEFORE not in text(first)
    links = re.findall(r'<a class="([^"]+)" href="([^"]+)">', first.content.decode())
    assert [link for link in links if "button" in link[0]] == [
        ("button button--secondary", f"{url}?lees=ja"),
        ("button button--secondary", reverse("delivery:cases")),
    ]
    assert reverse("delivery:help") in text(first)
    story = text(browser.get(url, {"lees": "ja"}))
    assert BEFORE in story
    assert AFTER not in story
    assert AFTER in text(choose(browser, content.case(page.slug), "1"))


def test_who_asks_for_all_of_a_hard_story_reads_first_what_it_is_about(browser: Client) -> None:
    page = make.live_case(sensitivity="Dit gaat over bedreiging.")
    url = reverse(URL, args=[page.slug])
    assert BEFORE not in text(browser.get(url, {"heel": "ja"}))
    say_read(browser, content.case(page.slug))
    assert BEFORE not in text(browser.get(url))
    assert AFTER in text(browser.get(url, {"heel": "ja"}))


def test_after_the_story_one_can_play_and_read_what_was_agreed(browser: Client) -> None:
    module = make.module("herken")
    policy = make.policy()
    practice = ScenarioPage.objects.get(key="herken-scenario")
    case = content.case(make.live_case(policy=policy, practice=practice).slug)
    play = reverse("delivery:part", args=["herken", practice.key])
    agreed = reverse("delivery:policy", args=[policy.key])
    assert play not in text(browser.get(reverse(URL, args=[case.slug])))
    page = text(choose(browser, case, "1"))
    assert play in page
    assert agreed in page
    # and the other way round
    assert reverse(URL, args=[case.slug]) in text(browser.get(agreed))
    module.unpublish()
    policy.unpublish()
    page = text(choose(browser, content.case(case.slug), "1"))
    assert play not in page
    assert agreed not in page


def test_a_team_talks_about_it_on_paper_without_the_end_or_anybodys_choice(
    browser: Client, case: content.Case
) -> None:
    guide = reverse("delivery:case_talk", args=[case.slug])
    assert guide in text(choose(browser, case, "1"))
    page = text(browser.get(guide))
    for words in (BEFORE, "Wat doe jij?", "Ik loop even mee.", "Wat maakt dit moment lastig?"):
        assert words in page
    for words in (AFTER, MINE, OTHER):
        assert words not in page


def test_a_guide_says_first_what_may_be_hard(browser: Client) -> None:
    page = make.live_case(sensitivity="Dit gaat over bedreiging.")
    guide = text(browser.get(reverse("delivery:case_talk", args=[page.slug])))
    assert guide.index("Dit gaat over bedreiging.") < guide.index(BEFORE)
