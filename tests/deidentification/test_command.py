"""``manage.py deidentify FILE``."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TEXT = "Gisteren belde Yasmina el Idrissi vanaf ECT Delta."


def run(file: str) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    code = 0
    try:
        call_command("deidentify", file, stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, json.loads(out.getvalue())


def test_findings_are_json_and_the_code_is_one(tmp_path: Path) -> None:
    path = tmp_path / "casus.txt"
    path.write_text(TEXT, encoding="utf-8")
    code, findings = run(str(path))
    assert code == 1
    assert [(f["kind"], f["text"]) for f in findings] == [
        ("person", "Yasmina el Idrissi"),
        ("terminal", "ECT Delta"),
    ]
    assert all(TEXT[f["start"] : f["end"]] == f["text"] for f in findings)
    assert findings[1]["suggestion"] == "een terminal"


def test_nothing_found_is_an_empty_list_and_the_code_is_zero(tmp_path: Path) -> None:
    path = tmp_path / "casus.txt"
    path.write_text("Het begon met een kopje koffie.", encoding="utf-8")
    assert run(str(path)) == (0, [])


def test_a_dash_reads_what_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert run("-")[0] == 1


def test_what_is_no_utf_8_is_said_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "casus.txt"
    path.write_bytes("Hij heet André.".encode("latin-1"))
    with pytest.raises(CommandError, match=r"geen tekst in UTF-8: byte 13 .*Bewaar") as refused:
        call_command("deidentify", str(path))
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"weg.txt is niet te lezen") as refused:
        call_command("deidentify", str(tmp_path / "weg.txt"))
    assert refused.value.returncode == 2
