"""The attacker on the whole of Leer, from outside: a year of every page, file and answer.

What is tried: to find an answer as it stands; to subtract; to solve the equations (HiGHS). And a
Leer that leaks is attacked too, because an attack that never wins proves nothing.

``tests/load/attack_system.py`` is the same on ten organisations in three years.
"""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import override_settings

from leer.accounts.urlmap import Place
from leer.monitoring import teams
from leer.monitoring import views as team_pages
from leer.organisation.models import Team
from leer.privacy.api import Facility
from leer.progress.models import Attempt, AttemptKind
from tests.attacker import checking, collecting, leaking
from tests.attacker.campaign import Campaign
from tests.attacker.collecting import Answers, NoArguments, told_by

NIGHTS = 8
READERS = {"leider 3", "afdelingshoofd", "programma"}  # the others: tests/load/attack_system.py
FIVE, TEN = [5] * (NIGHTS // 2), [10] * (NIGHTS // 2)


@pytest.fixture(scope="module")
def attacked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Campaign]:
    """One organisation for all of these tests, and rolled back after them."""
    with (
        django_db_blocker.unblock(),
        override_settings(DISCLOSURE_K=5),
        transaction.atomic(),
    ):
        found = Campaign(2, steps=NIGHTS, days=40 * NIGHTS, most=2)
        found.run(everything_at=[NIGHTS], by=READERS)
        yield found
        transaction.set_rollback(True)


def test_the_attacker_knows_what_was_shown_and_of_whom(attacked: Campaign) -> None:
    checking.knows_what_was_shown_and_of_whom(attacked)


def test_nothing_can_be_worked_out(attacked: Campaign) -> None:
    assert not list(checking.small_differences(attacked))
    for found in checking.findings(attacked):
        assert found.tells_nothing, found


def test_no_answer_stands_anywhere(attacked: Campaign) -> None:
    assert list(checking.told_as_it_is(attacked)) == []


def test_names_are_for_ones_own_manager_only(attacked: Campaign) -> None:
    assert list(checking.told_of_others(attacked)) == []


def test_the_ledger_answers_nobody_with_a_session(attacked: Campaign) -> None:
    asked = 0
    for reader in attacked.readers:
        for url, text in reader.answers[-1].items():
            if url.startswith("/xapi/") and url != "/xapi/about":
                assert text.startswith(("400", "401", "403")), (reader.name, url)
                asked += 1
    assert asked >= 2 * len(READERS)


# The attack can win -------------------------------------------------------------------------------
LEAKS: dict[str, tuple[leaking.Leak, list[int]]] = {
    "no threshold": (leaking.figures(leaking.as_counted), FIVE + FIVE),
    "small ones hidden": (leaking.figures(leaking.small_ones_hidden), FIVE + FIVE),
    "nobody in the middle": (leaking.figures(leaking.rounded), FIVE + FIVE),
    "no history": (leaking.figures(leaking.forgotten), FIVE + FIVE),
    "k of today": (leaking.k_as_set_today, TEN + FIVE),
    "teams as counted": (leaking.teams_as_counted, FIVE + FIVE),
}


@pytest.mark.parametrize("name", LEAKS)
def test_the_attacker_wins_where_a_protection_is_off(name: str, attacked: Campaign) -> None:
    """The same facts of the same people, counted anew with one protection less."""
    leak, ks = LEAKS[name]
    with leaking.counted_anew(attacked, ks, leak):
        assert checking.something_is_known(attacked)


def test_the_attacker_finds_one_persons_answer_where_people_come_one_by_one(
    attacked: Campaign,
) -> None:
    with leaking.counted_anew(attacked, FIVE + FIVE, leaking.one_by_one):
        assert list(checking.small_differences(attacked))
        assert any(one.is_an_answer for one in checking.answers(attacked))


def test_a_lower_k_breaks_no_promise(attacked: Campaign) -> None:
    with leaking.counted_anew(attacked, TEN + FIVE):
        assert not checking.something_is_known(attacked)


def test_the_attacker_sees_an_answer_that_stands_on_a_page(attacked: Campaign) -> None:
    members = teams._members

    def told(people: Any, *rest: Any) -> Iterator[Any]:
        for person in people:
            answers = Attempt.objects.filter(user=person.user_id, kind=AttemptKind.QUIZ)
            steps = answers.values_list("steps", flat=True).first()
            yield from members([person._replace(name=f"{person.name} {steps}")], *rest)

    with mock.patch.object(teams, "_members", told):
        answers = page_of_team(attacked, team=3)
    assert told_by(answers, attacked.secrets(attacked.managers[3]))


def test_the_attacker_sees_names_where_every_team_opens(attacked: Campaign) -> None:
    found = mock.Mock(side_effect=opened)
    with mock.patch.object(team_pages, "_own_team_or_404", found):
        answers = page_of_team(attacked, team=2)
    assert checking.of_others(attacked, 3, answers)


def page_of_team(attacked: Campaign, *, team: int) -> Answers:
    """As the leader of the largest team reads it."""
    with attacked.clock.running():
        page = f"/mijn-team/{attacked.world.teams[team].public_id}/"
        return attacked.managers[3].only([page])


def opened(user: Any, public_id: Any) -> Any:
    team: Any = Team.objects.get(public_id=public_id)
    team.switched_on, team.nudged_on, team.stands_in_until = list(Facility), None, None
    return team


def test_a_page_that_the_attacker_cannot_ask_for_fails() -> None:
    place = Place("iets-nieuws/<slug:wie>/", "nieuw:pagina")
    with pytest.raises(NoArguments, match="nieuw:pagina"):
        list(collecting.addresses(place, mock.Mock()))
