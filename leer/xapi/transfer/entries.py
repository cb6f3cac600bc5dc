"""What a line of a file becomes: a fact that was found good, or a reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Raw

from leer.xapi.credentials import Client
from leer.xapi.rest.incoming import HASHES
from leer.xapi.rest.versions import NEW, OLD
from leer.xapi.statements import signatures
from leer.xapi.statements.checking import Fact, Refused, check, parse
from leer.xapi.store.writing import Writer
from leer.xapi.transfer import attachments, lines
from leer.xapi.transfer.lines import Envelope, Line


@dataclass(frozen=True, slots=True)
class Entry:
    """A good line."""

    line: Line
    fact: Fact
    writer: Writer
    private: bool
    files: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """Bytes that it takes, more or less."""
        return len(self.line.text) + sum(map(len, self.files.values()))


class _Peek(msgspec.Struct):
    """What decides how a statement is read."""

    id: str = ""
    version: str = ""
    authority: Raw = Raw()


_PEEK = msgspec.json.Decoder(_Peek)


@dataclass(frozen=True)
class Reader:
    """How lines are read: as said by ``client``, or with ``keep_authority`` by whom they name.

    ``folder`` has the bytes of attachments, each in a file that has its SHA-2 as name.
    """

    client: Client
    keep_authority: bool = False
    folder: Path | None = None

    def read(self, line: Line) -> Entry:
        """Raises ``Refused``."""
        parse(line.text)
        try:
            raw, envelope = lines.opened(line.text)
            peek = _PEEK.decode(raw)
        except msgspec.MsgspecError as error:
            raise Refused(str(error)) from error
        if not peek.id:
            raise Refused("no id: a second import could not tell that it is the same")
        fact = check(raw, version=self._version(peek.version))
        self._check_prefix(fact)
        return Entry(
            line=line,
            fact=fact,
            writer=self._writer(bytes(peek.authority), envelope),
            private=bool(envelope and envelope.private),
            files=self._files(fact),
        )

    def _version(self, said: str) -> str:
        """Each statement by its own; the credential's decides for one that does not say."""
        if not said:
            return self.client.version or NEW
        return OLD if said.startswith("1") else NEW

    def _check_prefix(self, fact: Fact) -> None:
        prefix = self.client.prefix
        if fact.targets is None and not (fact.activity or "").startswith(prefix):
            raise Refused(f"this credential is for activities under {prefix}")

    def _writer(self, authority: bytes, envelope: Envelope | None) -> Writer:
        """Trusted when the credential is, and the envelope does not say otherwise."""
        ours = self.client.writer
        trusted = ours.trusted and (envelope is None or envelope.trusted)
        kept = authority if self.keep_authority and authority else ours.authority
        return _writer(kept, trusted, ours.defines)

    def _files(self, fact: Fact) -> Mapping[str, bytes]:
        """The bytes of its attachments that are in the folder. Those that are neither there, nor
        here, nor at an address of their own are missing.
        """
        named = {one.sha2.lower() for one in fact.attachments}
        found = {sha2: self._content(sha2) for sha2 in named if self._has(sha2)}
        needed = {sha2.lower() for sha2 in fact.files} - found.keys()
        for sha2 in sorted(needed - attachments.sizes(needed).keys()):
            raise Refused(f"the attachment {sha2} has no fileUrl and no file")
        for one in fact.attachments:
            if one.usageType == signatures.USAGE and one.sha2.lower() in found:
                signatures.verify(fact.text + b"}", found[one.sha2.lower()])
        return found

    def _has(self, sha2: str) -> bool:
        return self.folder is not None and (self.folder / sha2).is_file()

    def _content(self, sha2: str) -> bytes:
        content = (self.folder or Path()).joinpath(sha2).read_bytes()
        if HASHES[len(sha2)](content).hexdigest() != sha2:
            raise Refused(f"the file {sha2} does not have that hash")
        return content


@lru_cache(maxsize=1000)  # a writer knows its keys; most lines have the same one
def _writer(authority: bytes, trusted: bool, defines: bool) -> Writer:
    return Writer(authority=authority, trusted=trusted, defines=defines)
