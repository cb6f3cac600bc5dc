"""``manage.py organisation_import``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from leer.accounts.models import User
from tests.organisation.files import MAY, NOOR, RUUD, everything, load, organisation, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    def write(files):
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        return tmp_path

    return write


def run(*args, **options):
    """(what stdout says, what stderr says); the error's text last when it refuses."""
    out, err = StringIO(), StringIO()
    try:
        call_command("organisation_import", *map(str, args), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(f"{error.returncode} {error}")
    return out.getvalue(), err.getvalue()


def test_a_folder_is_imported_with_a_summary(folder):
    out, err = run(folder(organisation()), "--date=2026-05-01")
    assert "Ingangsdatum 2026-05-01" in out
    assert "2  nieuwe medewerkers" in out
    assert "Klaar." in out
    assert "doorvoeren" in err  # progress is shown beside the summary
    assert User.objects.get(username="noor").memberships.get().valid_from == MAY


def test_single_files_are_imported_too(folder):
    load(organisation())
    path = folder(people(NOOR.replace("Bakker", "Boer"))) / "medewerkers.csv"
    run(path)
    assert User.objects.get(username="noor").last_name == "Boer"


def test_a_folder_with_errors_is_refused_with_a_table(folder):
    out, err = run(folder(organisation() | people(NOOR.replace("T1", "T9"), RUUD + "x")))
    assert "Klaar." not in out
    assert "medewerkers.csv  2      department  T9 is onbekend" in err
    assert "medewerkers.csv  3      active      moet ja of nee zijn" in err
    assert err.endswith("1 Er is niets geïmporteerd.")
    assert not User.objects.exists()


def test_a_folder_with_errors_is_imported_when_told_to_skip_them(folder):
    files = organisation() | people(NOOR, RUUD.replace("T2", "T9"))
    out, _ = run(folder(files), "--skip-errors")
    assert "Klaar." in out
    assert User.objects.filter(username="noor").exists()


def test_a_dry_run_changes_nothing(folder):
    before = everything()
    out, _ = run(folder(organisation()), "--dry-run")
    assert "Proef" in out
    assert everything() == before


def test_a_dry_run_of_wrong_files_fails_too(folder):
    _, err = run(folder(people(NOOR)), "--dry-run")
    assert err.endswith("1 Proef: er is niets veranderd.")


def test_nothing_to_do_is_said(folder):
    load(organisation())
    out, _ = run(folder(organisation()))
    assert "Niets te doen." in out


def test_who_is_left_alone_is_said(folder):
    load(organisation())
    out, _ = run(folder(people(NOOR)))
    assert "1  mensen in dienst die niet in het bestand staan" in out


def test_a_complete_file_that_empties_leer_is_refused_unless_forced(folder):
    load(organisation())
    path = folder(people(NOOR))
    _, err = run(path, "--complete")
    assert "1 van de 2 mensen" in err
    assert User.objects.filter(is_active=True).count() == 2
    run(path, "--complete", "--force")
    assert User.objects.filter(is_active=True).count() == 1


def test_a_password_for_a_demonstration_works(folder):
    run(folder(organisation()), password="welkom-bij-leer")
    assert User.objects.get(username="noor").check_password("welkom-bij-leer")


def test_an_empty_folder_and_a_missing_one_are_told(tmp_path):
    assert "In deze map staat geen van: functies.csv" in run(tmp_path)[1]
    assert "Er is geen bestand of map" in run(tmp_path / "weg")[1]
