"""A run of reminders or invitations that is killed (SIGKILL) at any step never mails twice."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection, connections
from django.utils import timezone

from leer.monitoring import reminders
from leer.monitoring.models import Digest
from leer.rollout import api as rollout
from tests.support import factories_content as content
from tests.support.factories_organisation import UserFactory

PEOPLE = 3
TODAY = timezone.localdate()


class Steps:
    """Counts what a process does, and kills it at one of the counts."""

    def __init__(self, fatal: int | None) -> None:
        self.fatal, self.at = fatal, 0

    def step(self) -> None:
        if self.at == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        self.at += 1

    def query(self, execute: Callable[..., Any], *call: Any) -> Any:
        self.step()
        found = execute(*call)
        self.step()
        return found


def run_in_a_process(work: Callable[[], Any], mailbox: Path, fatal: int | None) -> bool:
    """In a process of its own, whose mail goes to a file; whether it came to its end."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        steps = Steps(fatal)

        def send(message: EmailMessage, *args: Any, **kwargs: Any) -> int:
            steps.step()
            with mailbox.open("a") as file:
                file.write(message.to[0] + "\n")
            steps.step()
            return 1

        EmailMessage.send = send  # type: ignore[method-assign, assignment]
        try:
            with connection.execute_wrapper(steps.query):
                work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)


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
        ended = run_in_a_process(lambda: reminders.send_digests(TODAY), mailbox, fatal)
        assert run_in_a_process(lambda: reminders.send_digests(TODAY), mailbox, None)
        got = mailbox.read_text().splitlines()
        assert len(got) == len(set(got)), f"twice, when killed at step {fatal}"
        assert len(wanted - set(got)) <= 1, f"more than one lost, when killed at step {fatal}"
        if ended:
            assert set(got) == wanted
            break
    assert fatal > PEOPLE * 6  # a claim, a mail and a mark of each, before and after
