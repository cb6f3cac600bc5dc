"""A file for a spreadsheet opens as it should, and runs nothing."""

import pytest

from leer.core.spreadsheet import as_csv, csv_answer, safe


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_could_be_a_formula_is_a_text(first: str) -> None:
    assert safe(f"{first}1+1") == f"'{first}1+1"
    assert safe(f"a{first}1") == f"a{first}1"


def test_a_file_is_as_a_dutch_spreadsheet_opens_it() -> None:
    assert as_csv([("naam", "stand"), ("Anna; de eerste", 3)]) == (
        '\ufeffnaam;stand\r\n"Anna; de eerste";3\r\n'
    )


def test_a_file_is_kept_under_its_name() -> None:
    answer = csv_answer("team.csv", [("a",)])
    assert answer["Content-Disposition"] == 'attachment; filename="team.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
