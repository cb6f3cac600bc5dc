"""Policies found from a situation, with the words as PostgreSQL reads them."""

from typing import Any

import pytest

from cursussen import api
from cursussen.finding.words import synonyms, words_of
from cursussen.models import PolicyPage
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db


def test_words_are_stems_without_accents_and_without_small_words() -> None:
    (words,) = words_of(["De containers, één café en mijn e-mail\0"])
    assert words == {"container", "caf", "e", "mail"}


def test_every_group_of_synonyms_has_words_that_stand_for_each_other() -> None:
    assert all(len(group) > 1 for group in synonyms())


def test_a_policy_is_found_by_a_situation_and_only_while_it_holds() -> None:
    page = make.policy(search_words="Ik kreeg een fles wijn\nEen kaartje voor een concert")
    (found,) = api.find_policies("er staat wijn op mijn bureau")
    assert found.policy.key == "nee"
    assert found.situation == "Ik kreeg een fles wijn"
    page.unpublish()
    assert api.find_policies("er staat wijn op mijn bureau") == ()


GIVEN = """Ik kreeg een fles wijn
Een kaartje voor een concert
Een doos bonbons op mijn bureau
Lunch betaald door een bedrijf
Een envelop met geld
Korting bij een importeur
Bloemen van een reiziger
Een kerstpakket van een expediteur"""


def test_a_policy_is_found_by_what_a_situation_means_without_a_word_of_it() -> None:
    make.policy(search_words=GIVEN)
    (found,) = api.find_policies("champagne van een leverancier")
    assert found.policy.key == "nee"
    assert api.find_policies("asdfgh") == ()


def test_it_takes_two_queries_when_warm(django_assert_num_queries: Any) -> None:
    make.policy(search_words="Ik kreeg een fles wijn")
    api.find_policies("wijn")
    with django_assert_num_queries(2):  # the stamp, and the words
        api.find_policies("een andere vraag")
    assert PolicyPage.objects.count() == 1
