"""The inventory of policies: all of them with what is known, out as a file and in again."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cursussen.models import PolicyPage, Standing
from cursussen.policies import importing
from cursussen.policies.inventory import file_lines, inventory
from leer.accounts.api import Role
from leer.core.spreadsheet import as_csv
from tests.support import factories_content as make
from tests.support import factories_organisation as organisation

pytestmark = pytest.mark.django_db
HEAD = "sleutel;titel;eigenaar;stand;opgegaan_in;waarom;functies;herzien_op\r\n"
TWO = (
    "geschenken;Geschenken;Team Integriteit;gevonden;;;Douanier|F2;31-01-2027\r\n"
    "oud;Oude regel;Team Integriteit;samengevoegd;geschenken;Eén tekst.;;\r\n"
)


@pytest.fixture
def _functions() -> None:
    organisation.JobFunctionFactory(external_id="F1", name="Douanier")
    organisation.JobFunctionFactory(external_id="F2", name="Analist")


def plan_of(text: str) -> importing.Plan:
    return importing.read("lijst.csv", text.encode("utf-8-sig"))


def take_in(text: str) -> importing.Plan:
    plan = plan_of(text)
    importing.write(plan)
    return plan


def exported() -> str:
    return as_csv(file_lines(inventory())).removeprefix("\ufeff")


@pytest.mark.usefixtures("_functions")
def test_a_new_line_becomes_a_draft_that_nobody_reads_yet() -> None:
    assert len(take_in(HEAD + TWO).made) == 2
    page = PolicyPage.objects.get(key="geschenken").get_latest_revision_as_object()
    assert not page.live
    assert (page.title, page.owner_name, page.standing) == (
        "Geschenken",
        "Team Integriteit",
        Standing.FOUND,
    )
    assert {one.external_id for one in page.holds_for.all()} == {"F1", "F2"}
    assert page.review_on.isoformat() == "2027-01-31"
    old = PolicyPage.objects.get(key="oud").get_latest_revision_as_object()
    assert old.merged_into.key == "geschenken"


@pytest.mark.usefixtures("_functions")
def test_the_same_file_twice_changes_nothing_and_what_went_out_is_the_same() -> None:
    take_in(HEAD + TWO)
    before = PolicyPage.objects.values_list("latest_revision_id").order_by("pk")
    numbers = list(before)
    for text in (HEAD + TWO, exported()):
        plan = take_in(text)
        assert (plan.same, plan.made, plan.changed, plan.left) == (2, [], [], [])
    assert list(before.all()) == numbers


def test_a_known_policy_changes_by_the_file_that_was_taken_from_it_and_stays_as_it_is_online() -> (
    None
):
    page = make.policy()
    assert len(take_in(exported().replace("BVI", "Team Vragen")).changed) == 1
    page.refresh_from_db()
    assert (page.owner_name, page.live, page.has_unpublished_changes) == ("BVI", True, True)
    assert page.get_latest_revision_as_object().owner_name == "Team Vragen"


def test_what_an_editor_changed_since_is_left() -> None:
    page = make.policy()
    file = exported().replace("BVI", "Team Vragen")
    page.summary = "Zeg meteen nee."
    page.save_revision()
    plan = take_in(file)
    assert [change.row.sleutel for change in plan.left] == ["nee"]
    assert page.get_latest_revision_as_object().owner_name == "BVI"


def test_a_file_that_does_not_say_its_version_changes_nothing_that_is_known() -> None:
    make.policy()
    (left,) = take_in("sleutel;eigenaar\r\nnee;Team Vragen\r\n").left
    assert "welke versie" in left.left_because
    assert left.before == {"eigenaar": "BVI"}


def test_what_somebody_judges_or_locked_is_left() -> None:
    page = make.policy()
    file = exported().replace("BVI", "Team Vragen")
    PolicyPage.objects.filter(pk=page.pk).update(locked=True)
    (left,) = take_in(file).left
    assert "vergrendeld" in left.left_because
    PolicyPage.objects.filter(pk=page.pk).update(locked=False)
    page.get_workflow().start(page, make.user_with(Role.EDITOR))
    assert len(take_in(file).left) == 1
    assert page.get_latest_revision_as_object().owner_name == "BVI"


def test_a_cell_that_is_empty_says_nothing() -> None:
    make.policy()
    assert take_in("sleutel;bron;kort\r\nnee;;\r\n").same == 1


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ("a b;T;E;;;;;", "sleutel", "alleen letters"),
        (";T;E;;;;;", "sleutel", "leeg"),
        ("a;;E;;;;;", "titel", "leeg"),
        ("a;T;;;;;;", "eigenaar", "leeg"),
        ("a;T;E;klaar;;;;", "stand", "gevonden, beoordeeld"),
        ("a;T;E;samengevoegd;;;;", "opgegaan_in", "die nu geldt"),
        ("a;T;E;;a;;;", "opgegaan_in", "geen andere afspraak"),
        ("a;T;E;;weg;;;", "opgegaan_in", "geen andere afspraak"),
        ("a;T;E;ingetrokken;;;;", "waarom", "waarom"),
        ("a;T;E;;;;Bakker;", "functies", "Bakker"),
        ("a;T;E;;;;;morgen", "herzien_op", "geen datum"),
    ],
)
def test_one_mistake_is_told_in_its_place_and_nothing_is_written(
    line: str, column: str, told: str
) -> None:
    plan = plan_of(f"{HEAD}goed;Goed;E;;;;;\r\n{line}\r\n")
    (error,) = plan.errors
    assert (error.line, error.column) == (3, column)
    assert told in error.reason
    with pytest.raises(ValueError, match="mistakes"):
        importing.write(plan)
    assert not PolicyPage.objects.exists()


def test_a_key_is_of_one_line_and_of_one_page() -> None:
    make.module("oefen")
    plan = plan_of(f"{HEAD}a;T;E;;;;;\r\na;T;E;;;;;\r\noefen;T;E;;;;;\r\n")
    assert [(error.line, error.column) for error in plan.errors] == [(3, "sleutel"), (4, "sleutel")]


def test_a_key_is_the_address_of_a_new_policy_so_it_is_of_no_other_policy() -> None:
    page = make.policy()
    PolicyPage.objects.filter(pk=page.pk).update(slug="elders")
    (error,) = plan_of(f"{HEAD}elders;T;E;;;;;\r\n").errors
    assert (error.line, error.column) == (2, "sleutel")


def test_no_cell_that_goes_out_is_a_formula_and_it_comes_in_as_it_was() -> None:
    make.policy(owner_name="=1+1")
    assert ";'=1+1;" in exported()
    assert take_in(exported()).same == 1


def test_what_should_have_been_looked_at_comes_first_unless_it_holds_no_more() -> None:
    past = timezone.localdate() - timedelta(days=1)
    make.policies(
        a={"review_on": past + timedelta(days=9)},
        b={"review_on": past},
        c={"review_on": past, "standing": Standing.WITHDRAWN, "ended_because": "Op."},
    )
    assert inventory()[0].page.key == "b"
    assert [one.page.key for one in inventory() if one.is_overdue] == ["b"]


def test_the_queries_do_not_grow(django_assert_num_queries: Any) -> None:
    make.policy()
    with django_assert_num_queries(3):  # pages with revision, functions, versions
        inventory()
    take_in(HEAD + "a;A;E;;;;;\r\nb;B;E;;;;;\r\n")
    with django_assert_num_queries(3):
        assert len(inventory()) == 3


def test_the_command_tries_and_does(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "lijst.csv"
    file.write_text(f"{HEAD}goed;Goed;E;;;;;\r\n")
    call_command("policies_import", file, "--dry-run")
    assert not PolicyPage.objects.exists()
    call_command("policies_import", file)
    assert "goed: nieuw" in capsys.readouterr().out
    assert PolicyPage.objects.filter(key="goed", live=False).exists()
    file.write_text(f"{HEAD}fout;;E;;;;;\r\n")
    with pytest.raises(CommandError):
        call_command("policies_import", file)
    assert "lijst.csv:2 titel" in capsys.readouterr().err
