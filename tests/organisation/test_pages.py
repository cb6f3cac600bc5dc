"""The pages of an administrator: upload, look, confirm."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from leer.accounts.models import User
from leer.core.background import runner
from leer.core.models import Job, JobState
from leer.organisation.models import ImportRun, ImportState
from tests.organisation.files import FUNCTIONS, NOOR, RUUD, TEAMS, load, organisation, people
from tests.support.factories_organisation import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/import/"
FIELDS = {"functies.csv": "functions", "teams.csv": "teams", "medewerkers.csv": "people"}


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True, username="wim")
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def upload(client, files, **data):
    sent = {
        FIELDS[name]: SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
        for name, text in files.items()
    }
    day = {"effective_on": timezone.localdate().isoformat()}
    return client.post(LIST, day | sent | data)


def work():
    """Do the background work that was asked for."""
    for job in Job.objects.filter(state=JobState.QUEUED):
        runner.run(job.id)


def run_page(client):
    return reverse("organisation:import", args=[ImportRun.objects.latest("created_at").pk])


def press(client, action):
    """Press a button of the page as it stands now."""
    page = run_page(client)
    found = re.search(r'name="seen" value="(\w*)"', client.get(page).text)
    return client.post(page, {"action": action, "seen": found[1] if found else ""})


# Who may come in ------------------------------------------------------------------------------


def test_an_administrator_sees_the_page(administrator):
    assert administrator.get(LIST).status_code == 200


@pytest.mark.parametrize("trait", ["manager", "editor"])
def test_others_are_refused(client, trait):
    client.force_login(UserFactory(**{trait: True}), backend="leer.accounts.backends.RoleBackend")
    assert client.get(LIST).status_code == 403
    assert upload(client, organisation()).status_code == 403
    assert not ImportRun.objects.exists()


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(LIST).status_code == 302


# The whole way --------------------------------------------------------------------------------


def test_upload_look_confirm(administrator):
    response = upload(administrator, organisation())
    page = run_page(administrator)
    assert response["Location"] == page
    waiting = administrator.get(page)
    assert waiting["Refresh"] == "2"
    assert "wordt gecontroleerd" in waiting.text

    work()
    assert "Refresh" not in administrator.get(page)
    shown = administrator.get(page).text
    assert "Noor Bakker (P1)" in shown
    assert "nieuwe medewerkers" in shown
    assert "Doorvoeren" in shown
    assert "overslaan" not in shown
    assert not User.objects.filter(username="noor").exists()

    press(administrator, "apply")
    assert "Refresh" in administrator.get(page)
    work()
    done = administrator.get(page).text
    assert "Wat er is veranderd" in done
    assert '<button class="button"' not in done
    assert User.objects.filter(username="noor").exists()


def test_who_does_not_want_a_page_that_refreshes_by_itself_can_stop_it(administrator):
    upload(administrator, organisation())
    page = run_page(administrator)
    assert "?stil=1" in administrator.get(page).text
    assert "Refresh" not in administrator.get(f"{page}?stil=1")


def test_files_with_errors_show_them_and_can_be_applied_without(administrator):
    upload(administrator, organisation() | people(NOOR, RUUD.replace("T2", "T9")))
    work()
    page = run_page(administrator)
    shown = administrator.get(page).text
    assert "<td>medewerkers.csv</td>" in shown
    assert "<td>3</td>" in shown
    assert "<td>department</td>" in shown
    assert "T9 is onbekend" in shown
    assert 'value="apply"' not in shown

    press(administrator, "apply")
    assert ImportRun.objects.get().state == ImportState.REFUSED

    press(administrator, "apply_skipping")
    work()
    assert User.objects.filter(username="noor").exists()
    assert not User.objects.filter(username="ruud").exists()


def test_a_database_that_changed_since_shows_the_new_overview(administrator):
    upload(administrator, organisation())
    work()
    load({"functies.csv": FUNCTIONS})
    page = run_page(administrator)
    press(administrator, "apply")
    work()
    shown = administrator.get(page).text
    assert "zijn veranderd sinds" in shown
    assert "nieuwe functies" not in shown
    assert 'value="apply"' in shown
    assert not User.objects.filter(username="noor").exists()


def test_files_that_change_nothing_say_so(administrator):
    load(organisation())
    upload(administrator, organisation())
    work()
    assert "Niets: alles in deze bestanden staat al zo in Leer." in (
        administrator.get(run_page(administrator)).text
    )


def test_a_complete_file_that_goes_too_far_cannot_be_applied(administrator):
    load(organisation(), timezone.localdate())
    upload(administrator, people(NOOR), complete="on")
    work()
    page = run_page(administrator)
    shown = administrator.get(page).text
    assert "Is het bestand echt compleet?" in shown
    assert 'name="action"' not in shown
    press(administrator, "apply_skipping")
    assert "Is het bestand echt compleet?" in administrator.get(page).text
    assert User.objects.get(username="ruud").is_active


def test_a_run_whose_job_gave_up_can_be_looked_at_again(administrator):
    upload(administrator, organisation())
    Job.objects.update(state=JobState.FAILED)
    page = run_page(administrator)
    assert 'value="again"' in administrator.get(page).text
    administrator.post(page, {"action": "again"})
    work()
    assert 'value="apply"' in administrator.get(page).text


def test_an_unknown_button_does_nothing(administrator):
    upload(administrator, organisation())
    work()
    administrator.post(run_page(administrator), {"action": "wat"})
    assert ImportRun.objects.get().state == ImportState.PLANNED


def test_an_unknown_run_is_not_there(administrator):
    assert administrator.get(f"{LIST}00000000-0000-0000-0000-000000000000/").status_code == 404


# What may be uploaded -------------------------------------------------------------------------


def refused(response):
    assert response.status_code == 422
    assert not ImportRun.objects.exists()
    return response.text


def test_no_file_at_all_is_refused(administrator):
    assert "Kies ten minste één bestand." in refused(upload(administrator, {}))


def test_a_picture_is_refused_by_its_content(administrator):
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    assert "dit is geen CSV-bestand" in refused(upload(administrator, {"teams.csv": picture}))


def test_latin_1_is_refused_with_the_line(administrator):
    content = FUNCTIONS.replace("Balie", "Café").encode("latin-1")
    assert "Regel 3: het bestand is geen UTF-8" in refused(
        upload(administrator, {"functies.csv": content})
    )


def test_the_wrong_file_in_a_place_is_refused_by_its_columns(administrator):
    assert "manager: deze kolom kent Leer niet" in refused(
        upload(administrator, {"functies.csv": TEAMS})
    )


def test_a_file_over_five_megabytes_is_refused(administrator):
    large = FUNCTIONS + " " * (5 * 1024 * 1024)
    assert "groter dan 5 MB" in refused(upload(administrator, {"functies.csv": large}))


def test_a_day_in_the_future_is_refused(administrator):
    response = upload(administrator, organisation(), effective_on="2999-01-01")
    assert "Kies vandaag of een dag die al geweest is." in refused(response)


def test_complete_without_people_is_refused(administrator):
    response = upload(administrator, {"teams.csv": TEAMS}, complete="on")
    assert "Kies ook het complete bestand" in refused(response)


# Costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 40])
def test_the_list_takes_four_queries_at_one_run_and_at_many(
    administrator, size, django_assert_num_queries
):
    wim = User.objects.get(username="wim")
    for _ in range(size):
        ImportRun.objects.create(created_by=wim, effective_on=timezone.localdate())
    # 1 session and who is this, 2 runs whose job gave up, 3 the runs, 4 what the works council
    # decided that ends soon
    with django_assert_num_queries(4):
        administrator.get(LIST)


def test_a_plan_that_was_not_seen_is_not_carried_out(administrator):
    """Another administrator looked again in another window, and the plan became another one."""
    upload(administrator, organisation())
    work()
    page = run_page(administrator)
    answer = administrator.post(page, {"action": "apply", "seen": "f" * 64}, follow=True)
    assert "intussen veranderd" in answer.text
    assert not Job.objects.filter(state=JobState.QUEUED, task__contains="apply").exists()
