"""The ledger as a file of lines: whole, resumable, and without what is private."""

import gzip
import json
import stat
import subprocess
import sys
import threading
import time
import tracemalloc
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from leer.xapi.transfer import exporting
from tests.support.processes import environment
from tests.xapi.forwarding.facts import (
    be_readable,
    pointing,
    statement,
    store,
    store_many,
    with_file,
)
from tests.xapi.transfer.commands import export, kept

pytestmark = pytest.mark.usefixtures("ledger")


def ids_in(path: Path) -> list[str]:
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    assert text == b"" or text.endswith(b"\n")
    return [json.loads(line)["id"] for line in text.splitlines()]


@pytest.fixture(params=["uit.ndjson", "uit.ndjson.gz"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


@pytest.fixture
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "COUNT", 3)


@pytest.mark.usefixtures("_small_portions")
def test_every_statement_is_a_line_in_the_order_of_the_ledger(file: Path) -> None:
    ids = store_many(10)
    assert export(file) == "10 feiten uitgevoerd.\n"
    assert ids_in(file) == ids
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_line_is_the_statement_as_it_is_served(file: Path) -> None:
    raw = json.dumps(statement(), indent=2).replace("\n", "\r\n")
    [id_] = store(json.loads(raw))
    connection.cursor().execute("update xapi_statementrecord set raw = %s", [raw])
    export(file)
    assert ids_in(file) == [json.loads(raw)["id"]]
    assert id_ in kept()


def test_private_statements_stay_inside(file: Path) -> None:
    store(statement(), private=True)
    shared = store(statement())
    export(file)
    assert ids_in(file) == shared


def test_a_span_and_a_prefix_choose(tmp_path: Path) -> None:
    before = store_many(1)
    inside = store(statement(activity="https://y.example/1"))
    moment = json.loads(kept()[inside[0]].raw)["stored"]
    outside = store_many(1)
    for number, (said, wanted) in enumerate(
        {
            ("--since", moment): inside + outside,
            ("--until", moment): before,
            ("--activity-prefix", "https://y.example/"): inside,
        }.items()
    ):
        path = tmp_path / f"{number}.ndjson"
        export(path, *said)
        assert ids_in(path) == wanted


def test_a_file_that_is_there_is_not_written_over(file: Path) -> None:
    file.write_bytes(b"iets anders")
    with pytest.raises(CommandError, match="--resume"):
        export(file)
    assert file.read_bytes() == b"iets anders"


@pytest.mark.usefixtures("_small_portions")
def test_an_export_goes_on_with_what_came_since(file: Path) -> None:
    ids = store_many(4)
    export(file)
    ids += store_many(5)
    assert export(file, "--resume") == "5 feiten uitgevoerd.\n"
    assert export(file, "--resume") == "0 feiten uitgevoerd.\n"
    assert ids_in(file) == ids


@pytest.mark.usefixtures("_small_portions")
def test_an_export_that_was_torn_anywhere_goes_on_where_it_was_whole(file: Path) -> None:
    ids = store_many(10)
    export(file)
    whole = file.read_bytes()
    for length in [*range(0, len(whole), max(len(whole) // 25, 1)), len(whole) - 1]:
        file.write_bytes(whole[:length])
        export(file, "--resume")
        assert ids_in(file) == ids, length


KILLED = """
import os, pathlib, sys, django
django.setup()
from leer.xapi.transfer.exporting import Choice, export
export(pathlib.Path(sys.argv[1]), Choice(), resume=False, tell=lambda count: os._exit(9))
"""


@pytest.mark.processes
def test_a_process_that_dies_between_two_portions_leaves_a_file_that_goes_on(file: Path) -> None:
    ids = store_many(2500)
    be_readable()
    died = subprocess.run([sys.executable, "-c", KILLED, str(file)], env=environment(), check=False)
    assert died.returncode == 9
    assert ids_in(file) == ids[:1000]
    export(file, "--resume")
    assert ids_in(file) == ids


def test_a_file_of_another_ledger_is_not_added_to(file: Path) -> None:
    store_many(1)
    export(file)
    connection.cursor().execute("truncate xapi_statementid")
    with pytest.raises(CommandError, match="hoort niet bij"):
        export(file, "--resume")


def test_an_earlier_place_that_commits_later_is_not_missed(file: Path) -> None:
    written, may_commit = threading.Event(), threading.Event()
    early: list[str] = []

    def write_slowly() -> None:
        with transaction.atomic():
            early.extend(store_many(1))
            written.set()
            assert may_commit.wait(20)
        connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert written.wait(20)
    late = store_many(1)
    time.sleep(1.5)
    exporting.export(file, exporting.Choice(), resume=False, tell=lambda count: None)
    assert ids_in(file) == []
    may_commit.set()
    slow.join()
    export(file, "--resume")
    assert ids_in(file) == early + late


def test_attachments_go_to_a_folder_by_their_hash(tmp_path: Path) -> None:
    one, elsewhere = with_file(b"een"), with_file(b"weg", fileUrl="https://x.example/weg")
    sha2 = one["attachments"][0]["sha2"]
    store(one, files={sha2: b"een"})
    store(elsewhere)
    export(tmp_path / "uit.ndjson", "--with-attachments", str(tmp_path / "bijlagen"))
    assert [path.name for path in (tmp_path / "bijlagen").iterdir()] == [sha2]
    assert (tmp_path / "bijlagen" / sha2).read_bytes() == b"een"


def test_what_voids_goes_with_what_it_voids(file: Path) -> None:
    [voided] = store(statement(activity="https://y.example/1"))
    [voiding] = store(pointing(voided))
    store_many(1)
    export(file, "--activity-prefix", "https://y.example/")
    assert ids_in(file) == [voided, voiding]


def test_memory_stays_flat(tmp_path: Path) -> None:
    def peak(name: str) -> int:
        be_readable()
        tracemalloc.start()
        exporting.export(tmp_path / name, exporting.Choice(), resume=False, tell=lambda count: None)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    store_many(2000)
    few = peak("weinig.ndjson.gz")
    for _ in range(9):
        store_many(2000)
    many = peak("veel.ndjson.gz")
    assert len(ids_in(tmp_path / "veel.ndjson.gz")) == 20_000
    assert many < 1.2 * few
