"""A manager asks for a nudge: the same to all who have something open, and a week of quiet."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.core.background import runner
from leer.core.models import Job
from leer.monitoring import nudging, reminders, tasks
from leer.monitoring.models import Digest, Nudge
from leer.organisation.models import Team
from leer.rollout import api as rollout
from leer.rollout.giving import Grant
from leer.rollout.giving import give as grant
from tests.support import factories_content as make
from tests.support import learning
from tests.support.factories_organisation import (
    LeadershipFactory,
    MembershipFactory,
    TeamFactory,
    UserFactory,
)
from tests.support.killed import run_in_a_process

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def ruud() -> User:
    return make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")


@pytest.fixture
def team(ruud: User) -> Team:
    found: Team = LeadershipFactory(user=ruud).team
    return found


@pytest.fixture
def module() -> content.Module:
    return learning.whole_module()


def member(team: Team, module: content.Module | None = None, **values: object) -> User:
    user: User = MembershipFactory(team=team, user=UserFactory(**values)).user
    if module:
        give([user], module.key)
    return user


def give(users: list[User], key: str) -> None:
    """Assigned long ago, so that no reminder is due today."""
    rollout.assign(
        users,
        module_key=key,
        due_on=TODAY + timedelta(days=10),
        reason="test",
        at=timezone.now() - timedelta(days=60),
    )


def to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def address(team: Team) -> str:
    return reverse("monitoring:nudge", args=[team.public_id])


def test_it_goes_to_who_has_something_open_and_to_nobody_else(
    ruud: User, team: Team, module: content.Module
) -> None:
    waiting, done = member(team, module), member(team, module)
    learning.do_whole_module(done, module)
    member(team)  # has nothing
    member(TeamFactory(), module)  # is of another team
    member(team, module, gone=True)
    member(team, module, email="")
    nudging.ask(team, by=ruud, day=TODAY)
    assert nudging.send_nudges(TODAY) == 1
    assert to() == [waiting.email]


def test_it_goes_to_who_has_to_do_a_module_again(
    ruud: User, team: Team, module: content.Module
) -> None:
    again, done = member(team, module), member(team, module)
    for user in (again, done):
        learning.do_whole_module(user, module)
    later = Grant(again.pk, module.key, TODAY + timedelta(days=20), None, 2)
    grant([later], reason="test", at=timezone.now())
    nudging.ask(team, by=ruud, day=TODAY)
    assert (nudging.send_nudges(TODAY), to()) == (1, [again.email])


def test_it_says_the_same_to_all_and_nothing_of_anybody(
    ruud: User, team: Team, module: content.Module
) -> None:
    for name in ("Anna", "Bram"):
        member(team, module, first_name=name, last_name="Geheim")
    nudging.ask(team, by=ruud, day=TODAY)
    nudging.send_nudges(TODAY)
    bodies = {message.body.replace("Anna", "…").replace("Bram", "…") for message in mail.outbox}
    assert len(mail.outbox) == 2
    [body] = bodies
    assert "Geheim" not in body
    assert module.title not in body


def test_who_heard_from_leer_today_hears_nothing_more_and_the_other_way_round(
    ruud: User, team: Team, module: content.Module
) -> None:
    user = member(team, module)
    Digest.objects.create(user=user, day=TODAY)
    nudging.ask(team, by=ruud, day=TODAY)
    assert nudging.send_nudges(TODAY) == 0
    other = member(team, module)
    Nudge.objects.update(finished_at=None)
    assert nudging.send_nudges(TODAY) == 1
    rollout.Assignment.objects.update(due_on=TODAY)  # worth a reminder now
    assert reminders.send_digests(TODAY) == 0
    assert to() == [other.email]


def test_a_team_is_left_alone_for_a_week(ruud: User, team: Team) -> None:
    nudging.ask(team, by=ruud, day=TODAY)
    for days in (0, 6):
        with pytest.raises(nudging.TooSoon) as error:
            nudging.ask(team, by=ruud, day=TODAY + timedelta(days=days))
        assert error.value.again_on == TODAY + timedelta(days=7)
    nudging.ask(team, by=ruud, day=TODAY + timedelta(days=7))
    nudging.ask(TeamFactory(), by=ruud, day=TODAY)


def test_a_manager_nudges_on_the_page_and_sees_when_the_next_may_be(
    ruud: User, team: Team, module: content.Module
) -> None:
    member(team, module)
    browser, page = learning.signed_in(ruud), reverse("monitoring:team", args=[team.public_id])
    assert "vriendelijk duwtje" in browser.get(page).content.decode()
    after = browser.post(address(team), follow=True).content.decode()
    assert "Het duwtje gaat weg" in after
    assert "Stuur een vriendelijk duwtje" not in after
    assert "kan het weer" in after
    assert "deze week al" in browser.post(address(team), follow=True).content.decode()
    assert Nudge.objects.count() == 1


def test_a_team_that_is_done_has_no_button(ruud: User, team: Team, module: content.Module) -> None:
    learning.do_whole_module(member(team, module), module)
    page = learning.signed_in(ruud).get(reverse("monitoring:team", args=[team.public_id]))
    assert "duwtje" not in page.content.decode()


def test_nobody_nudges_a_team_of_another(ruud: User) -> None:
    assert learning.signed_in(ruud).post(address(TeamFactory())).status_code == 404
    assert not Nudge.objects.exists()


def test_a_nudge_waits_at_night_and_leaves_in_the_morning(
    ruud: User, team: Team, module: content.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    member(team, module)
    monkeypatch.setattr(tasks, "MAIL_HOURS", range(0))
    tasks.start_nudge(nudging.ask(team, by=ruud, day=TODAY))
    run_jobs()
    assert not mail.outbox
    monkeypatch.setattr(tasks, "MAIL_HOURS", range(24))
    for _ in range(2):
        tasks.start_waiting_nudges()
    run_jobs()
    assert len(mail.outbox) == 1
    assert not Nudge.objects.filter(finished_at=None).exists()


def run_jobs() -> None:
    for job in Job.objects.filter(task=tasks.send_asked_nudges.module_path):
        runner.run(job.pk)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_step_it_writes_to_nobody_twice_and_goes_on(tmp_path: Path) -> None:
    make.module("m", parts=False)
    team, by = TeamFactory(), UserFactory()
    people = [MembershipFactory(team=team).user for _ in range(2)]
    give(people, "m")
    nudging.ask(team, by=by, day=TODAY)
    wanted = {user.email for user in people}
    for fatal in count():
        mailbox = tmp_path / str(fatal)
        mailbox.touch()
        Digest.objects.all().delete()
        Nudge.objects.update(finished_at=None)
        ended = run_in_a_process(lambda: nudging.send_nudges(TODAY), fatal, mailbox)
        assert run_in_a_process(lambda: nudging.send_nudges(TODAY), None, mailbox)
        got = [line.split()[0] for line in mailbox.read_text().splitlines()]
        assert len(got) == len(set(got)), f"twice, when killed at step {fatal}"
        assert len(wanted - set(got)) <= 1, f"more than one lost, when killed at step {fatal}"
        if ended:
            assert set(got) == wanted
            break
    assert fatal > 2 * 6
    assert not Nudge.objects.filter(finished_at=None).exists()
