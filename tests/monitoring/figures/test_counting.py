"""Every attempt counts once: first ones, second ones, and those that stand still."""

from collections import Counter

import pytest

from leer.disclosure import api as disclosure
from leer.disclosure.api import PEOPLE
from leer.disclosure.models import Tally
from leer.monitoring.figures.counting import first_name, second_name
from leer.monitoring.figures.shape import begin, shape_of, stop, way
from leer.monitoring.figures.stories import count_stories
from leer.progress.models import Attempt
from tests.monitoring.figures import people
from tests.monitoring.figures.people import ASKS, BACK, ON, TAKES, TELLS, WALKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> str:
    return people.publish()


def counts(name: str) -> Counter[str]:
    tally = Tally.objects.filter(name=name).first()
    return Counter(tally.counts if tally else {})


def test_a_reaction_is_no_decision_and_a_way_back_ends_the_count(version: str) -> None:
    shape = shape_of(version)
    assert shape.scenes == ("deur", "gang")
    walk = [dict(zip(("scene", "target"), step, strict=True)) for step in (TAKES, ON, BACK, ASKS)]
    assert shape.walk(walk, ended=False) == (PEOPLE, way(*TAKES), way(*BACK))
    assert shape.walk(walk[:1], ended=False) == (PEOPLE, way(*TAKES), stop("gang"))
    assert shape.walk(walk[1:], ended=False) is None


def test_first_attempts_are_counted_with_where_people_stop(version: str) -> None:
    people.play(people.users(30, "a"), version, TAKES, ON, WALKS)
    people.play(people.users(20, "b"), version, ASKS, TELLS)
    people.play(people.users(4, "c"), version, ASKS)
    people.play(people.users(3, "d"), version)
    assert count_stories(people.tonight()) == 1
    assert counts(first_name(version)) == {
        PEOPLE: 57,
        way(*TAKES): 30,
        way(*ASKS): 24,
        way(*WALKS): 30,
        way(*TELLS): 20,
        stop("deur"): 3,
        stop("gang"): 4,
    }


def test_who_is_still_under_way_is_not_counted_yet(version: str) -> None:
    people.play(people.users(30), version, ASKS, days_ago=29)
    assert count_stories(people.tonight()) == 0
    assert count_stories(people.tonight(days=2)) == 1
    assert counts(first_name(version))[stop("gang")] == 30


def test_the_second_attempt_counts_apart_and_the_third_not(version: str) -> None:
    everybody = people.users(25)
    people.play(everybody, version, ASKS, TELLS, days_ago=50)
    people.play(everybody, version, TAKES, ON, WALKS, days_ago=40)
    people.play(everybody[:20], version, TAKES, ON, TELLS, days_ago=30)
    assert count_stories(people.tonight()) == 2
    assert counts(first_name(version))[way(*TELLS)] == 25
    second = counts(second_name(version))
    assert (second[PEOPLE], second[way(*WALKS)], second[way(*TELLS)]) == (25, 25, 0)
    assert second[begin("deur")] == 25


def test_given_steps_are_no_choices(version: str) -> None:
    everybody = people.users(25)
    people.play(everybody, version, ASKS, TELLS, days_ago=50)
    people.play(everybody, version, ASKS, WALKS, given=1, days_ago=40)
    count_stories(people.tonight())
    second = counts(second_name(version))
    assert second == {PEOPLE: 25, begin("gang"): 25, way(*WALKS): 25}


def test_a_new_version_counts_by_itself_and_is_no_first_time_for_who_played_the_old_one(
    version: str,
) -> None:
    everybody = people.users(25)
    people.play(everybody, version, ASKS, TELLS, days_ago=50)
    new = people.publish(people.STORY.replace("Hij is zwaar.", "Hij weegt veel."))
    people.play(everybody, new, ASKS, TELLS, days_ago=40)
    people.play(people.users(15, "nieuw"), new, ASKS, TELLS, days_ago=40)
    count_stories(people.tonight())
    assert counts(first_name(version))[PEOPLE] == 25
    assert counts(first_name(new))[PEOPLE] == 15
    assert counts(second_name(new))[PEOPLE] == 25


def test_counting_again_changes_nothing_and_few_new_people_wait(version: str) -> None:
    people.play(people.users(25), version, ASKS, TELLS)
    count_stories(people.tonight())
    before = counts(first_name(version))
    assert count_stories(people.tonight()) == 0
    people.play(people.users(9, "later"), version, ASKS, WALKS, days_ago=-1)
    assert count_stories(people.tonight(days=3)) == 0
    assert counts(first_name(version)) == before
    people.play(people.users(1, "laatste"), version, ASKS, WALKS, days_ago=-1)
    assert count_stories(people.tonight(days=4)) == 1
    assert counts(first_name(version))[PEOPLE] == 35


def test_what_was_released_stays_when_attempts_are_forgotten(version: str) -> None:
    people.play(people.users(50), version, ASKS, TELLS)
    count_stories(people.tonight())
    before = disclosure.latest(first_name(version))
    Attempt.objects.all().delete()
    people.play(people.users(20, "later"), version, ASKS, TELLS, days_ago=-1)
    count_stories(people.tonight(days=3))
    after = disclosure.latest(first_name(version))
    assert before
    assert after
    assert (before.people, after.people) == (50, 70)


def test_an_attempt_that_was_forgotten_in_part_is_not_counted(version: str) -> None:
    people.play(people.users(25), version, ASKS, TELLS)
    Attempt.objects.update(steps={})
    assert count_stories(people.tonight()) == 0
