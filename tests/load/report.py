"""The figures as Markdown and as JSON."""

import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.load.queries import Queries
from tests.load.timing import Figures
from tests.load.weight import Weight

KIB = 1024
LEARNER_PAGES = (
    "my_learning", "module", "lesson", "question", "scenario", "cases", "case", "help",
)  # fmt: skip
HEAD = (
    "| page | SQL queries | after a publication | server CPU, ms | 8 at once | database CPU, ms |"
    " × redirect | median, p95, ms | 8 at once | bytes sent |"
)


@dataclass(frozen=True)
class Line:
    """One page or act."""

    key: str
    name: str
    queries: Queries | None
    alone: Figures
    together: Figures
    wire: int


@dataclass(frozen=True)
class Starts:
    """Seconds."""

    first: float | None
    first_page: list[float]
    stop: list[float]


@dataclass(frozen=True)
class Target:
    """A promise of the issue, and what was found."""

    name: str
    most: float
    found: float
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.found <= self.most


@dataclass
class Report:
    """All figures of one run."""

    lines: list[Line]
    weights: dict[str, Weight]
    starts: Starts | None
    sign_in_cpu: float
    rounds: int
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def line(self, key: str) -> Line:
        """The line of this page."""
        return next(line for line in self.lines if line.key == key)

    def targets(self) -> list[Target]:
        """What the issue asks, in its order."""
        pages = [self.line(key) for key in LEARNER_PAGES]
        dearest = max(pages, key=lambda line: line.alone.web_cpu)
        return [
            Target("queries, Mijn leren", 8, self._most("my_learning")),
            Target("queries, lesson", 8, self._most("lesson")),
            Target("queries, scenario step", 10, self._most("step")),
            Target("queries, team page, 5 members", 8, self._most("team_5")),
            Target("queries, team page, 50 members", 8, self._most("team_50")),
            Target(
                f"server CPU per learner page view (dearest: {dearest.name})",
                10,
                dearest.alone.web_cpu,
                " ms",
            ),
            Target("lesson without images", 60, self.weights["lesson"].total / KIB, " KiB"),
            *self._start_target(),
        ]

    def _most(self, key: str) -> int:
        queries = self.line(key).queries
        assert queries is not None
        return queries.most

    def _start_target(self) -> list[Target]:
        if self.starts is None:
            return []
        return [Target("second start to first page", 10, _mid(self.starts.first_page), " s")]

    def as_json(self) -> dict[str, Any]:
        """Everything, for comparing runs."""
        return {
            "at": self.at.isoformat(),
            "machine": machine(),
            "rounds": self.rounds,
            "lines": [asdict(line) for line in self.lines],
            "weights": {key: asdict(w) | {"total": w.total} for key, w in self.weights.items()},
            "starts": asdict(self.starts) if self.starts else None,
            "sign_in_cpu": self.sign_in_cpu,
            "targets": [asdict(t) | {"met": t.met} for t in self.targets()],
        }

    def as_markdown(self) -> str:
        """The tables of the documentation."""
        parts = [self._about(), self._pages(), self._targets(), self._other()]
        return "\n\n".join(parts) + "\n"

    def _about(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} UTC; {machine()}; median of {self.rounds} rounds."

    def _pages(self) -> str:
        base = self.line("redirect").alone.web_cpu
        rows = [_row(line, base) for line in self.lines]
        return "\n".join([HEAD, "|---" + "|---:" * 9 + "|", *rows])

    def _targets(self) -> str:
        rows = [
            f"| {t.name} | {t.most:g}{t.unit} | {_short(t.found)}{t.unit} |"
            f" {'yes' if t.met else '**no**'} |"
            for t in self.targets()
        ]
        return "\n".join(["| target | at most | measured | met |", "|---|---:|---:|---|", *rows])

    def _other(self) -> str:
        rows = [
            f"| {key}: weight of a first visit without images | {w.total / KIB:.1f} KiB"
            f" (document {w.document / KIB:.1f}, styles {w.styles / KIB:.1f},"
            f" scripts {w.scripts / KIB:.1f}; {w.requests} requests) |"
            for key, w in self.weights.items()
        ]
        rows.append(f"| sign in (form and post): server CPU | {self.sign_in_cpu:.0f} ms |")
        return "\n".join(["| other | |", "|---|---|", *rows, *self._start_rows()])

    def _start_rows(self) -> list[str]:
        if self.starts is None:
            return []
        first = self.starts.first
        return [
            *([f"| first start to ready, with the demo | {first:.0f} s |"] if first else []),
            f"| second start to first page (Mijn leren) | {_of(self.starts.first_page)} |",
            f"| stop | {_of(self.starts.stop)} |",
        ]


def machine() -> str:
    """What the figures were taken on."""
    load = os.getloadavg()[0]
    return (
        f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {load:.1f} when the report was made"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo") as lines:
            return next(x.split(":")[1].strip() for x in lines if x.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _row(line: Line, base: float) -> str:
    one, many = line.alone, line.together
    return (
        f"| {line.name} | {_queries(line.queries)} | {line.queries.cold if line.queries else ''} |"
        f" {one.web_cpu:.2f} | {many.web_cpu:.2f} | {one.database_cpu:.2f} |"
        f" {one.web_cpu / base:.1f} | {one.median:.1f}, {one.p95:.1f} |"
        f" {many.median:.0f}, {many.p95:.0f} | {line.wire:,} |"
    )


def _queries(queries: Queries | None) -> str:
    if queries is None:
        return "0"
    numbers = f"{queries.usual}"
    if queries.most != queries.usual:
        numbers += f", at most {queries.most}"
    return numbers + (f" (+{queries.transaction})" if queries.transaction else "")


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _mid(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2]


def _of(seconds: list[float]) -> str:
    low, high = min(seconds), max(seconds)
    return f"{_mid(seconds):.1f} s (median of {len(seconds)}: {low:.1f}–{high:.1f})"
