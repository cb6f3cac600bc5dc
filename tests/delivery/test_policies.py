"""Policies: reading, two situations, and *gelezen en begrepen* of exactly that text."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from cursussen.models import PolicyPage, Standing
from leer.accounts.api import User
from leer.delivery import actions, policies
from leer.progress import rebuild
from leer.progress.models import Acknowledgement
from leer.xapi.models import StatementRecord
from tests.support import factories_content as make
from tests.support import factories_organisation as organisation
from tests.support import learning

pytestmark = pytest.mark.django_db
RIGHT = {"antwoord-1": "a", "antwoord-2": "a"}


@pytest.fixture
def policy() -> content.Policy:
    return content.policy(make.policy(asked_of="iedereen").key)


@pytest.fixture
def browser(noor: User) -> Client:
    return learning.signed_in(noor)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def url(name: str, *arguments: Any) -> str:
    return reverse(f"delivery:{name}", args=["nee", *arguments])


def answer(browser: Client, policy: content.Policy, **form: str) -> Any:
    return browser.post(url("policy_understood"), {"tekst": policy.edition.sha256} | form)


# Reading and understanding -------------------------------------------------------------------
def test_the_whole_way_by_the_pages(browser: Client, noor: User, policy: content.Policy) -> None:
    page = text(browser.get(url("policy")))
    assert policy.summary in page
    way_on = re.search(r'href="(/afspraken/nee/begrepen/[^"]*)"', page)
    assert way_on is not None
    asked = text(browser.get(way_on[1]))
    assert "Situatie 1 van 2" in asked
    assert "Situatie 2" not in asked
    second = text(answer(browser, policy, **{"situatie": "1", "antwoord-1": "a"}))
    assert "Dat klopt" in second
    assert "Situatie 2 van 2" in second
    assert "begrepen" not in re.findall(r'name="(\w+)"', second)
    understood = text(answer(browser, policy, **RIGHT, situatie="2"))
    assert 'name="begrepen"' in understood
    assert not Acknowledgement.objects.exists()
    assert answer(browser, policy, **RIGHT, begrepen="1").url == url("policy")
    row = Acknowledgement.objects.get()
    assert (row.user, row.policy_key, row.version) == (noor, "nee", 1)
    assert row.sha256 == policy.edition.sha256
    done = text(browser.get(url("policy")))
    assert "van versie 1" in done
    assert url("policy_version", 1) in done


def test_a_wrong_answer_is_explained_and_asked_again(
    browser: Client, policy: content.Policy
) -> None:
    page = text(answer(browser, policy, **{"situatie": "1", "antwoord-1": "b"}))
    assert "Dit lukte nog niet" in page
    assert "Reactie 1" in page
    assert "iedereen doet het" in page
    assert "Reactie 0" not in page, "what fits is for the reader to find"
    assert "Situatie 1 van 2" in page


def test_no_answer_says_what_to_do(browser: Client, policy: content.Policy) -> None:
    refused = answer(browser, policy, situatie="1")
    assert refused.status_code == 422
    assert "Kies eerst een antwoord." in text(refused)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"antwoord-1": "a"},
        {"antwoord-1": "a", "antwoord-2": "b"},
        {"antwoord-1": "b", "antwoord-2": "a"},
        {"antwoord-1": "a", "antwoord-2": "bestaat-niet"},
    ],
    ids=["nothing", "one", "second wrong", "first wrong", "invented"],
)
def test_the_button_counts_only_with_both_situations_right(
    browser: Client, policy: content.Policy, form: dict[str, str]
) -> None:
    assert answer(browser, policy, **form, begrepen="1").status_code in {200, 422}
    assert not Acknowledgement.objects.exists()
    assert answer(browser, policy, **RIGHT, begrepen="1").status_code == 302
    assert Acknowledgement.objects.count() == 1


def test_no_answer_is_kept_anywhere(browser: Client, noor: User, policy: content.Policy) -> None:
    answer(browser, policy, **{"situatie": "1", "antwoord-1": "b"})
    assert not StatementRecord.objects.exists()
    answer(browser, policy, **RIGHT, begrepen="1")
    told = StatementRecord.objects.get().raw
    assert "http://activitystrea.ms/acknowledge" in told
    assert policy.edition.sha256 in told
    assert "antwoord" not in told
    assert "response" not in told
    assert "result" not in told


def test_a_second_click_and_a_second_tab_are_one_fact(
    browser: Client, policy: content.Policy
) -> None:
    for _ in range(3):
        assert answer(browser, policy, **RIGHT, begrepen="1").status_code == 302
    assert StatementRecord.objects.count() == 1
    assert Acknowledgement.objects.count() == 1


def test_a_text_that_changed_while_it_was_read_is_not_acknowledged(
    browser: Client, policy: content.Policy
) -> None:
    make.new_text("nee", "<p>Zeg nu altijd nee.</p>", changes="Altijd in plaats van vaak.")
    refused = answer(browser, policy, **RIGHT, begrepen="1")
    assert refused.url == url("policy")
    page = text(browser.get(url("policy")))
    assert "De tekst is net veranderd" in page
    assert "Zeg nu altijd nee." in page
    assert not Acknowledgement.objects.exists()


def test_the_situations_come_after_the_text(browser: Client, policy: content.Policy) -> None:
    assert browser.get(url("policy_understood")).url == url("policy")


def test_getting_the_pages_writes_nothing(browser: Client, policy: content.Policy) -> None:
    for page in (
        reverse("delivery:policies"),
        url("policy"),
        f"{url('policy_understood')}?tekst={policy.edition.sha256}&begrepen=1&antwoord-1=a&antwoord-2=a",
        url("policy_version", 1),
    ):
        assert browser.get(page).status_code == 200
    assert not StatementRecord.objects.exists()


# Versions ------------------------------------------------------------------------------------
def test_whoever_knows_version_2_and_meets_5_reads_what_changed_in_3_4_and_5(
    browser: Client, noor: User, policy: content.Policy
) -> None:
    make.new_text("nee", "<p>Twee.</p>", changes="In twee.")
    actions.acknowledge(noor, content.policy("nee"))
    for number, word in enumerate(("Drie", "Vier", "Vijf"), start=3):
        make.new_text("nee", f"<p>{word}.</p>", changes=f"In {word}.", is_minor=number == 4)
    page = text(browser.get(url("policy")))
    news = page[page.index("Wat er is veranderd") : page.index("De hele tekst")]
    assert [word for word in ("In twee", "In Drie", "In Vier", "In Vijf") if word in news] == [
        "In Drie",
        "In Vier",
        "In Vijf",
    ]
    assert policy.summary not in page


def test_a_version_that_changes_nothing_in_meaning_asks_nobody_again(
    browser: Client, noor: User, policy: content.Policy
) -> None:
    actions.acknowledge(noor, policy)
    make.new_text("nee", "<p>Zeg vaak nee!</p>", changes="Een uitroepteken.", is_minor=True)
    reading = policies.reading_of(noor, content.policy("nee"))
    assert reading.is_done
    assert "Je hoeft hem niet opnieuw te lezen" in text(browser.get(url("policy")))
    make.new_text("nee", "<p>Zeg altijd nee.</p>", changes="Altijd.")
    assert policies.reading_of(noor, content.policy("nee")).is_open


def test_the_text_that_was_acknowledged_can_be_read_later(
    browser: Client, noor: User, policy: content.Policy
) -> None:
    actions.acknowledge(noor, policy)
    make.new_text("nee", "<p>Zeg altijd nee.</p>", changes="Altijd.")
    page = text(browser.get(url("policy_version", 1)))
    assert "Zeg vaak nee." in page
    assert policy.edition.sha256 in page
    assert browser.get(url("policy_version", 3)).status_code == 404


def test_a_policy_that_was_taken_away_keeps_what_was_acknowledged(
    browser: Client, noor: User, policy: content.Policy
) -> None:
    actions.acknowledge(noor, policy)
    make.take_away("nee")
    assert browser.get(url("policy")).status_code == 404
    assert "geldt nu niet meer" in text(browser.get(url("policy_version", 1)))
    assert Acknowledgement.objects.count() == 1


# Who, and by when ----------------------------------------------------------------------------
def test_mijn_leren_asks_and_then_shows_what_was_read(
    browser: Client, noor: User, policy: content.Policy
) -> None:
    mine = reverse("delivery:my_learning")
    page = text(browser.get(mine))
    assert "Je hebt nog één afspraak te lezen" in page
    assert f"Afspraken lezen: {policy.minutes} minuten" in page
    assert "Je bent bij" not in page
    actions.acknowledge(noor, policy)
    page = text(browser.get(mine))
    assert "Je bent bij" in page
    assert "Gelezen en begrepen: 1 afspraak" in page
    assert url("policy_version", 1) in page


def test_whoever_comes_later_gets_the_same_days(noor: User, policy: content.Policy) -> None:
    today = timezone.localdate()
    assert policies.reading_of(noor, policy).due == today + timedelta(days=30)
    came = today - timedelta(days=400)
    organisation.MembershipFactory(user=noor, valid_from=came)
    assert policies.reading_of(noor, policy).due == today + timedelta(days=30)
    new = make.user_with(name="nieuw")
    organisation.MembershipFactory(user=new, valid_from=today + timedelta(days=5))
    assert policies.reading_of(new, policy).due == today + timedelta(days=35)


def test_only_the_functions_that_were_ticked_are_asked(noor: User) -> None:
    stay = organisation.MembershipFactory(user=noor)
    other = organisation.MembershipFactory(user=make.user_with(name="ander"))
    make.policy(asked_of="functies", job_functions=[stay.job_function])
    found = content.policy("nee")
    assert policies.reading_of(noor, found).is_open
    assert not policies.reading_of(other.user, found).is_open
    stay.valid_until = timezone.localdate()
    stay.save()
    assert not policies.reading_of(noor, found).is_open


def test_nobody_is_asked_what_is_only_to_look_up(browser: Client, noor: User) -> None:
    make.policy()
    assert not policies.readings_of(noor)[0].is_open
    assert "Je bent bij" in text(browser.get(reverse("delivery:my_learning")))
    assert "Om op te zoeken" in text(browser.get(reverse("delivery:policies")))


def test_readings_of_many_cost_as_many_queries_as_of_one(
    noor: User, policy: content.Policy, django_assert_num_queries: Any
) -> None:
    people = [noor.pk, *(make.user_with(name=f"collega {n}").pk for n in range(4))]
    actions.acknowledge(noor, policy)
    content.policies()
    for ids in (people[:1], people):
        with django_assert_num_queries(3):  # the stamp, what was read, and who works where
            found = policies.readings_of_people(ids)
        assert [found[one][0].is_done for one in ids] == [one == noor.pk for one in ids]


def test_progress_is_still_what_the_ledger_says(noor: User, policy: content.Policy) -> None:
    actions.acknowledge(noor, policy)
    assert not rebuild.check()
    Acknowledgement.objects.update(version=7)
    assert len(rebuild.check().unfounded) == 1
    rebuild.repair()
    assert Acknowledgement.objects.get().version == 1


# Looking for one -------------------------------------------------------------------------------
def test_who_types_a_situation_gets_the_policy_whom_to_call_and_a_way_on(browser: Client) -> None:
    make.policy(search_words="Ik kreeg een fles wijn", contact="leidinggevende")
    page = text(browser.post(reverse("delivery:policy_search"), {"wat": "een fles wijn"}))
    assert "/afspraken/nee/" in page
    assert "Bel eerst je leidinggevende." in page
    assert 'value="een fles wijn"' in page


def test_who_finds_nothing_reads_where_to_go(browser: Client) -> None:
    make.policy()
    page = text(browser.post(reverse("delivery:policy_search"), {"wat": "zeppelin"}))
    assert "Hier vond Leer geen afspraak bij" in page
    assert reverse("delivery:help") in page
    assert "zeppelin" in page


def test_what_is_looked_for_is_in_no_address(browser: Client) -> None:
    """Addresses end in logs, histories and referrers."""
    page = text(browser.get(reverse("delivery:policies")))
    form = re.search(r'<form class="search" method="(\w+)" action="([^"]*)"', page)
    assert form is not None
    assert form.groups() == ("post", "/afspraken/zoeken/")
    assert "Dit past er" not in text(browser.get("/afspraken/zoeken/?wat=wijn"))


# What holds no more --------------------------------------------------------------------------
@pytest.mark.parametrize("standing", [Standing.MERGED, Standing.WITHDRAWN])
def test_a_policy_that_holds_no_more_says_so_and_asks_nobody(
    browser: Client, noor: User, policy: content.Policy, standing: Standing
) -> None:
    assert answer(browser, policy, **RIGHT, begrepen="1").status_code == 302
    page = PolicyPage.objects.get(key="nee")
    same = ("summary", "body", "owner_name", "source", "holds_from", "standing", "situations")
    values = {name: getattr(page, name) for name in same}
    into = PolicyPage(live=False, title="Zeg ja", slug="ja", **values)
    page.get_parent().specific.add_child(instance=into)
    into.publish_loaded(into.save_revision())
    page.standing, page.ended_because = standing, "Dit staat nu ergens anders."
    page.merged_into = into if standing == Standing.MERGED else None
    page.publish_loaded(page.save_revision())
    told = text(browser.get(url("policy")))
    assert "Deze afspraak geldt niet meer" in told
    assert "Dit staat nu ergens anders." in told
    assert (reverse("delivery:policy", args=["ja"]) in told) is (standing == Standing.MERGED)
    assert "Zeg nee" not in text(browser.get(reverse("delivery:policies")))
    assert [one.policy.key for one in policies.readings_of(noor)] == ["ja"]
    assert "Zeg vaak nee." in text(browser.get(url("policy_version", 1)))
    assert browser.get(url("policy_understood")).status_code == 404
    assert Acknowledgement.objects.filter(user=noor, policy_key="nee").exists()
