"""Measure the Learning Record Store: ``uv run python -m tests.load.ledger``.

Starts ``manage.py start`` in a temporary folder, loads statements over real HTTP and compares,
in turns in one run, with what the same PostgreSQL can do at most (``tests.load.ceiling``). See
docs/developers/ledger-measurements.md for what each figure means.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import quote

import psutil
import psycopg

from leer.core import embedded
from tests.load import ceiling, wire
from tests.load.sentences import BUSY, CONTENT, SITTING, batches, person, singles
from tests.load.server import CannotMeasure, Clocks, Server, Spent

AT_ONCE = 16
BATCH = 1000
BATCH_CONNECTIONS = 4
SMALL = 10_000
PAGE = 50


def main() -> int:
    """Measure and print; 1 when ``--check`` is given and a target is missed."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "leer", arguments=["--no-demo"])
        server.data.mkdir()
        try:
            with server.running():
                report = Run(server, options).report()
        except CannotMeasure as error:
            sys.exit(str(error))
    print(report.as_markdown())
    return 1 if options.check and report.missed() else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.ledger", description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000, help="statements to load")
    parser.add_argument("--rounds", type=int, default=5, help="rounds to take medians of")
    parser.add_argument("--requests", type=int, default=8000, help="single POSTs in a round")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    return parser.parse_args()


@dataclass
class Report:
    """Figures as rows of a table, and targets: what, asked, measured, met."""

    figures: list[tuple[str, str]] = field(default_factory=list)
    targets: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def figure(self, name: str, value: str) -> None:
        """Keep a figure; told at once, since a run takes minutes."""
        self.figures.append((name, value))
        print(f"{name}: {value}", file=sys.stderr, flush=True)

    def missed(self) -> bool:
        """Whether a target was missed."""
        return not all(met for *_, met in self.targets)

    def as_markdown(self) -> str:
        """For the documentation."""
        lines = ["| figure | |", "|---|---|"]
        lines += [f"| {name} | {value} |" for name, value in self.figures]
        lines += ["", "| target | asked | measured | met |", "|---|---:|---:|---|"]
        lines += [
            f"| {name} | {asked} | {measured} | {'yes' if met else 'NO'} |"
            for name, asked, measured, met in self.targets
        ]
        return "\n".join(lines)


class Run:
    """One run, from an empty ledger to a full one."""

    def __init__(self, server: Server, options: argparse.Namespace) -> None:
        self._server, self._options = server, options
        self._report = Report()
        self._url = embedded.database_url(server.data)
        self._clocks = Clocks(server.data)
        self._client = self._credential()
        self._sent = 0

    def report(self) -> Report:
        """The whole run."""
        self._load(SMALL)
        small = self._read("10 thousand")
        self._singles()
        self._batches()
        self._fill()
        large = self._read("1 million" if self._options.stored >= 1_000_000 else "all")
        self._compare(small, large)
        return self._report

    def _credential(self) -> wire.Client:
        said = self._server.manage(
            "xapi_credentials", "make", "load", "--scopes", "all", "--version", "2.0.0"
        )
        words = said.split()
        return wire.Client(self._server.port, words[1], words[3])

    # Writing ------------------------------------------------------------------------------
    def _load(self, count: int) -> wire.Timing:
        bodies = batches(self._sent, count, BATCH)
        self._sent += count
        requests = map(self._client.post, bodies)
        return wire.run(self._server.port, requests, connections=BATCH_CONNECTIONS)

    def _singles(self) -> None:
        rates, limits, spent = [], [], Spent()
        for _ in range(self._options.rounds):
            limits.append(ceiling.insert_rate(self._url, 4, AT_ONCE))
            bodies = singles(self._sent, self._options.requests)
            self._sent += len(bodies)
            requests = [self._client.post(body) for body in bodies]
            with spent.measured(self._clocks):
                timing = wire.run(self._server.port, requests, connections=AT_ONCE)
            rates.append(timing.rate)
        count = self._options.requests * self._options.rounds
        self._report.figure("single POST, 16 at once", f"{median(rates):,.0f} a second")
        self._report.figure(
            "… latency, median and p95", f"{timing.median:.1f}, {timing.p95:.1f} ms"
        )
        self._report.figure("… server CPU, web and database", _cpu(spent, count))
        self._report.figure("bare insert and commit, 16 at once", f"{median(limits):,.0f} a second")
        self._share("single POST to bare insert and commit", rates, limits, 0.20)

    def _batches(self) -> None:
        rates, limits, spent = [], [], Spent()
        size = 20 * BATCH
        prepared = [list(batches(n * size, size, BATCH)) for n in range(self._options.rounds)]
        for bodies in prepared:
            requests = [self._client.post(body) for body in bodies]
            with spent.measured(self._clocks):
                timing = wire.run(self._server.port, requests, connections=BATCH_CONNECTIONS)
            rates.append(timing.rate * BATCH)
            limits.append(ceiling.copy_rate(self._url, size))
        self._sent += size * self._options.rounds
        count = size * self._options.rounds
        self._report.figure(
            f"batches of {BATCH}, {BATCH_CONNECTIONS} at once",
            f"{median(rates):,.0f} statements a second",
        )
        self._report.figure("… server CPU, web and database", _cpu(spent, count))
        self._report.figure("COPY of the same rows", f"{median(limits):,.0f} statements a second")
        self._share("batches to COPY of the same rows", rates, limits, 0.50)

    def _share(self, name: str, rates: list[float], limits: list[float], asked: float) -> None:
        share = median(rate / limit for rate, limit in zip(rates, limits, strict=True))
        self._report.targets.append((name, f"{asked:.0%}", f"{share:.0%}", share >= asked))

    def _fill(self) -> None:
        """Up to the size that is asked for; the memory of the web processes meanwhile."""
        memory, began, first = [], time.monotonic(), self._sent
        while self._sent < self._options.stored:
            self._load(min(50_000, self._options.stored - self._sent))
            memory.append(self._memory())
        if memory:
            rate = (self._sent - first) / (time.monotonic() - began)
            self._report.figure("a bulk load, client included", f"{rate:,.0f} statements a second")
            # The first portion fills caches that have a size; from then on memory is flat.
            growth = memory[-1] / memory[len(memory) // 3]
            self._report.figure("memory of the web processes", f"{memory[-1]:.0f} MiB")
            name = "memory at the end of the load to that at a third"
            self._report.targets.append((name, "≤ 1.10", f"{growth:.2f}", growth <= 1.10))

    def _memory(self) -> float:
        web = [psutil.Process(pid) for pid in self._clocks.web()]
        return sum(process.memory_info().rss for process in web) / 2**20

    # Reading ------------------------------------------------------------------------------
    def _read(self, size: str) -> dict[str, float]:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("vacuum analyze")
            found = connection.execute("select id from xapi_statementid limit 2000").fetchall()
        ids = [row[0] for row in found]
        return {name: self._read_one(name, size, list(queries)) for name, queries in _reads(ids)}

    def _read_one(self, name: str, size: str, queries: list[str]) -> float:
        requests = [self._client.get(query) for query in queries]
        wire.run(self._server.port, requests[:100], connections=AT_ONCE)
        spent = Spent()
        with spent.measured(self._clocks):
            timing = wire.run(self._server.port, requests, connections=AT_ONCE)
        cpu = (spent.web + spent.database) / len(requests) * 1000
        told = f"{timing.rate:,.0f} a second, {cpu:.2f} ms of CPU ({_cpu(spent, len(requests))})"
        self._report.figure(f"GET {name}, {size} stored", told)
        return cpu

    def _compare(self, small: dict[str, float], large: dict[str, float]) -> None:
        for name, cpu in large.items():
            self._report.targets.append((f"GET {name}: CPU", "5 ms", f"{cpu:.2f} ms", cpu < 5))
            ratio = cpu / small[name]
            told = f"GET {name}: CPU when full to CPU at 10 thousand"
            self._report.targets.append((told, "≤ 2", f"{ratio:.2f}", ratio <= 2))


def _reads(ids: list[str]) -> Iterator[tuple[str, Iterator[str]]]:
    """What is read: a name, and queries."""
    dice = random.Random(1)
    limit = f"&limit={PAGE}"
    yield "by id", (f"statementId={one}" for one in ids)
    yield "page by agent", (_agent(dice) + limit for _ in range(1000))
    yield (
        "page by verb",
        (f"verb={quote('http://adlnet.gov/expapi/verbs/completed')}{limit}" for _ in range(1000)),
    )
    yield (
        "page by activity and verb",
        (
            f"activity={quote(_part(dice))}&verb={quote('http://adlnet.gov/expapi/verbs/completed')}{limit}"
            for _ in range(1000)
        ),
    )
    yield (
        "page by related activity",
        (
            f"activity={quote(CONTENT + '/programmes/2026')}&related_activities=true{limit}"
            for _ in range(1000)
        ),
    )
    yield (
        "page by registration",
        (
            f"registration=00000010-0000-0000-0000-{dice.randrange(SMALL // SITTING):012x}{limit}"
            for _ in range(1000)
        ),
    )


def _agent(dice: random.Random) -> str:
    return "agent=" + quote(json.dumps(person(2 * dice.randrange(BUSY))))


def _part(dice: random.Random) -> str:
    return f"{CONTENT}/modules/veilig-op-de-kade/parts/{dice.randrange(300) // 4 * 4}"


def _cpu(spent: Spent, count: int) -> str:
    web, database = (seconds / count * 1000 for seconds in (spent.web, spent.database))
    return f"{web:.2f} + {database:.2f} ms"


if __name__ == "__main__":
    sys.exit(main())
