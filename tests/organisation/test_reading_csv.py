"""From files to records: what is accepted, and what is told about what is not."""

import pytest

from leer.organisation.api import read_files
from tests.organisation.files import (
    FUNCTIONS,
    NOOR,
    PEOPLE_HEAD,
    TEAMS,
    functions,
    organisation,
    people,
    teams,
)


def errors_of(files):
    return [(e.file, e.line, e.column, e.reason) for e in read_files(files).errors]


def test_good_files_become_records_without_errors():
    records = read_files(organisation())
    assert records.errors == ()
    assert [function.high_risk for function in records.functions] == [True, False]
    assert records.teams[0].managers == ("P2",)
    assert records.people[0].full_name == "Noor Bakker"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_makes_no_difference(encoding):
    records = read_files(
        {"functies.csv": "externalId;displayName;highRisk\nF1;Café;ja".encode(encoding)}
    )
    assert [function.display_name for function in records.functions] == ["Café"]


def test_commas_and_semicolons_read_alike():
    assert read_files({"functies.csv": FUNCTIONS.replace(";", ",")}) == read_files(
        {"functies.csv": FUNCTIONS}
    )


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_lines_may_end_as_on_any_system(newline):
    text = FUNCTIONS.replace("\n", newline)
    assert [f.place.line for f in read_files({"functies.csv": text}).functions] == [2, 3]


def test_a_file_that_is_not_given_is_none_and_an_empty_one_is_empty():
    records = read_files(functions())
    assert (records.functions, records.teams) == ((), None)


def test_several_managers_are_separated_by_a_bar():
    records = read_files(teams("T1;Toezicht;West;P1 | P2|P1"))
    assert records.teams[0].managers == ("P1", "P2")


def test_columns_may_stand_in_any_order_and_case():
    records = read_files({"functies.csv": "HIGHRISK;displayname;ExternalID\nja;Toezicht;F1"})
    assert records.errors == ()
    assert records.functions[0].external_id == "F1"


def test_empty_rows_and_empty_columns_at_the_right_are_nothing():
    records = read_files(
        {"functies.csv": "externalId;displayName;highRisk;;\n\nF1;Toezicht;ja;;\n;;;;\n"}
    )
    assert records.errors == ()
    assert records.functions[0].place.line == 3


def test_a_quoted_cell_may_hold_the_delimiter_and_lines_still_count():
    records = read_files(functions('F1;"Toezicht; dag";ja', "F2;Balie;misschien"))
    assert records.functions[0].display_name == "Toezicht; dag"
    assert [(e.line, e.column) for e in records.errors] == [(3, "highRisk")]


def test_a_picture_is_no_csv():
    content = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    assert errors_of({"teams.csv": content}) == [("teams.csv", 1, "", "dit is geen CSV-bestand")]


def test_latin_1_is_told_at_the_line_where_it_shows():
    content = functions("F1;Toezicht;ja", "F2;Café;nee")["functies.csv"].encode("latin-1")
    ((file, line, column, reason),) = errors_of({"functies.csv": content})
    assert (file, line, column) == ("functies.csv", 3, "")
    assert "UTF-8" in reason


def test_utf_16_is_told_too():
    ((_, line, _, reason),) = errors_of({"functies.csv": FUNCTIONS.encode("utf-16")})
    assert line == 1
    assert "UTF-8" in reason


def test_every_missing_column_is_named():
    found = errors_of({"teams.csv": "externalId;displayName\nT1;Toezicht"})
    assert found == [
        ("teams.csv", 1, "region", "deze kolom ontbreekt"),
        ("teams.csv", 1, "manager", "deze kolom ontbreekt"),
    ]


def test_an_empty_file_misses_every_column():
    assert [column for _, _, column, _ in errors_of({"functies.csv": ""})] == [
        "externalId",
        "displayName",
        "highRisk",
    ]


def test_a_column_that_leer_does_not_know_is_refused_by_name():
    ((_, line, column, reason),) = errors_of(people(NOOR + ";123456782", extra=";bsn"))
    assert (line, column) == (1, "bsn")
    assert "haal de kolom weg" in reason


def test_a_column_that_stands_there_twice_is_told():
    text = "externalId;displayName;highRisk;highRisk\nF1;Toezicht;ja;nee"
    assert errors_of({"functies.csv": text}) == [
        ("functies.csv", 1, "highRisk", "deze kolom staat er twee keer")
    ]


def test_a_file_with_another_name_is_told_what_names_there_are():
    ((file, line, column, reason),) = errors_of({"salarissen.csv": "a;b"})
    assert (file, line, column) == ("salarissen.csv", 1, "")
    assert "medewerkers.csv" in reason


def test_the_same_kind_of_file_twice_is_refused():
    ((file, _, _, reason),) = errors_of({"teams.csv": TEAMS, "teams-oud.csv": TEAMS})
    assert file == "teams-oud.csv"
    assert "twee keer" in reason


def test_broken_quotes_cost_their_own_row_only():
    records = read_files(functions('F1;"Toe"zicht;ja', "F2;Balie;nee"))
    assert [(e.line, e.reason) for e in records.errors] == [(2, "de aanhalingstekens kloppen niet")]
    assert [function.external_id for function in records.functions] == ["F2"]


@pytest.mark.parametrize("row", ["F1;Toezicht", "F1;Toezicht;ja;extra"])
def test_too_few_or_too_many_cells_are_counted(row):
    ((_, line, column, reason),) = errors_of(functions(row))
    assert (line, column) == (2, "")
    assert reason == f"heeft {row.count(';') + 1} cellen; de kop heeft er 3"


BAD_CELLS = {
    "externalId": ("", "is leeg"),
    "userName": ("no or", "mag alleen letters, cijfers en @ . + - _ bevatten"),
    "name.givenName": ("x" * 151, "te lang: hoogstens 150 tekens"),
    "name.familyName": ("", "is leeg"),
    "emails.value": ("noor@", "is geen e-mailadres"),
    "title": ("F" * 101, "te lang: hoogstens 100 tekens"),
    "department": ("T" * 101, "te lang: hoogstens 100 tekens"),
    "active": ("misschien", "moet ja of nee zijn"),
}


@pytest.mark.parametrize("column", BAD_CELLS)
def test_a_bad_cell_is_told_with_line_column_and_reason(column):
    value, reason = BAD_CELLS[column]
    cells = NOOR.split(";")
    cells[PEOPLE_HEAD.split(";").index(column)] = value
    files = people("P9;iemand;An;Der;;F1;T1;ja", ";".join(cells))
    assert errors_of(files) == [("medewerkers.csv", 3, column, reason)]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("startDate", "31-31-2026", "is geen datum; schrijf 2026-01-31"),
        ("roles", "baas", "baas is geen rol; kies uit"),
        ("roles", "leidinggevende", "leidinggevende hoort hier niet"),
    ],
)
def test_a_bad_optional_cell_is_told_too(column, value, reason):
    ((_, line, told, why),) = errors_of(people(f"{NOOR};{value}", extra=f";{column}"))
    assert (line, told) == (2, column)
    assert why.startswith(reason)


@pytest.mark.parametrize("value", ["", "2020-02-29", "29-02-2020"])
def test_a_date_may_be_written_both_ways_or_left_out(value):
    records = read_files(people(f"{NOOR};{value}", extra=";startDate"))
    assert records.errors == ()


def test_a_control_character_is_refused():
    ((_, _, column, reason),) = errors_of(functions("F1;Toe\tzicht;ja"))
    assert column == "displayName"
    assert "stuurteken" in reason


def test_all_bad_rows_are_told_and_all_bad_cells_in_them():
    found = errors_of(functions(";Toezicht;soms", "F2;Balie;nee", "F3;;ja"))
    assert [(line, column) for _, line, column, _ in found] == [
        (2, "externalId"),
        (2, "highRisk"),
        (4, "displayName"),
    ]
