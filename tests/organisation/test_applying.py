"""Carrying a plan out: who is where afterwards, what history says, and what stays untouched."""

from datetime import date

import pytest

from leer.accounts.models import User
from leer.accounts.roles import Role
from leer.organisation.api import (
    ImportRefusedError,
    PlanOutdatedError,
    apply_plan,
    leaders,
    members_of,
    teams_led_by,
)
from leer.organisation.importing import apply
from leer.organisation.models import JobFunction, Leadership, Membership, Team
from leer.organisation.signals import people_imported
from tests.organisation.files import (
    JULY,
    JUNE,
    MAY,
    NOOR,
    RUUD,
    everything,
    functions,
    load,
    organisation,
    people,
    plan,
    teams,
)
from tests.support.factories_organisation import LeadershipFactory, TeamFactory

pytestmark = pytest.mark.django_db
NOOR_AT_DESK = NOOR.replace("F1;T1", "F2;T2")
NOOR_LEFT = NOOR.replace(";ja", ";nee")


def person(name):
    return User.objects.get(username=name)


def stays(name):
    """(team, function, from, until) of every placement, in order."""
    rows = Membership.objects.filter(user__username=name).order_by("valid_from")
    return list(
        rows.values_list(
            "team__external_id", "job_function__external_id", "valid_from", "valid_until"
        )
    )


def leads(name):
    rows = Leadership.objects.filter(user__username=name).order_by(
        "valid_from", "team__external_id"
    )
    return list(rows.values_list("team__external_id", "valid_from", "valid_until"))


# Coming in ------------------------------------------------------------------------------------


def test_an_import_makes_functions_teams_and_people():
    load(organisation())
    assert JobFunction.objects.get(external_id="F1").high_risk
    assert Team.objects.get(external_id="T1").region == "West"
    assert str(person("noor")) == "Noor Bakker"
    assert person("noor").external_id == "P1"


def test_a_newcomer_is_in_the_team_from_the_effective_date():
    load(organisation())
    assert stays("noor") == [("T1", "F1", MAY, None)]
    assert [m.user.username for m in members_of(Team.objects.get(external_id="T1"))] == ["noor"]


def test_a_newcomer_with_a_first_day_of_service_is_there_from_that_day():
    load(organisation() | people(f"{NOOR};2019-03-01", RUUD + ";", extra=";startDate"))
    assert stays("noor") == [("T1", "F1", date(2019, 3, 1), None)]
    assert stays("ruud") == [("T2", "F2", MAY, None)]


def test_a_newcomer_of_next_month_is_not_in_the_team_yet():
    load(organisation() | people(f"{NOOR};2026-06-01", RUUD + ";", extra=";startDate"))
    team = Team.objects.get(external_id="T1")
    assert not members_of(team, on=MAY).exists()
    assert members_of(team, on=JUNE).exists()


def test_who_did_not_begin_yet_can_still_go_to_another_team():
    load(organisation() | people(f"{NOOR};2026-06-01", RUUD + ";", extra=";startDate"))
    load(people(f"{NOOR_AT_DESK};2026-07-01", extra=";startDate"))
    assert stays("noor") == [("T2", "F2", JULY, None)]


def test_a_new_account_cannot_sign_in_with_any_password():
    load(organisation())
    assert not person("noor").has_usable_password()


def test_a_demonstration_hashes_its_password_once_for_all(monkeypatch):
    hashed = []
    real = apply.make_password
    monkeypatch.setattr(apply, "make_password", lambda raw: hashed.append(raw) or real(raw))
    load(organisation(), password="welkom-bij-leer")
    assert person("noor").check_password("welkom-bij-leer")
    assert person("ruud").check_password("welkom-bij-leer")
    assert hashed == ["welkom-bij-leer"]


def test_somebody_who_is_inactive_and_unknown_gets_no_account():
    load(organisation() | people(NOOR_LEFT, RUUD))
    assert not User.objects.filter(username="noor").exists()


# The same again -------------------------------------------------------------------------------


def test_the_same_files_again_touch_no_row_of_any_table():
    load(organisation())
    before = everything()
    load(organisation())
    assert everything() == before


def test_the_same_files_on_a_later_day_touch_no_row_either():
    load(organisation())
    before = everything()
    load(organisation(), JUNE)
    assert everything() == before


def test_changed_files_touch_only_the_rows_that_changed():
    load(organisation())
    before = everything()
    load(people(NOOR.replace("Bakker", "de Boer"), RUUD))
    after = everything()
    changed = {
        table: sum(old != new for old, new in zip(before[table], after[table], strict=True))
        for table in before
    }
    assert changed.pop("accounts_user") == 1
    assert not any(changed.values())


def test_nothing_about_signing_in_changes_when_a_name_does():
    load(organisation(), password="welkom-bij-leer")
    load(people(NOOR.replace("Bakker", "de Boer")))
    assert person("noor").last_name == "de Boer"
    assert person("noor").check_password("welkom-bij-leer")


# Moving and leaving ---------------------------------------------------------------------------


def test_a_move_closes_one_placement_and_opens_the_next():
    load(organisation())
    load(people(NOOR_AT_DESK), JUNE)
    assert stays("noor") == [("T1", "F1", MAY, JUNE), ("T2", "F2", JUNE, None)]


def test_another_function_in_the_same_team_is_a_placement_of_its_own():
    load(organisation())
    load(people(NOOR.replace("F1", "F2")), JUNE)
    assert stays("noor") == [("T1", "F1", MAY, JUNE), ("T1", "F2", JUNE, None)]


def test_a_correction_on_the_same_day_puts_the_placement_right_in_place():
    load(organisation())
    load(people(NOOR_AT_DESK))
    assert stays("noor") == [("T2", "F2", MAY, None)]


def test_a_correction_after_a_move_on_the_same_day_keeps_what_was_before():
    load(organisation())
    load(people(NOOR_AT_DESK), JUNE)
    load(people(NOOR.replace("F1;T1", "F1;T2")), JUNE)
    assert stays("noor") == [("T1", "F1", MAY, JUNE), ("T2", "F1", JUNE, None)]


def test_who_leaves_keeps_the_history_and_loses_access_and_roles():
    load(organisation())
    load(people(NOOR_LEFT), JUNE)
    assert stays("noor") == [("T1", "F1", MAY, JUNE)]
    assert not person("noor").is_active
    assert person("noor").roles == frozenset()


def test_who_leaves_on_the_day_of_coming_was_never_there():
    load(organisation())
    load(people(NOOR_LEFT))
    assert stays("noor") == []
    assert not person("noor").is_active


def test_a_manager_who_leaves_leads_no_longer():
    load(organisation())
    load(people(RUUD.replace(";ja", ";nee")), JUNE)
    assert leads("ruud") == [("T1", MAY, JUNE)]


def test_who_comes_back_gets_a_new_placement_and_the_old_account():
    load(organisation())
    before = person("noor").actor_name
    load(people(NOOR_LEFT), JUNE)
    load(people(NOOR), JULY)
    assert stays("noor") == [("T1", "F1", MAY, JUNE), ("T1", "F1", JULY, None)]
    assert person("noor").is_active
    assert person("noor").actor_name == before
    assert person("noor").roles == {Role.EMPLOYEE}


def test_who_is_not_in_the_file_stays():
    load(organisation())
    load(people(NOOR), JUNE)
    assert person("ruud").is_active
    assert leads("ruud") == [("T1", MAY, None)]


def test_who_is_not_in_a_complete_file_leaves():
    load(organisation())
    load(people(NOOR), JUNE, complete=True, force=True)
    assert not person("ruud").is_active
    assert person("noor").is_active


def test_two_people_can_swap_user_names():
    load(organisation())
    swapped = people(NOOR.replace(";noor;", ";ruud;"), RUUD.replace(";ruud;", ";noor;"))
    load(swapped, JUNE)
    assert str(person("ruud")) == "Noor Bakker"
    assert str(person("noor")) == "Ruud Peters"


# Leading --------------------------------------------------------------------------------------


def test_who_leads_a_team_is_leidinggevende():
    load(organisation())
    assert person("ruud").roles == {Role.EMPLOYEE, Role.MANAGER}
    assert person("noor").roles == {Role.EMPLOYEE}
    assert [team.external_id for team in teams_led_by(person("ruud"))] == ["T1"]


def test_another_leader_takes_over_from_the_effective_date():
    load(organisation())
    load(teams("T1;Toezicht West;West;P1"), JUNE)
    assert leads("ruud") == [("T1", MAY, JUNE)]
    assert leads("noor") == [("T1", JUNE, None)]
    assert person("ruud").roles == {Role.EMPLOYEE}
    assert person("noor").roles == {Role.EMPLOYEE, Role.MANAGER}


def test_the_leaders_are_who_leads_a_team_on_that_day_each_once():
    load(organisation())
    load(teams("T1;Toezicht West;West;P1"), JUNE)
    load(teams("T1;Toezicht West;West;P1", "T2;Balie;West;P1"), JUNE)
    assert [leader.username for leader in leaders(on=MAY)] == ["ruud"]
    assert [leader.username for leader in leaders(on=JUNE)] == ["noor"]


def test_who_still_leads_another_team_stays_leidinggevende():
    load(organisation() | teams("T1;Toezicht West;West;P2", "T2;Balie West;West;P2"))
    load(teams("T1;Toezicht West;West;"), JUNE)
    assert leads("ruud") == [("T1", MAY, JUNE), ("T2", MAY, None)]
    assert Role.MANAGER in person("ruud").roles


def test_a_team_can_have_two_leaders():
    load(organisation() | teams("T1;Toezicht West;West;P1|P2", "T2;Balie West;West;"))
    assert leads("noor") == leads("ruud") == [("T1", MAY, None)]


def test_a_leader_taken_away_on_the_same_day_never_led():
    load(organisation())
    load(teams("T1;Toezicht West;West;"))
    assert leads("ruud") == []


def test_a_leader_who_comes_back_leads_anew():
    load(organisation())
    load(teams("T1;Toezicht West;West;"), JUNE)
    load(teams("T1;Toezicht West;West;P2"), JULY)
    assert leads("ruud") == [("T1", MAY, JUNE), ("T1", JULY, None)]


def test_leading_that_was_given_by_hand_stays_while_its_team_is_not_in_the_file():
    by_hand = LeadershipFactory(user__without_external_id=True, team=TeamFactory())
    load(organisation())
    by_hand.refresh_from_db()
    assert by_hand.valid_until is None


def test_leading_that_was_given_by_hand_ends_when_the_file_says_otherwise():
    load(organisation())
    by_hand = LeadershipFactory(
        user__without_external_id=True, team=Team.objects.get(external_id="T2")
    )
    load(teams("T2;Balie West;West;P1"), JUNE)
    by_hand.refresh_from_db()
    assert by_hand.valid_until == JUNE
    assert by_hand.user.has_role(Role.EMPLOYEE)
    assert not User.objects.get(pk=by_hand.user.pk).has_role(Role.MANAGER)


# Extra roles ----------------------------------------------------------------------------------


def test_extra_roles_are_given_and_taken_as_the_file_says():
    load(organisation() | people(f"{NOOR};redacteur|programma", f"{RUUD};", extra=";roles"))
    assert person("noor").roles == {Role.EMPLOYEE, Role.EDITOR, Role.PROGRAMME}
    load(people(f"{NOOR};eindredacteur", extra=";roles"))
    assert person("noor").roles == {Role.EMPLOYEE, Role.CHIEF_EDITOR}


def test_extra_roles_stay_when_the_file_has_no_such_column():
    load(organisation() | people(f"{NOOR};redacteur", f"{RUUD};", extra=";roles"))
    load(people(NOOR), JUNE)
    assert person("noor").roles == {Role.EMPLOYEE, Role.EDITOR}


# Everything or nothing ------------------------------------------------------------------------


def test_nothing_at_all_is_imported_when_one_row_is_wrong():
    before = everything()
    with pytest.raises(ImportRefusedError, match="1 fout"):
        load(organisation() | people(NOOR.replace("T1", "T9"), RUUD))
    assert everything() == before


def test_the_good_rows_are_imported_when_told_to_skip_the_wrong_ones():
    files = organisation() | teams("T1;Toezicht West;West;", "T2;Balie West;West;")
    load(files | people(NOOR, RUUD.replace("T2", "T9")), skip_errors=True)
    assert list(User.objects.values_list("username", flat=True)) == ["noor"]


def test_a_wrong_manager_costs_a_team_its_new_leaders_only():
    load(organisation())
    load(teams("T1;Toezicht West A;West;P9"), JUNE, skip_errors=True)
    assert Team.objects.get(external_id="T1").name == "Toezicht West A"
    assert leads("ruud") == [("T1", MAY, None)]


def test_an_objection_cannot_be_skipped():
    load(organisation())
    with pytest.raises(ImportRefusedError):
        load(people(NOOR), JUNE, complete=True, skip_errors=True)


def test_a_plan_is_refused_when_the_database_changed_since():
    load(organisation())
    old = plan(people(NOOR_AT_DESK), JUNE)
    load(people(NOOR_LEFT), JUNE)
    before = everything()
    with pytest.raises(PlanOutdatedError) as caught:
        apply_plan(old)
    assert everything() == before
    assert caught.value.fresh.digest != old.digest


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch):
    before = everything(versions=False)
    monkeypatch.setattr(apply._Work, "_change_roles", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load(organisation())
    assert everything(versions=False) == before


# What others see ------------------------------------------------------------------------------


def test_layers_above_hear_of_an_import_after_its_commit(django_capture_on_commit_callbacks):
    heard = []

    def receiver(**kwargs):
        heard.append((kwargs["on"], kwargs["counts"]["people_created"]))

    people_imported.connect(receiver)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            load(organisation())
            assert heard == []
    finally:
        people_imported.disconnect(receiver)
    assert heard == [(MAY, 2)]


def test_progress_rises_to_its_total():
    steps = []
    load(organisation(), progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1]


def test_applying_takes_as_many_queries_for_many_as_for_few(django_assert_max_num_queries):
    def used(size, letter):
        row = f"{letter}{{n}};{letter.lower()}{{n}};Kim;Smit;;F1;T1;ja"
        rows = [row.format(n=n) for n in range(size)]
        with django_assert_max_num_queries(60) as context:
            load(organisation() | people(NOOR, RUUD, *rows))
        return len(context)

    load(organisation())
    assert used(3, "A") == used(60, "B")


def test_a_function_that_becomes_high_risk_changes_in_place():
    load(organisation())
    load(functions("F2;Balie;ja"))
    assert JobFunction.objects.get(external_id="F2").high_risk
    assert stays("ruud") == [("T2", "F2", MAY, None)]
