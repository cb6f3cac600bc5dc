"""A module that has to be done again: from the first page to the second proof."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from cursussen import api as content
from leer.accounts.api import User
from leer.delivery import actions
from leer.progress import api as progress
from leer.progress import rebuild
from leer.progress.models import ModuleProgress
from leer.rollout import api as rollout
from leer.rollout.giving import Grant, give
from leer.xapi.api import name_uuid
from tests.delivery.test_outside import all_but_the_lesson, lesson_done
from tests.support import factories_running as running
from tests.support import learning
from tests.xapi.rest_client import Lrs

pytestmark = pytest.mark.django_db
LESSON, QUIZ, SCENARIO = content.PartKind.LESSON, content.PartKind.QUIZ, content.PartKind.SCENARIO
DUE = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def done(noor: User, module: content.Module) -> content.Module:
    """Noor did the module, because a wave of a programme brought it."""
    programme = running.programme(module.key, refresh_weeks=52)
    wave = running.wave(programme, 1)
    give([Grant(noor.pk, module.key, DUE, wave.pk)], reason="x", at=timezone.now())
    learning.do_whole_module(noor, module)
    return module


@pytest.fixture
def again(noor: User, done: content.Module) -> content.Module:
    """And has to do it once more."""
    wave = rollout.assignments_of(noor)[0].wave_id
    give([Grant(noor.pk, done.key, DUE, wave, 2)], reason="x", at=timezone.now())
    return done


def page(user: User, url: str) -> str:
    answer: Any = learning.signed_in(user).get(url)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def stays(user: User) -> list[ModuleProgress]:
    return list(ModuleProgress.objects.filter(user=user).order_by("started_at"))


def test_a_second_round_is_done_like_the_first_and_the_first_stays(
    noor: User, again: content.Module
) -> None:
    [before] = stays(noor)
    learning.do_whole_module(noor, again)
    first, second = stays(noor)
    assert (first.completed_at, first.registration) == (before.completed_at, before.registration)
    assert first.registration == name_uuid(noor.actor_name, "module", again.key)
    assert second.registration == name_uuid(noor.actor_name, "module", again.key, 2)
    assert second.completed_at is not None
    assert first.completed_at is not None
    assert second.completed_at > first.completed_at
    assert not rebuild.check()


def test_doing_it_once_more_in_the_same_round_changes_nothing(
    noor: User, done: content.Module
) -> None:
    before = [row.completed_at for row in stays(noor)]
    learning.do_whole_module(noor, done)
    assert [row.completed_at for row in stays(noor)] == before


def test_every_part_is_to_be_done_again(noor: User, again: content.Module) -> None:
    actions.begin_module(noor, again)
    actions.finish_lesson(noor, again, learning.part_of(again, LESSON))
    learning.answer_all(noor, again)
    assert stays(noor)[1].completed_at is None
    learning.walk(noor, again)
    assert stays(noor)[1].completed_at is not None


def test_the_pages_begin_at_the_beginning(noor: User, again: content.Module) -> None:
    lesson, quiz, story = (learning.part_of(again, kind) for kind in (LESSON, QUIZ, SCENARIO))
    browser = learning.signed_in(noor)
    assert browser.get(learning.url("part", again, quiz)).url == learning.url("module", again)
    assert browser.post(learning.url("finish", again, lesson)).url == learning.url("module", again)
    assert browser.post(learning.url("start", again, quiz)).url == learning.url("module", again)
    assert browser.post(learning.url("begin", again)).url == learning.url("part", again, lesson)
    for part in (quiz, story):
        assert learning.url("start", again, part) in page(noor, learning.url("part", again, part))
    assert "Je hebt de module gedaan" not in page(noor, learning.url("part", again, quiz))


def test_mijn_leren_says_why_it_is_there_again_and_shows_the_proof_of_then(
    noor: User, again: content.Module
) -> None:
    [row] = stays(noor)
    assert row.completed_at is not None
    with translation.override("nl"):
        day = date_format(timezone.localdate(row.completed_at), "j F Y")
    proof = f"{learning.url('proof', again)}?nummer={row.registration}"
    for url in (reverse("delivery:my_learning"), learning.url("module", again)):
        text = page(noor, url)
        assert f"Nog een keer: je deed dit op {day}, het is een jaar geldig." in text
        assert proof in text
        assert "Begin" in text
    assert str(row.registration) in page(noor, proof)


@pytest.mark.parametrize(
    ("weeks", "words"),
    [(26, "het is 26 weken geldig."), (None, "Nog een keer: je deed dit op")],
)
def test_how_long_it_is_valid_is_said_as_the_programme_has_it(
    noor: User, again: content.Module, weeks: int | None, words: str
) -> None:
    rollout.Programme.objects.update(refresh_weeks=weeks)
    text = page(noor, reverse("delivery:my_learning"))
    assert words in text
    assert ("geldig" in text) is bool(weeks)


def test_after_the_second_round_there_are_two_proofs(noor: User, again: content.Module) -> None:
    learning.do_whole_module(noor, again)
    first, second = stays(noor)
    newest = page(noor, learning.url("proof", again))
    assert f"<code>{second.registration}</code>" in newest
    assert f"?nummer={first.registration}" in newest
    older = page(noor, f"{learning.url('proof', again)}?nummer={first.registration}")
    assert f"<code>{first.registration}</code>" in older
    assert "Nog een keer" not in page(noor, reverse("delivery:my_learning"))


def test_a_number_that_is_not_ones_own_shows_no_proof(noor: User, done: content.Module) -> None:
    other = User.objects.create(username="ander")
    row = running.progress_of(other, done.key, done=True)
    url = f"{learning.url('proof', done)}?nummer={row.registration}"
    assert learning.signed_in(noor).get(url).status_code == 404


def test_who_was_busy_in_a_round_that_was_taken_back_goes_on_when_it_is_given_again(
    noor: User, again: content.Module
) -> None:
    actions.begin_module(noor, again)
    latest = rollout.Assignment.objects.filter(round=2)
    latest.update(withdrawn_at=timezone.now())
    assert "Bekijk je bewijs" in page(noor, learning.url("module", again))
    give([Grant(noor.pk, again.key, DUE, None, 2)], reason="x", at=timezone.now())
    learning.do_whole_module(noor, again)
    assert len(stays(noor)) == 2
    assert progress.standing_of(noor, again.key).is_done


def test_a_part_that_is_done_elsewhere_counts_for_the_round(
    noor: User, again: content.Module
) -> None:
    all_but_the_lesson(noor, again)
    assert stays(noor)[1].completed_at is None
    tomorrow = timezone.now() + timedelta(days=1)
    Lrs(trusted=True).stored(lesson_done(noor, again) | {"timestamp": tomorrow.isoformat()})
    assert [bool(row.completed_at) for row in stays(noor)] == [True, True]
    assert not rebuild.check()


def test_a_part_that_was_done_elsewhere_before_the_round_does_not_count_for_it(
    noor: User, again: content.Module
) -> None:
    all_but_the_lesson(noor, again)
    Lrs(trusted=True).stored(lesson_done(noor, again))
    assert [bool(row.completed_at) for row in stays(noor)] == [True, False]
