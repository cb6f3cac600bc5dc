"""The real web process on the test's own database, and clients that misbehave on a bare socket."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psutil

from tests.launcher.test_start import free_port
from tests.support.processes import environment, wait_until


@dataclass(frozen=True)
class Web:
    """One worker of granian, as the launcher starts it."""

    port: int
    process: psutil.Process

    def memory(self) -> int:
        """Bytes that its processes hold."""
        return sum(
            process.memory_info().rss
            for process in [self.process, *self.process.children(recursive=True)]
        )

    def socket(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def is_there(self) -> bool:
        with contextlib.suppress(OSError), self.socket():
            return True
        return False


@contextlib.contextmanager
def web() -> Iterator[Web]:
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--no-ws", "leer.rsgi:application",
    ]  # fmt: skip
    started = subprocess.Popen(
        command, env=environment(), stdout=subprocess.DEVNULL, start_new_session=True
    )
    running = Web(port, psutil.Process(started.pid))
    try:
        wait_until(running.is_there, seconds=60)
        yield running
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    """The beginning of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def all_of(connection: socket.socket, seconds: float = 10) -> bytes:
    """What comes until the other side closes, or until nothing comes for so long."""
    connection.settimeout(seconds)
    found = b""
    with contextlib.suppress(OSError):
        while piece := connection.recv(65536):
            found += piece
            if is_whole(found):
                break
    return found


def is_whole(answer: bytes) -> bool:
    """All that its header announces is there."""
    top, blank, body = answer.partition(b"\r\n\r\n")
    length = [line for line in top.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(blank and length) and len(body) >= int(length[0].partition(b":")[2])


def offer(connection: socket.socket, piece: bytes, times: int) -> int:
    """Send so many pieces, as far as they are taken; the number of bytes."""
    sent = 0
    with contextlib.suppress(OSError):
        for _ in range(times):
            connection.sendall(piece)
            sent += len(piece)
    return sent
