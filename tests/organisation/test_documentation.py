"""The page that documents the columns says what the code reads."""

import re
from pathlib import Path

import pytest

from leer.organisation.importing.csv_source import SHEETS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "developers" / "import.md"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.file)
def test_the_documented_columns_are_the_columns(sheet):
    section = PAGE.read_text().split(f"### `{sheet.file}`")[1].split("\n#")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (yes|optional) \|", section, re.MULTILINE)
    assert rows == [
        (column.name, "optional" if column.optional else "yes") for column in sheet.columns
    ]
