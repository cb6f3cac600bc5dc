"""The data folder says clearly why it cannot be used, and loses nothing."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from leer.core import embedded
from leer.launcher.folder import LAYOUT, CannotStart, DataFolder


def test_a_new_folder_is_made_and_marked(tmp_path: Path) -> None:
    DataFolder(tmp_path / "data").prepare()
    assert f'"layout": {LAYOUT}' in (tmp_path / "data" / "leer.json").read_text()


def test_mail_logs_and_uploads_are_nobody_elses(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for name in ("mail", "media"):
        (data / name).mkdir(parents=True)
    DataFolder(data).prepare()
    shut = {name: oct((data / name).stat().st_mode & 0o777) for name in ("logs", "mail", "media")}
    assert set(shut.values()) == {"0o700"}
    assert oct(data.stat().st_mode & 0o777) == "0o711"  # the database's user passes through


def test_a_path_too_long_for_a_private_socket_is_refused(tmp_path: Path) -> None:
    """Else the database would listen where everybody on the machine can reach it."""
    with pytest.raises(RuntimeError, match="te lang"):
        embedded.start_postgres(tmp_path / ("lang" * 25))


def test_a_folder_that_cannot_be_written_is_named_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match=r"is niet te gebruiken.*\n.*--data"):
        DataFolder(tmp_path / "file" / "data").prepare()


def test_a_full_disk_is_named_with_the_room_that_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 1024 * 1024))
    with pytest.raises(CannotStart, match="1 MB vrij, 500 MB nodig"):
        DataFolder(tmp_path / "data").prepare()


def test_a_folder_of_a_newer_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    marker = tmp_path / "leer.json"
    marker.write_text('{"layout": 99}')
    with pytest.raises(CannotStart, match="nieuwere versie"):
        DataFolder(tmp_path).prepare()
    assert marker.read_text() == '{"layout": 99}'


def test_a_damaged_marker_says_what_to_put_in_it(tmp_path: Path) -> None:
    (tmp_path / "leer.json").write_text("")
    with pytest.raises(CannotStart, match=r'"layout": 1'):
        DataFolder(tmp_path).prepare()


@pytest.mark.parametrize("demo", [True, False])
def test_a_folder_is_of_the_demo_or_not_for_good(tmp_path: Path, demo: bool) -> None:
    folder = DataFolder(tmp_path)
    folder.prepare()
    folder.keep_demo(demo=demo)
    folder.keep_demo(demo=demo)
    with pytest.raises(CannotStart, match="kan later niet veranderen"):
        folder.keep_demo(demo=not demo)


def test_a_broken_running_file_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "running.json").write_text("{half")
    assert DataFolder(tmp_path).read_running() == {}
