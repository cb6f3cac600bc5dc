"""A file of statements into the ledger: half an import is no import.

The file is read twice. The first time every line is checked, against what the ledger and the
file itself say under the same id; only when all are good the second reading writes them. With
``skip_bad`` there is one reading, which takes the good ones.

Each portion is a transaction of its own: one for a whole file would keep the horizon of the
ledger back for as long as it takes. What ids are known is passed over, so that doing it again
changes nothing; a checkpoint beside the file spares the reading.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from leer.xapi.statements.checking import Refused
from leer.xapi.statements.comparing import tell_the_same
from leer.xapi.store import database
from leer.xapi.store.writing import Unit, write
from leer.xapi.transfer.checkpoint import Checkpoint
from leer.xapi.transfer.entries import Entry, Reader
from leer.xapi.transfer.lines import Line, lines
from leer.xapi.transfer.seen import Seen

COUNT = 1000  # lines in a portion
MOST_BYTES = 16 * 1024 * 1024

type Tell = Callable[[int, float], None]  # lines that were just done, share of the file
type Complain = Callable[[int, str], None]  # number of the line, reason


@dataclass
class Result:
    """What came of it, in lines. ``known`` were in the ledger already."""

    new: int = 0
    known: int = 0
    bad: int = 0


@dataclass
class Portion:
    """Lines that go together: the good ones, and why the others are not."""

    entries: list[Entry] = field(default_factory=list)
    bad: dict[int, str] = field(default_factory=dict)
    last: Line | None = None
    count: int = 0
    size: int = 0

    @property
    def is_full(self) -> bool:
        """As much as goes together."""
        return self.count >= COUNT or self.size >= MOST_BYTES

    def read(self, line: Line, reader: Reader) -> None:
        """Take this line in; an empty one says nothing."""
        self.last, self.count = line, self.count + 1
        if not line.text:
            return
        try:
            entry = reader.read(line)
        except Refused as error:
            self.bad[line.number] = str(error)
        else:
            self.entries.append(entry)
            self.size += entry.size

    def strike(self, bad: dict[int, str]) -> None:
        """These lines are not good after all."""
        self.bad |= bad
        self.entries = [one for one in self.entries if one.line.number not in bad]


@dataclass(frozen=True)
class Import:
    """One file, and how it is read."""

    path: Path
    reader: Reader
    complain: Complain
    from_outside: bool = True  # who listens for statements that count hears of these

    def check(self, checkpoint: Checkpoint, tell: Tell) -> int:
        """Look at every line; returns how many are bad, which are told one by one.

        Raises ``CannotRead`` and ``Changed``.
        """
        bad = 0
        with Seen() as seen:
            for portion in self._portions(checkpoint):
                self._judge(portion, seen)
                bad += len(portion.bad)
                _tell(tell, portion)
        return bad

    def take(self, checkpoint: Checkpoint, tell: Tell, *, judge: bool) -> Result:
        """Write the good lines. With ``judge`` they were not checked against each other before.

        Raises ``CannotRead``, ``Changed``, and ``writing.Conflict`` when the ledger got something
        else meanwhile; what was written until then is written.
        """
        result = Result()
        with Seen() as seen:
            for portion in self._portions(checkpoint):
                if judge:
                    self._judge(portion, seen)
                self._write(portion, result)
                checkpoint.keep()
                _tell(tell, portion)
        checkpoint.forget()
        return result

    def _portions(self, checkpoint: Checkpoint) -> Iterator[Portion]:
        """The lines after the checkpoint, which moves along."""
        checkpoint.rewind()
        portion = Portion()
        with closing(lines(self.path)) as reading:
            for line in checkpoint.beyond(reading):
                portion.read(line, self.reader)
                if portion.is_full:
                    yield portion
                    portion = Portion()
        if portion.count:
            yield portion

    def _judge(self, portion: Portion, seen: Seen) -> None:
        """Against what was said before under the same ids."""
        twice = seen.contradictions(portion.entries)
        portion.strike(
            {number: f"says something else than line {first}" for number, first in twice.items()}
        )
        portion.strike(_conflicts(portion.entries))
        for number, reason in sorted(portion.bad.items()):
            self.complain(number, reason)

    def _write(self, portion: Portion, result: Result) -> None:
        """In the order of the file, a unit for each run of lines by one writer."""
        for writer, run in groupby(portion.entries, key=lambda entry: entry.writer):
            entries = list(run)
            unit = Unit(
                writer=writer,
                facts=[entry.fact for entry in entries],
                private={entry.fact.id for entry in entries if entry.private},
                files={sha2: body for entry in entries for sha2, body in entry.files.items()},
                from_outside=self.from_outside,
            )
            new = len(write([unit]))
            result.new += new
            result.known += len(entries) - new
        result.bad += len(portion.bad)


def _tell(tell: Tell, portion: Portion) -> None:
    tell(portion.count, portion.last.share if portion.last else 1.0)


_STORED = """
    select known.id, record.raw from xapi_statementid known
    join xapi_statementrecord record on record.position = known.position
    where known.id = any(%s::uuid[])
"""


def _conflicts(entries: Sequence[Entry]) -> dict[int, str]:
    """The lines whose id is in the ledger with other words."""
    stored = dict(database.rows(_STORED, [[entry.fact.id for entry in entries]]))
    return {
        entry.line.number: f"statement {entry.fact.id} is here already and says something else"
        for entry in entries
        if entry.fact.id in stored
        and not tell_the_same(stored[entry.fact.id], entry.fact.text + b"}")
    }
