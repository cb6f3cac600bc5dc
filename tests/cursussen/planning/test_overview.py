"""What waits, what comes and what is missing among the cases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cursussen.models import CasePage, PolicyPage, Standing
from cursussen.planning.overview import COMING, WORDS, Coming, Doing, overview
from leer.accounts.api import Role
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 1)


def tasks(day: date = TODAY) -> dict[str, list[str]]:
    return {str(task.words): [one.page.slug for one in task.items] for task in overview(day).tasks}


def days_to_come() -> list[tuple[str, date]]:
    return [(event.item.page.slug, event.day) for event in overview(TODAY).events]


def put_online(slug: str, **values: Any) -> CasePage:
    """A case that is online, as its row says; what brought it there is not the subject here."""
    page = make.draft_case(slug=slug, **values)
    CasePage.objects.filter(pk=page.pk).update(live=True, has_unpublished_changes=False)
    return CasePage.objects.get(pk=page.pk)


def test_each_case_waits_for_what_comes_first() -> None:
    put_online("oud", review_on=TODAY - timedelta(days=1))
    put_online("goed", review_on=TODAY)
    make.draft_case(slug="in-de-maak")
    make.draft_case(slug="strafzaak", embargo=True)
    make.submitted_case(make.user_with(Role.EDITOR, name="schrijver"), slug="ingediend")
    assert tasks() == {
        str(WORDS[Doing.REVIEW]): ["oud"],
        str(WORDS[Doing.JUDGE]): ["ingediend"],
        str(WORDS[Doing.EMBARGO]): ["strafzaak"],
        str(WORDS[Doing.WRITE]): ["in-de-maak"],
    }


def test_what_comes_stands_in_the_order_of_days() -> None:
    late = datetime(2027, 6, 1, 9, tzinfo=UTC)
    put_online("a", review_on=TODAY + timedelta(days=30), expire_at=late)
    make.draft_case(slug="b", review_on=TODAY - timedelta(days=30), go_live_at=late)
    told = [(event.item.page.slug, event.words) for event in overview(TODAY).events]
    assert told == [
        ("a", COMING[Coming.REVIEW]),
        ("a", COMING[Coming.EXPIRES]),
        ("b", COMING[Coming.PUBLISHED]),
    ]


def test_policies_stand_beside_the_cases_unless_they_hold_no_more() -> None:
    make.policies(
        laat={"review_on": TODAY - timedelta(days=1)},
        gevonden={"review_on": TODAY},
        op={"review_on": TODAY, "standing": Standing.WITHDRAWN, "ended_because": "Op."},
        oud={"review_on": date(2026, 1, 1), "standing": Standing.WITHDRAWN, "ended_because": "Op."},
    )
    found = PolicyPage.objects.get(key="gevonden")
    found.standing = Standing.FOUND
    found.save_revision()
    assert tasks() == {
        str(WORDS[Doing.POLICY_REVIEW]): ["laat"],
        str(WORDS[Doing.POLICY_ASSESS]): ["gevonden"],
    }
    assert days_to_come() == [("gevonden", TODAY)]


def test_a_policy_counts_as_it_was_last_written() -> None:
    page = make.policy(review_on=TODAY - timedelta(days=1))
    page.review_on = TODAY + timedelta(days=1)
    page.save_revision()
    assert tasks() == {}
    assert days_to_come() == [("nee", page.review_on)]


def test_a_policy_that_was_handed_in_waits_for_a_second_person() -> None:
    page = make.policy()
    page.get_workflow().start(page, make.user_with(Role.EDITOR))
    assert tasks() == {str(WORDS[Doing.POLICY_JUDGE]): ["nee"]}


def test_the_balance_is_of_what_is_online() -> None:
    put_online("goed", example="goed", phase="contact")
    put_online("fout", example="fout", phase="contact")
    make.draft_case(slug="in-de-maak", example="goed", phase="gift")
    found = overview(TODAY)
    assert (found.online, found.good, found.bad) == (2, 1, 1)
    assert found.is_out_of_balance
    assert {one.name: one.count for one in found.phases if one.count} == {"contact": 2}
    assert max(one.count for one in found.themes) == 2
    assert min(one.count for one in found.themes) == 0


def test_functions_are_counted_as_they_are_written_the_most_told_of_first() -> None:
    put_online("a", functions="Planning, alle functies")
    put_online("b", functions="alle functies,  ,planning , Planning, toezicht")
    make.draft_case(slug="in-de-maak", functions="toezicht")
    found = [(one.name, one.count, one.of) for one in overview(TODAY).functions]
    assert found == [("alle functies", 2, 2), ("planning", 2, 2), ("toezicht", 1, 2)]


def test_more_good_examples_than_bad_ones_is_in_balance() -> None:
    put_online("goed", example="goed")
    assert not overview(TODAY).is_out_of_balance


def test_nothing_is_not_out_of_balance() -> None:
    found = overview(TODAY)
    assert (found.tasks, found.events, found.days) == ((), (), None)
    assert not found.is_out_of_balance


def test_how_long_it_took_is_the_middle_of_what_is_known() -> None:
    for slug, days in (("a", 10), ("b", 20), ("c", 90), ("d", None)):
        page = put_online(slug, received_on=TODAY - timedelta(days=days) if days else None)
        at = datetime(2027, 3, 1, 12, tzinfo=UTC)
        CasePage.objects.filter(pk=page.pk).update(first_published_at=at)
    assert overview(TODAY).days == 20


def test_a_case_under_embargo_does_not_go_online() -> None:
    author, chief = (
        make.user_with(Role.EDITOR, name="schrijver"),
        make.user_with(Role.CHIEF_EDITOR, name="beoordelaar"),
    )
    page = make.submitted_case(author, embargo=True)
    state = page.current_workflow_task_state
    assert "approve" not in [name for name, *_ in state.task.specific.get_actions(page, chief)]
    with pytest.raises(ValidationError, match="strafzaak"):
        page.check_complete()


def test_the_screen_costs_as_many_queries_with_one_case_as_with_ten(
    django_assert_num_queries: Any, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"
    put_online("een")
    overview(TODAY)
    with django_assert_num_queries(8):
        overview(TODAY)
    for number in range(9):
        put_online(f"nog-{number}")
    with django_assert_num_queries(8):
        overview(TODAY)
    client = Client()
    editor = make.user_with(Role.EDITOR, name="redacteur")
    client.force_login(editor, backend="leer.accounts.backends.RoleBackend")
    text = client.get(reverse("planning:page")).content.decode()
    assert "1 november 2027" in text


def test_a_case_begins_at_the_calendar(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"
    make.draft_case()
    client = Client()
    editor = make.user_with(Role.EDITOR, name="redacteur")
    client.force_login(editor, backend="leer.accounts.backends.RoleBackend")
    write = client.get(reverse("planning:page")).context["write_url"]
    assert 'name="title"' in client.get(write).content.decode()
