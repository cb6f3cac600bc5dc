"""A file into the ledger: all of it or nothing, once however often, as it was."""

import gzip
import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError
from django.utils import timezone

from leer.xapi import credentials
from leer.xapi.credentials import NewCredential
from leer.xapi.models import StatementRecord
from leer.xapi.scopes import Scope
from leer.xapi.signals import trusted_statements
from leer.xapi.statements.comparing import tell_the_same
from leer.xapi.store import files
from leer.xapi.transfer import importing
from tests.xapi.forwarding.facts import pointing, statement, store, with_file
from tests.xapi.transfer.commands import empty_the_ledger, export, import_, kept


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "in.ndjson"


@pytest.fixture
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "COUNT", 3)


def write(path: Path, lines: Iterable[Any]) -> None:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(text + "\n" for text in texts))


def refused(path: Path, credential: NewCredential, *said: str) -> list[str]:
    """What is said of the lines of a file that is not taken."""
    complaints = io.StringIO()
    with pytest.raises(CommandError, match="er is niets ingelezen"):
        import_(path, credential, *said, complaints=complaints)
    return [line for line in complaints.getvalue().splitlines() if line.startswith("regel")]


# There and back ----------------------------------------------------------------------------------
@pytest.mark.usefixtures("_small_portions")
@pytest.mark.parametrize("name", ["uit.ndjson", "uit.ndjson.gz"])
def test_what_was_exported_comes_back_the_same(
    tmp_path: Path, credential: NewCredential, name: str
) -> None:
    attached = with_file(b"een")
    store(attached, files={attached["attachments"][0]["sha2"]: b"een"})
    store(*(statement(timestamp="2026-01-02T03:04:05+01:00", version="1.0.0") for _ in range(4)))
    store(statement(context={"contextActivities": {"parent": {"id": "https://x.example/p"}}}))
    [voided] = store(statement())
    store(pointing(voided))
    before = kept()
    export(tmp_path / name, "--with-attachments", str(tmp_path / "bijlagen"))
    empty_the_ledger()
    said = import_(tmp_path / name, credential, "--attachments", str(tmp_path / "bijlagen"))
    assert said == "8 nieuw, 0 waren er al, 0 overgeslagen.\n"
    assert list(kept()) == list(before)
    for id_, one in kept().items():
        assert tell_the_same(one.raw, before[id_].raw)
        was, now = json.loads(before[id_].raw), json.loads(one.raw)
        assert now["timestamp"] == was["timestamp"]
        assert now["authority"]["account"]["name"] == credential.credential.key
    assert list(files.contents([attached["attachments"][0]["sha2"]]).values()) == [b"een"]


def test_a_whole_ledger_moves_with_what_is_private_and_who_said_it(
    tmp_path: Path, credential: NewCredential
) -> None:
    [private] = store(statement(), private=True)
    [shared] = store(statement())
    StatementRecord.objects.filter(statement_id=private).update(trusted=True)
    before = kept()
    mover = credentials.make(name="verhuizer", trusted=True, scopes=[Scope.ALL])
    file = tmp_path / "alles.ndjson.gz"
    export(file, "--with-private")
    empty_the_ledger()
    assert "progress_rebuild" in import_(file, mover, "--keep-authority")
    after = kept()
    assert list(after) == [private, shared]
    for id_, one in after.items():
        assert (one.private, one.trusted) == (before[id_].private, before[id_].trusted)
        was, now = json.loads(before[id_].raw), json.loads(one.raw)
        assert was | {"stored": ""} == now | {"stored": ""}


def test_what_says_that_it_is_private_is_never_made_public(
    tmp_path: Path, credential: NewCredential
) -> None:
    store(statement(), private=True)
    export(tmp_path / "alles.ndjson", "--with-private")
    empty_the_ledger()
    import_(tmp_path / "alles.ndjson", credential)
    [one] = kept().values()
    assert (one.private, one.trusted) == (True, False)


def test_a_line_is_trusted_when_both_the_credential_and_the_line_are(
    tmp_path: Path, credential: NewCredential
) -> None:
    store(statement())
    export(tmp_path / "alles.ndjson", "--with-private")
    empty_the_ledger()
    import_(tmp_path / "alles.ndjson", credentials.make(name="verhuizer", trusted=True))
    [one] = kept().values()
    assert not one.trusted


def test_who_listens_hears_of_what_counts(file: Path, credential: NewCredential) -> None:
    heard: list[bytes] = []

    def listen(statements: list[bytes], **also: object) -> None:
        heard.extend(statements)

    trusted_statements.connect(listen)
    try:
        write(file, [statement()])
        import_(file, credential)
        write(file, [statement()])
        import_(file, credentials.make(name="vertrouwd", trusted=True))
    finally:
        trusted_statements.disconnect(listen)
    assert [json.loads(one)["id"] for one in heard] == [list(kept())[1]]


# All or nothing ----------------------------------------------------------------------------------
BAD = {
    "no JSON": "{",
    "half a line": json.dumps(statement())[:40],
    "a property twice": json.dumps(statement())[:-1] + ',"id":"x"}',
    "no verb": {"id": str(uuid4()), "actor": {"mbox": "mailto:a@b.nl"}, "object": {"id": "a:b"}},
    "no id": {name: value for name, value in statement().items() if name != "id"},
    "a file that is nowhere": with_file(b"nergens"),
    "a half envelope": '{"private":true,"statement":' + json.dumps(statement()) + "}",
    "a list": "[]",
    "another property": statement(shoe=1),
}


@pytest.mark.usefixtures("_small_portions")
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_one_bad_line_and_nothing_is_taken(file: Path, credential: NewCredential, bad: Any) -> None:
    write(file, [*(statement() for _ in range(5)), bad, statement()])
    complaints = refused(file, credential)
    assert [line.split(":")[0] for line in complaints] == ["regel 6"]
    assert kept() == {}


@pytest.mark.usefixtures("_small_portions")
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_the_good_lines_are_taken_when_asked(
    file: Path, credential: NewCredential, bad: Any
) -> None:
    good = [statement() for _ in range(6)]
    write(file, [*good[:5], bad, good[5]])
    said = import_(file, credential, "--skip-bad")
    assert said == "6 nieuw, 0 waren er al, 1 overgeslagen.\n"
    assert list(kept()) == [one["id"] for one in good]


@pytest.mark.usefixtures("_small_portions")
def test_a_file_that_contradicts_itself_or_the_ledger_is_refused_by_line(
    file: Path, credential: NewCredential
) -> None:
    known, inside = statement(), statement()
    store(known)
    other = {"verb": {"id": "https://x.example/other"}}
    write(file, [inside, known | other, *(statement() for _ in range(4)), inside | other])
    complaints = refused(file, credential)
    assert complaints == [
        f"regel 2: statement {known['id']} is here already and says something else",
        "regel 7: says something else than line 1",
    ]
    assert list(kept()) == [known["id"]]
    assert import_(file, credential, "--skip-bad").startswith("5 nieuw, 0 waren er al, 2 over")


@pytest.mark.usefixtures("_small_portions")
def test_the_same_line_twice_is_one_statement(file: Path, credential: NewCredential) -> None:
    one, other = statement(), statement()
    write(file, [one, one, other, statement(), one, "", one])
    assert import_(file, credential) == "3 nieuw, 3 waren er al, 0 overgeslagen.\n"
    assert import_(file, credential) == "0 nieuw, 6 waren er al, 0 overgeslagen.\n"


def test_an_attachment_whose_file_is_another_is_refused(
    file: Path, tmp_path: Path, credential: NewCredential
) -> None:
    one = with_file(b"een")
    write(file, [one])
    (tmp_path / one["attachments"][0]["sha2"]).write_bytes(b"twee")
    assert "hash" in refused(file, credential, "--attachments", str(tmp_path))[0]


def test_an_attachment_that_is_here_already_needs_no_file(
    file: Path, credential: NewCredential
) -> None:
    one = with_file(b"een")
    files.keep({hashlib.sha256(b"een").hexdigest(): b"een"})
    write(file, [one])
    assert import_(file, credential).startswith("1 nieuw")


@pytest.mark.parametrize("name", ["in.ndjson", "in.ndjson.gz"])
def test_a_torn_file_is_refused_whole(tmp_path: Path, credential: NewCredential, name: str) -> None:
    path = tmp_path / name
    write(path, [statement() for _ in range(50)])
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(path.read_bytes()))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(CommandError):
        import_(path, credential)
    assert kept() == {}


# Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"expires_at": timezone.now() - timedelta(days=1)}, id="expired"),
        pytest.param({"scopes": [Scope.STATEMENTS_READ]}, id="may not write"),
    ],
)
def test_a_credential_is_not_taken_that_is(file: Path, ledger: None, given: dict[str, Any]) -> None:
    write(file, [statement()])
    with pytest.raises(CommandError, match="sleutel"):
        import_(file, credentials.make(name="x", **given))
    assert kept() == {}


def test_a_revoked_credential_is_not_taken(file: Path, credential: NewCredential) -> None:
    credentials.revoke(credential.credential)
    write(file, [statement()])
    with pytest.raises(CommandError, match="geldt niet meer"):
        import_(file, credential)


def test_a_credential_keeps_to_its_activities(file: Path, ledger: None) -> None:
    bound = credentials.make(name="x", activity_prefix="https://y.example/")
    write(file, [statement(activity="https://y.example/1"), statement()])
    assert refused(file, bound)[0].startswith("regel 2:")


# Going on ----------------------------------------------------------------------------------------
def interrupted(path: Path, credential: NewCredential, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third portion fails, as when the database goes away."""
    real, calls = importing.write, []

    def write_twice(units: Any) -> Any:
        calls.append(units)
        if len(calls) == 3:
            raise ConnectionError
        return real(units)

    with monkeypatch.context() as patched:
        patched.setattr(importing, "write", write_twice)
        with pytest.raises(ConnectionError):
            import_(path, credential)


@pytest.mark.usefixtures("_small_portions")
def test_an_import_goes_on_after_what_was_done(
    file: Path, credential: NewCredential, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = [statement() for _ in range(10)]
    write(file, statements)
    interrupted(file, credential, monkeypatch)
    assert len(kept()) == 6
    assert import_(file, credential, "--resume") == "4 nieuw, 0 waren er al, 0 overgeslagen.\n"
    assert list(kept()) == [one["id"] for one in statements]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.usefixtures("_small_portions")
def test_an_import_does_not_go_on_with_another_file(
    file: Path, credential: NewCredential, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file, [statement() for _ in range(10)])
    interrupted(file, credential, monkeypatch)
    write(file, [statement() for _ in range(10)])
    with pytest.raises(CommandError, match="veranderd"):
        import_(file, credential, "--resume")
    write(file, [])
    with pytest.raises(CommandError, match="veranderd"):
        import_(file, credential, "--resume")
    assert len(kept()) == 6


# Memory ------------------------------------------------------------------------------------------
def test_memory_stays_flat(tmp_path: Path, credential: NewCredential) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.ndjson"
        write(path, (statement() for _ in range(count)))
        tracemalloc.start()
        import_(path, credential)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(1000)  # what is imported and remembered once
    few, many = peak(2000), peak(20_000)
    assert StatementRecord.objects.count() == 23_000
    assert many < 1.3 * few
