"""Each page says what it shows of others, and no role gets in that may not see that."""

import pytest
from django.urls import reverse

from leer.access import SHOWS, TABLE
from leer.accounts.access import rule_of
from leer.accounts.api import Role
from leer.accounts.urlmap import Place, places
from leer.privacy.kinds import SEEN_BY, Kind
from leer.privacy.policy import FORMS, POLICY, Form, Shown, shown_by
from tests.support import factories_content as make
from tests.support import learning

OPEN = [place for place in places() if place.rule]
OURS = ("monitoring", "rollout", "risk", "organisation", "ledger")


def shown(place: Place) -> Shown:
    found = shown_by(place.view_name, f"/{place.route}")
    assert found is not None, (
        f"{place.view_name}: say in leer.access.SHOWS what it shows of others, if only NOTHING"
    )
    return found


def test_every_page_says_what_it_shows_and_who_comes_in_may_see_that() -> None:
    for place in OPEN:
        page, rule = shown(place), place.rule
        assert rule is not None
        assert not (page.of and rule.anyone), f"{place.view_name}: others, and no account needed"
        for role in rule.roles:
            assert page.may_be_seen_by([role]), f"{role} may not see what {place.view_name} shows"


def test_every_page_with_data_of_others_hangs_on_a_decision_or_says_why_not() -> None:
    for place in OPEN:
        page = shown(place)
        assert bool(page.of) <= (bool(page.needs) != bool(page.always)), place.view_name


def test_a_page_with_data_of_others_has_an_entry_of_its_own_app() -> None:
    """So that none falls under a line that was written for something else."""
    for place in OPEN:
        if place.view_name.startswith(OURS):
            names = {place.view_name, f"{place.view_name.rpartition(':')[0]}:*"}
            assert names & SHOWS.keys(), place.view_name


def test_every_entry_is_about_a_url_that_is_open() -> None:
    names = {place.view_name for place in OPEN}
    spaces = {f"{name.rpartition(':')[0]}:*" for name in names}
    assert SHOWS.keys() <= names | spaces | {"/cms/"}


def test_the_table_is_whole_and_speaks_of_what_is_registered() -> None:
    assert POLICY.keys() == SEEN_BY.keys()
    assert FORMS.keys() == set(Form)
    assert POLICY[Kind.C] == POLICY[Kind.HIDDEN] == {}


def test_what_is_on_no_page_stands_in_no_policy() -> None:
    """A right that nothing uses would be given away by the first page that comes along."""
    used = {
        (kind, role, form)
        for place in OPEN
        if place.rule
        for kind, forms in shown(place).of.items()
        for form in forms
        for role in place.rule.roles
    }
    given = {
        (kind, role, form)
        for kind, roles in POLICY.items()
        for role, forms in roles.items()
        for form in forms
    }
    assert given == used


def test_answers_and_choices_of_others_are_seen_by_nobody_but_as_groups() -> None:
    forms = set().union(*POLICY[Kind.B].values())
    assert forms == {Form.GROUPS}
    assert Role.ADMINISTRATOR not in POLICY[Kind.B]
    assert Role.EMPLOYEE not in {role for roles in POLICY.values() for role in roles}


@pytest.mark.django_db
def test_the_door_refuses_whom_the_policy_refuses_even_when_the_table_lets_them_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(TABLE, "risk:*", rule_of("monitoring:teams", ""))
    manager = learning.signed_in(make.user_with(Role.MANAGER, name="ruud"))
    assert manager.get(reverse("risk:overview")).status_code == 403


@pytest.mark.django_db
def test_a_page_that_nobody_said_anything_of_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = learning.signed_in(make.user_with(Role.PROGRAMME, name="hanna"))
    assert programme.get(reverse("risk:overview")).status_code == 200
    monkeypatch.delitem(SHOWS, "risk:*")
    assert programme.get(reverse("risk:overview")).status_code == 404
