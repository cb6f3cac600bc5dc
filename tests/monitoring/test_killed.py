"""A run of reminders that is killed (SIGKILL) at any step never mails twice."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.utils import timezone

from leer.monitoring import reminders
from leer.monitoring.models import Digest
from leer.rollout import api as rollout
from tests.support import factories_content as content
from tests.support.factories_organisation import UserFactory
from tests.support.killed import run_in_a_process

PEOPLE = 3
TODAY = timezone.localdate()


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_run_of_reminders_killed_at_any_step_mails_nobody_twice(tmp_path: Path) -> None:
    content.module("m", parts=False)
    long_ago = timezone.now() - timedelta(days=60)
    people = UserFactory.create_batch(PEOPLE)
    rollout.assign(
        people, module_key="m", due_on=TODAY + timedelta(days=7), reason="x", at=long_ago
    )
    wanted = {user.email for user in people}
    for fatal in count():
        mailbox = tmp_path / str(fatal)
        mailbox.touch()
        Digest.objects.all().delete()
        ended = run_in_a_process(lambda: reminders.send_digests(TODAY), fatal, mailbox)
        assert run_in_a_process(lambda: reminders.send_digests(TODAY), None, mailbox)
        got = [line.split()[0] for line in mailbox.read_text().splitlines()]
        assert len(got) == len(set(got)), f"twice, when killed at step {fatal}"
        assert len(wanted - set(got)) <= 1, f"more than one lost, when killed at step {fatal}"
        if ended:
            assert set(got) == wanted
            break
    assert fatal > PEOPLE * 6  # a claim, a mail and a mark of each, before and after
