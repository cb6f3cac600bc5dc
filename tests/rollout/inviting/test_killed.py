"""A run of invitations that is killed (SIGKILL) at any step, and begun again: everybody is invited,
and nobody has two.
"""

from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from leer.rollout import api as rollout
from leer.rollout.models import Booking, Invitation, ItemKind, PlanState, ProgrammeItem, RolloutPlan
from tests.support import factories_running as make
from tests.support.factories_organisation import MembershipFactory, TeamFactory
from tests.support.killed import run_in_a_process

PEOPLE = 3
DAY = make.MONDAY


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_run_of_invitations_killed_at_any_step_forgets_nobody_and_invites_nobody_twice(
    tmp_path: Path,
) -> None:
    programme, team = make.programme(), TeamFactory()
    ProgrammeItem.objects.create(programme=programme, kind=ItemKind.SESSION, title="Samen")
    plan = RolloutPlan.objects.create(
        programme=programme, number=1, method="greedy", risk_on=DAY, input={}, output={},
        state=PlanState.ADOPTED, made_at=make.noon(DAY),
    )  # fmt: skip
    Booking.objects.create(plan=plan, team=team, week=3, people=PEOPLE)
    wanted = {MembershipFactory(team=team).user.email for _ in range(PEOPLE)}
    again = Counter[int]()
    for fatal in count():
        mailbox = tmp_path / str(fatal)
        mailbox.touch()
        Invitation.objects.all().delete()
        ended = run_in_a_process(lambda: rollout.send_invitations(DAY), fatal, mailbox)
        assert run_in_a_process(lambda: rollout.send_invitations(DAY), None, mailbox)
        mails = mailbox.read_text().splitlines()
        assert {mail.split()[0] for mail in mails} == wanted, f"when killed at step {fatal}"
        # A mail that leaves again is the same mail: mailboxes tell by its id.
        assert len(set(mails)) == PEOPLE, f"when killed at step {fatal}"
        again[len(mails) - PEOPLE] += 1
        assert Invitation.objects.filter(sent_at__isnull=False).count() == PEOPLE
        if ended:
            assert len(mails) == PEOPLE
            break
    assert fatal > PEOPLE * 4  # a row and a mail of each, before and after
    # Only in the instant between the mail and the commit, once for each mail.
    assert set(again) == {0, 1}
    assert again[1] == PEOPLE
