"""Progress after facts were forgotten: what it says is what the ledger says, and counts stay."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError
from django.utils import timezone

from leer.accounts.models import User
from leer.progress import api as progress
from leer.progress import rebuild
from leer.progress.events import StepEvent
from leer.progress.models import Attempt, ModuleProgress, PartProgress
from leer.progress.outside import take_over
from leer.xapi import api as xapi
from leer.xapi import erasure, retention
from leer.xapi.api import extension
from leer.xapi.models import Erasure, RetentionRule, StatementRecord
from leer.xapi.persons import Person, at_account, at_address
from leer.xapi.statements.vocabulary import type_of
from tests.progress.test_projection import START, once_more, story
from tests.support.factories_organisation import MembershipFactory, UserFactory
from tests.xapi.forwarding.facts import be_readable
from tests.xapi.privacy import ledger as make
from tests.xapi.rest_client import Lrs, statement

pytestmark = pytest.mark.usefixtures("ledger")
BOTH = pytest.mark.parametrize("how", ["--pseudonymise", "--erase"])
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
SCENARIO = "http://id.tincanapi.com/activitytype/scenario"
LATER = timedelta(days=800)
DROP, PSEUDONYMISE = RetentionRule.Action.DROP, RetentionRule.Action.PSEUDONYMISE


@pytest.fixture
def noor() -> User:
    return make.person(username="noor.vdk")


def known_as(user: User) -> Person:
    return Person.known_as([*at_account(str(user.actor_name)), *at_address(user.email)])


def done_per_team() -> Counter[Any]:
    """Who completed which module, as teams count them; also those who left."""
    rows = ModuleProgress.objects.filter(completed_at__isnull=False)
    return Counter(
        rows.values_list("user__memberships__team", "module_key", "completed_at", "started_at")
    )


def dropped(activity_type: str, action: Any = DROP) -> int:
    be_readable()
    rule = retention.set_rule(activity_type, months=12, action=action)
    return retention.apply(rule, now=timezone.now() + LATER)


# Taking somebody out ------------------------------------------------------------------------------
@BOTH
def test_the_person_is_gone_and_the_teams_count_as_before(noor: User, how: str) -> None:
    MembershipFactory(user=noor)
    colleague = MembershipFactory(user=make.person(username="piet.vdk")).user
    User.objects.filter(pk=colleague.pk).update(email="piet@voorbeeld.example", last_name="Piet")
    person, before = known_as(noor), (done_per_team(), make.counts(), PartProgress.objects.count())
    told = [noor.username, make.NAME.split(" ", 1)[1], make.ADDRESS, str(noor.actor_name)]
    assert make.left(person, *told)
    make.erase("--user", noor.username, how)
    assert make.left(person, *told) == []
    assert (done_per_team(), make.counts(), PartProgress.objects.count()) == before
    assert len(before[0]) == 2
    assert not rebuild.check()


def test_a_pseudonym_keeps_the_steps_and_an_erased_attempt_only_that_it_ended(noor: User) -> None:
    piet = make.person(username="piet.vdk")
    make.erase("--user", noor.username)
    make.erase("--user", piet.username, "--erase")
    [kept, erased] = [
        list(Attempt.objects.filter(user=one).order_by("kind", "part_key")) for one in (noor, piet)
    ]
    assert [(len(one.steps), one.score, one.outcome) for one in kept] == [
        (2, None, ""),
        (2, 0.5, ""),
        (2, None, "veilig"),
    ]
    assert [(one.steps, one.score, one.outcome) for one in erased] == [({}, None, "")] * 3
    assert all(one.ended_at for one in (*kept, *erased))


def test_the_account_cannot_sign_in_and_has_no_name(noor: User) -> None:
    make.erase("--user", str(noor.pk))
    old_name = noor.actor_name
    noor.refresh_from_db()
    assert (noor.is_active, noor.get_full_name(), noor.email, noor.external_id) == (
        False, "", "", None,
    )  # fmt: skip
    assert not noor.has_usable_password()
    assert noor.actor_name != old_name


@pytest.mark.parametrize("active", [True, False])
def test_who_can_still_sign_in_is_not_taken_out(noor: User, active: bool) -> None:
    User.objects.filter(pk=noor.pk).update(is_active=active)
    if not active:
        make.erase("--user", "noor.vdk")
        assert Erasure.objects.count() == 1
        return
    with pytest.raises(CommandError, match="nog actief"):
        make.erase("--user", "noor.vdk")
    assert not Erasure.objects.exists()
    assert make.left(known_as(noor), str(noor.actor_name))


@BOTH
def test_halfway_a_rebuild_shows_no_differences_that_are_none(
    noor: User, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "PORTION", 3)
    checked = []

    def check(count: int) -> None:
        if not checked:
            assert StatementRecord.objects.filter(raw__contains=str(noor.actor_name)).exists()
        difference = rebuild.check()
        # Erasing takes steps from the ledger first, and from the rows at the end.
        assert not difference.missing
        assert not difference.unfounded
        assert how == "--erase" or not difference.different
        checked.append(count)

    begun = erasure.begin(known_as(noor), reduce=how == "--erase")
    erasure.carry_on(begun, check)
    assert len(checked) > 3
    assert not rebuild.check()


def test_a_fact_that_comes_in_meanwhile_counts(noor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    late = outside_lesson(noor)
    lrs, look, came = Lrs(trusted=True), erasure._look_further, []

    def interrupted(pk: int) -> Any:
        if not came:
            came.extend(lrs.stored(late))
        return look(pk)

    monkeypatch.setattr(erasure, "_look_further", interrupted)
    make.erase("--user", noor.username)
    assert PartProgress.objects.filter(user=noor, part_key="later").count() == 1
    assert not rebuild.check()


def outside_lesson(user: User) -> dict[str, Any]:
    [account] = at_account(str(user.actor_name))
    _, home_page, name = account.split(" ")
    return statement(
        actor={"account": {"homePage": home_page, "name": name}},
        object={"id": f"{home_page}/modules/m/lessons/later"},
        context={"registration": str(uuid4()), "extensions": {extension("version"): "3"}},
    )


def test_the_front_door_takes_somebody_out_as_well(noor: User) -> None:
    done = xapi.take_out(known_as(noor), reduce=False)
    assert done.statements == len(story(uuid4()))
    assert make.left(known_as(noor), str(noor.actor_name)) == []


# Retention ----------------------------------------------------------------------------------------
def test_answers_go_after_their_time_and_what_is_done_stays_done(noor: User) -> None:
    before = done_per_team(), PartProgress.objects.count()
    assert dropped(INTERACTION) == 6
    assert (done_per_team(), PartProgress.objects.count()) == before
    assert [one.steps for one in Attempt.objects.all()] == [{}, {}, {}]
    assert not rebuild.check()


def test_a_completion_loses_its_score_and_stays_under_its_person(noor: User) -> None:
    before = done_per_team(), PartProgress.objects.count()
    for kind in ("assessment", "module", "lesson"):
        assert dropped(f"http://adlnet.gov/expapi/activities/{kind}")
    dropped("http://id.tincanapi.com/activitytype/scenario", PSEUDONYMISE)
    after = done_per_team(), PartProgress.objects.count()
    assert [key[:3] for key in after[0]] == [key[:3] for key in before[0]]
    assert after[1] == before[1]
    assert {(one.score, one.outcome) for one in Attempt.objects.all()} == {(None, "")}
    assert not rebuild.check()


def test_after_what_is_recommended_nothing_of_class_b_is_left_and_all_is_done(noor: User) -> None:
    before = done_per_team(), PartProgress.objects.count()
    retention.set_recommended()
    for rule in RetentionRule.objects.all():
        dropped(rule.activity_type, rule.action)
    assert (done_per_team(), PartProgress.objects.count()) == before
    assert {(str(one.steps), one.score, one.outcome) for one in Attempt.objects.all()} == {
        ("{}", None, "")
    }
    assert not rebuild.check()


def test_a_way_that_was_given_goes_with_the_endings_and_what_is_done_stays_done(noor: User) -> None:
    progress.record(noor, once_more(noor.actor_name))
    done = PartProgress.objects.count()
    dropped(SCENARIO)
    attempt = Attempt.objects.get(part_key="verhaal 2")
    assert (attempt.given_steps, sorted(attempt.steps), attempt.outcome) == (0, ["3", "4"], "")
    assert (bool(attempt.ended_at), attempt.is_whole) == (True, False)
    assert PartProgress.objects.count() == done
    assert not rebuild.check()


@pytest.mark.parametrize("enough", [True, False])
def test_an_ending_that_was_not_enough_is_not_enough_when_it_is_forgotten(
    noor: User, enough: bool
) -> None:
    progress.record(noor, once_more(noor.actor_name, enough=enough))
    dropped(SCENARIO)
    dropped(INTERACTION)
    assert PartProgress.objects.filter(part_key="verhaal 2").exists() is enough
    assert not rebuild.check()


def test_a_new_attempt_is_found_beside_one_of_which_the_beginning_was_forgotten(noor: User) -> None:
    dropped(SCENARIO)
    [*earlier] = Attempt.objects.filter(user=noor, kind="scenario")
    assert [one.started_at for one in earlier] == [None]
    fresh = {"registration": uuid4(), "at": timezone.now(), "part": "verhaal", "module": "m"}
    started = progress.ScenarioStarted(**fresh, actor=noor.actor_name, version="v1")
    progress.record(noor, [started])
    latest = progress.latest_attempt(noor, "m", "verhaal")
    assert latest is not None
    assert latest.id == fresh["registration"]


@BOTH
def test_a_way_that_was_given_is_kept_under_a_pseudonym_and_not_when_erased(
    noor: User, how: str
) -> None:
    progress.record(noor, once_more(noor.actor_name))
    make.erase("--user", noor.username, how)
    attempt = Attempt.objects.get(part_key="verhaal 2")
    kept = how == "--pseudonymise"
    assert (attempt.given_steps, len(attempt.steps)) == ((2, 4) if kept else (0, 0))
    told = " ".join(StatementRecord.objects.values_list("raw", flat=True))
    assert ("r-ja" in told) is kept
    assert not rebuild.check()


def test_applied_again_nothing_more_goes(noor: User) -> None:
    kind = "http://adlnet.gov/expapi/activities/assessment"
    assert dropped(kind) == 4
    raws = set(StatementRecord.objects.values_list("raw", flat=True))
    assert dropped(kind) == 0
    assert set(StatementRecord.objects.values_list("raw", flat=True)) == raws


def test_an_attempt_goes_as_a_whole_or_not_at_all() -> None:
    """Half of its steps would be an attempt that nobody made."""
    user = UserFactory()
    facts = story(user.actor_name)
    answers = [fact for fact in facts if isinstance(fact, StepEvent)]
    progress.record(user, [one for one in facts if one is not answers[1]][:5])
    be_readable()
    rule = retention.set_rule(INTERACTION, months=12, action=DROP)
    between = timezone.now()
    progress.record(user, [answers[1]])
    be_readable()
    in_a_year = between.replace(year=between.year + 1)
    assert retention.apply(rule, now=in_a_year) == 0
    assert [len(one.steps) for one in Attempt.objects.filter(kind="quiz")] == [2]
    assert retention.apply(RetentionRule.objects.get(pk=rule.pk), now=in_a_year + LATER) == 2
    assert [len(one.steps) for one in Attempt.objects.filter(kind="quiz")] == [0]


@pytest.mark.parametrize("event", story(uuid4()), ids=lambda event: type(event).__name__)
def test_the_vocabulary_knows_what_each_event_is_about(event: Any) -> None:
    assert type_of(event.path()) == event.kind


def test_a_name_at_our_home_page_that_is_no_actor_changes_nothing(noor: User) -> None:
    account = {"homePage": "https://leer.example/xapi", "name": "kiosk"}
    Lrs().stored(statement(actor={"account": account}))
    make.erase("--account", "kiosk")
    noor.refresh_from_db()
    assert noor.email == make.ADDRESS
    take_over([json.dumps(statement()).encode()])
    assert ModuleProgress.objects.get(user=noor).started_at == START + timedelta(minutes=1)
