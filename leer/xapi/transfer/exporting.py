"""The ledger to a file, from the first statement to the horizon.

In the order of the ledger, a portion at a time; the bytes of attachments are kept before the
lines that name them. What is in the file is whole, so an export that was interrupted goes on
after the last line; one that was finished goes on with what came since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

from leer.xapi import selectors
from leer.xapi.store import files
from leer.xapi.store.positions import first_at
from leer.xapi.transfer import attachments, lines, reading
from leer.xapi.transfer.output import output
from leer.xapi.transfer.reading import Kept
from leer.xapi.transfer.wanted import Wish

COUNT = 1000  # statements in a portion

type Tell = Callable[[int], None]


class CannotResume(Exception):
    """The file does not end in a statement of this ledger, or is of another kind."""


@dataclass(frozen=True)
class Choice:
    """What to export. ``since`` (inclusive) and ``until`` (exclusive) bound the moment of
    storing. With ``private`` the whole ledger goes, each line in an envelope. ``folder`` gets
    the bytes of attachments, each in a file that has its SHA-2 as name.
    """

    since: datetime | None = None
    until: datetime | None = None
    prefixes: tuple[str, ...] = ()
    private: bool = False
    folder: Path | None = None


def export(path: Path, choice: Choice, *, resume: bool, tell: Tell) -> int:
    """Write the file; returns how many lines were added.

    ``tell`` hears how many statements were just written. Raises ``FileExistsError`` and
    ``CannotResume``.
    """
    before = reading.horizon()
    if choice.until:
        before = min(before, first_at(choice.until))
    wish, added = Wish(choice.prefixes), 0
    with output(path, resume=resume) as file:
        after = _beginning(file.last_line, choice)
        for portion in reading.walk(
            after=after, before=before, count=COUNT, private=choice.private
        ):
            chosen = wish.pick(portion.statements)
            if choice.folder:
                _keep_files(choice.folder, chosen)
            if chosen:
                file.write(b"".join(lines.written(one, enveloped=choice.private) for one in chosen))
            added += len(chosen)
            tell(len(chosen))
    return added


def _beginning(last_line: bytes, choice: Choice) -> int:
    """The place after which to begin."""
    if last_line:
        return _place_of(last_line, choice)
    return first_at(choice.since) - 1 if choice.since else -1


class _Identified(msgspec.Struct):
    id: UUID


def _place_of(line: bytes, choice: Choice) -> int:
    if lines.is_enveloped(line) is not choice.private:
        raise CannotResume("the file has private statements and the export has not, or the reverse")
    try:
        statement, _ = lines.opened(line)
        place = selectors.place_of(msgspec.json.decode(statement, type=_Identified).id)
    except msgspec.MsgspecError as error:
        raise CannotResume("the last line is no statement") from error
    if place is None:
        raise CannotResume("the last statement in the file is not in this ledger")
    return place


def _keep_files(folder: Path, chosen: Sequence[Kept]) -> None:
    """The attachments of these, one in memory at a time."""
    for one in chosen:
        for sha2 in attachments.named_in(one.raw):
            path = folder / sha2.lower()
            if not path.exists():
                for content in files.contents([sha2.lower()]).values():
                    _keep(path, content)


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
