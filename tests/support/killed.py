"""Work in a process of its own that is killed (SIGKILL) at one of its steps: before and after each
query, and before and after each mail.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection, connections


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


def run_in_a_process(
    work: Callable[[], Any], fatal: int | None, mailbox: Path | None = None
) -> bool:
    """Whether it came to its end. Its mail goes to a file: address and Message-ID, a line each."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        steps = Steps(fatal)

        def send(message: EmailMessage, *args: Any, **kwargs: Any) -> int:
            assert mailbox is not None, "this work was not to send anything"
            steps.step()
            with mailbox.open("a") as file:
                file.write(f"{message.to[0]} {message.message()['Message-ID']}\n")
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
