"""What an import would do: the plan, its errors and its objections."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from leer.accounts.models import User
from leer.organisation.api import (
    JobFunctionRecord,
    PersonRecord,
    Place,
    Records,
    TeamRecord,
    make_plan,
)
from leer.organisation.models import Team
from tests.organisation.files import (
    JUNE,
    MAY,
    NOOR,
    RUUD,
    TEAMS_HEAD,
    everything,
    functions,
    load,
    organisation,
    people,
    plan,
    teams,
    told,
)
from tests.support.factories_organisation import UserFactory

pytestmark = pytest.mark.django_db


def counts(files, on=MAY, **options):
    return {kind: count for kind, count in plan(files, on, **options).counts.items() if count}


def test_a_plan_changes_nothing_in_the_database():
    before = everything()
    plan(organisation())
    assert everything() == before


def test_everything_is_new_in_an_empty_leer():
    assert counts(organisation()) == {
        "functions_created": 2,
        "teams_created": 2,
        "people_created": 2,
        "leaders_started": 1,
        "roles_given": 1,
    }


def test_the_same_files_again_plan_nothing():
    load(organisation())
    assert plan(organisation()).changes_nothing
    assert plan(organisation(), JUNE).changes_nothing


def test_a_changed_field_is_told_with_old_and_new():
    load(organisation())
    (change,) = plan(people(NOOR.replace("Bakker", "de Boer"))).people
    assert [(field.name, field.old, field.new) for field in change.changed] == [
        ("last_name", "Bakker", "de Boer")
    ]


def test_a_move_is_told_with_old_and_new():
    load(organisation())
    (move,) = plan(people(NOOR.replace("F1;T1", "F2;T2")), JUNE).moved
    assert (move.old_team, move.team, move.old_function, move.function) == ("T1", "T2", "F1", "F2")


def test_records_from_another_source_make_the_same_plan():
    """A SCIM source needs no CSV: the neutral form is enough."""
    at = Place("scim", 1)
    records = Records(
        functions=(JobFunctionRecord("F1", "Toezicht", True, at),),
        teams=(TeamRecord("T1", "Toezicht West", "West", ("P1",), at),),
        people=(
            PersonRecord("P1", "noor", "Noor", "Bakker", "", "F1", "T1", active=True, place=at),
        ),
    )
    files = functions("F1;Toezicht;ja") | teams("T1;Toezicht West;West;P1")
    files |= people("P1;noor;Noor;Bakker;;F1;T1;ja")
    assert make_plan(records, on=MAY).digest == plan(files).digest


# Files that are not given ---------------------------------------------------------------------


def test_people_alone_find_their_team_in_leer():
    load(organisation())
    assert told(people("P3;piet;Piet;Smit;;F1;T1;ja")) == []


def test_teams_alone_find_their_manager_in_leer():
    load(organisation())
    assert told(teams("T2;Balie West;West;P2")) == []


# Rows that do not fit together ----------------------------------------------------------------


def test_an_unknown_team_or_function_is_told():
    load(organisation())
    assert told(people("P3;piet;Piet;Smit;;F9;T9;ja")) == [
        (
            "medewerkers.csv",
            2,
            "department",
            "T9 is onbekend: niet in de bestanden en niet in Leer",
        ),
        ("medewerkers.csv", 2, "title", "F9 is onbekend: niet in de bestanden en niet in Leer"),
    ]


def test_a_team_on_a_bad_row_is_told_apart_from_an_unknown_one():
    files = organisation() | teams("T1;;West;", "T2;Balie West;West;")
    assert told(files) == [
        (
            "medewerkers.csv",
            2,
            "department",
            "T1 is niet ingelezen: op de eigen regel staat een fout",
        ),
        ("teams.csv", 2, "displayName", "is leeg"),
    ]


def test_who_works_here_has_a_team_and_a_function():
    load(organisation())
    assert [(line, column) for _, line, column, _ in told(people("P3;piet;Piet;Smit;;;;ja"))] == [
        (2, "department"),
        (2, "title"),
    ]


def test_who_left_needs_neither():
    load(organisation())
    assert told(people("P1;noor;Noor;Bakker;;;;nee")) == []


@pytest.mark.parametrize(
    "files",
    [
        functions("F1;Toezicht;ja", "F1;Balie;nee"),
        teams("T1;Toezicht;West;", "T1;Balie;West;"),
        people(NOOR, NOOR.replace("noor", "noor2")),
    ],
)
def test_a_key_used_twice_is_told_on_both_lines(files):
    load(organisation())
    (file,) = files
    assert told(files) == [
        (file, 2, "externalId", "staat ook op regel 3; welke is de goede?"),
        (file, 3, "externalId", "staat ook op regel 2; welke is de goede?"),
    ]


def test_a_user_name_used_twice_is_told_whatever_the_capitals():
    load(organisation())
    found = told(people(NOOR, "P3;NOOR;Noor;Smit;;F1;T1;ja"))
    assert [(line, column) for _, line, column, _ in found] == [(2, "userName"), (3, "userName")]


def test_a_user_name_of_another_account_is_refused():
    UserFactory(username="Noor", without_external_id=True)
    assert told(organisation()) == [
        ("medewerkers.csv", 2, "userName", "is al van een ander account")
    ]


def test_a_user_name_that_its_owner_gives_up_in_the_same_file_is_free():
    load(organisation())
    swapped = people(NOOR.replace(";noor;", ";ruud;"), RUUD.replace(";ruud;", ";noor;"))
    assert told(swapped) == []


def test_a_user_name_is_not_free_when_its_owner_keeps_it_after_all():
    load(organisation())
    files = people(NOOR.replace(";noor;", ";ruud;"), "P2;rp;Ruud;Peters;;F9;T2;ja")
    assert [(line, column) for _, line, column, _ in told(files)] == [(2, "userName"), (3, "title")]


def test_an_unknown_manager_is_told():
    files = organisation() | teams("T1;Toezicht West;West;P2|P9", "T2;Balie West;West;")
    assert told(files) == [
        ("teams.csv", 2, "manager", "P9 is onbekend: niet in de bestanden en niet in Leer")
    ]


def test_a_manager_who_left_is_told():
    load(organisation())
    files = teams("T1;Toezicht West;West;P2") | people(RUUD.replace("ja", "nee"))
    assert told(files, JUNE) == [("teams.csv", 2, "manager", "P2 is niet in dienst")]


# Who is not in the file -----------------------------------------------------------------------


def test_who_is_not_in_the_file_is_counted_and_left_alone():
    load(organisation())
    assert counts(people(NOOR)) == {"untouched": 1}


def test_who_is_not_in_a_complete_file_leaves():
    load(organisation() | people(NOOR, RUUD, *_crowd(10)))
    found = plan(people(NOOR, *_crowd(10)), JUNE, complete=True)
    assert [leaver.key for leaver in found.leavers] == ["P2"]
    assert found.objections == ()


def test_a_complete_file_without_more_than_a_fifth_is_refused():
    load(organisation())
    (objection,) = plan(people(NOOR), JUNE, complete=True).objections
    assert "1 van de 2 mensen" in objection


def test_a_complete_file_without_more_than_a_fifth_can_be_forced():
    load(organisation())
    assert plan(people(NOOR), JUNE, complete=True, force=True).objections == ()


def test_a_complete_file_with_errors_is_refused():
    load(organisation() | people(NOOR, RUUD, *_crowd(10)))
    files = people(NOOR, RUUD.replace("T2", "T9"), *_crowd(10))
    found = plan(files, JUNE, complete=True)
    assert found.leavers == ()
    assert len(found.objections) == 1


def test_complete_says_nothing_about_people_when_they_are_not_given():
    load(organisation())
    assert plan(functions("F1;Toezicht;ja"), JUNE, complete=True).leavers == ()


def test_accounts_that_never_came_from_a_file_do_not_leave():
    UserFactory(without_external_id=True, administrator=True)
    load(organisation())
    found = plan(people(NOOR, RUUD), JUNE, complete=True)
    assert found.changes_nothing


# Days and rights ------------------------------------------------------------------------------


def test_an_import_of_tomorrow_is_refused():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert len(plan(organisation(), tomorrow).objections) == 1


def test_an_import_of_today_is_not():
    assert plan(organisation(), timezone.localdate()).objections == ()


def test_an_import_of_before_a_later_change_is_refused():
    load(organisation())
    load(people(NOOR.replace("T1", "T2")), JUNE)
    (objection,) = plan(people(NOOR), MAY).objections
    assert "1 juni 2026" in objection


def test_an_import_that_takes_the_last_administrator_away_is_refused():
    load(organisation() | people(NOOR, f"{RUUD}", extra=""))
    ruud = User.objects.get(username="ruud")
    ruud.groups.add(Group.objects.get(name="beheerder"))
    (objection,) = plan(people(f"{RUUD};", extra=";roles"), JUNE).objections
    assert objection == "Na deze import is er geen beheerder meer."


def test_taking_one_of_two_administrators_away_is_fine():
    UserFactory(administrator=True)
    load(organisation())
    User.objects.get(username="ruud").groups.add(Group.objects.get(name="beheerder"))
    assert plan(people(f"{RUUD};", extra=";roles"), JUNE).objections == ()


# Queries --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 60])
def test_a_plan_takes_twelve_queries_whatever_its_size(size, django_assert_num_queries):
    files = organisation() | people(NOOR, RUUD, *_crowd(size))
    load(files)
    moved = organisation() | people(NOOR, RUUD, *(row.replace("T1", "T2") for row in _crowd(size)))
    # 1 functions, 2 teams, 3 leadership, 4 active keys, 5 people, 6 placements, 7 last ends,
    # 8 roles, 9 owners of names, 10 administrators, 11 and 12 later changes
    with django_assert_num_queries(12):
        plan(moved, JUNE)


def _crowd(size):
    return [f"C{n};c{n};Kim;Smit;;F1;T1;ja" for n in range(size)]


def test_teams_that_are_in_leer_stay_when_a_file_does_not_name_them():
    load(organisation())
    load(teams("T3;Nieuw;Oost;"))
    assert Team.objects.filter(active=True).count() == 3


# Teams that are a part of another one ----------------------------------------------------------

PARENT_HEAD = f"{TEAMS_HEAD};parent"


def parts(*rows: str) -> dict[str, str]:
    return {"teams.csv": "\n".join((PARENT_HEAD, *rows))}


def test_a_team_becomes_a_part_of_one_in_the_same_file_and_the_same_again_changes_nothing():
    files = organisation() | parts("T1;Toezicht West;West;P2;T2", "T2;Balie West;West;;")
    load(files)
    assert Team.objects.get(external_id="T1").parent.external_id == "T2"
    assert plan(files).changes_nothing


def test_without_the_column_the_parts_are_left_alone_and_an_empty_cell_takes_it_out():
    load(organisation() | parts("T1;Toezicht West;West;P2;T2", "T2;Balie West;West;;"))
    assert plan(teams("T1;Toezicht West;West;P2")).changes_nothing
    (change,) = plan(parts("T1;Toezicht West;West;P2;")).parts
    assert (change.old, change.new) == ("T2", "")
    load(parts("T1;Toezicht West;West;P2;"))
    assert Team.objects.get(external_id="T1").parent is None


def test_an_unknown_team_above_is_told_and_the_rest_of_the_row_is_imported():
    files = organisation() | parts("T1;Toezicht West;West;P2;T9", "T2;Balie West;West;;")
    assert told(files) == [
        ("teams.csv", 2, "parent", "T9 is onbekend: niet in de bestanden en niet in Leer")
    ]
    load(files, skip_errors=True)
    assert Team.objects.get(external_id="T1").parent is None


def test_a_team_that_would_be_a_part_of_itself_is_told_on_each_row_of_the_circle():
    load(organisation() | parts("T1;Toezicht West;West;P2;T2", "T2;Balie West;West;;"))
    circle = parts("T2;Balie West;West;;T3", "T3;Post;West;;T1", "T4;Kade;West;;T1")
    reason = "zo is dit team, langs andere, een onderdeel van zichzelf"
    assert told(circle) == [("teams.csv", 2, "parent", reason), ("teams.csv", 3, "parent", reason)]
    assert told(parts("T1;Toezicht West;West;P2;T1")) == [("teams.csv", 2, "parent", reason)]
