"""Progress equals the ledger, whatever the order, the doubles and the lateness of facts."""

import contextlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from leer.accounts.models import User
from leer.progress import api as progress
from leer.progress import rebuild
from leer.progress.events import Event, Fact
from leer.progress.models import (
    Acknowledgement,
    Attempt,
    CaseReading,
    ModuleProgress,
    PartProgress,
)
from leer.progress.reading import read
from leer.xapi.api import extension
from leer.xapi.models import StatementRecord
from leer.xapi.statements.own import decode, encode

START = datetime(2026, 1, 1, tzinfo=UTC)
STAY = UUID("22222222-2222-4222-8222-222222222222")
ATTEMPT = UUID("33333333-3333-4333-8333-333333333333")
BEGINNINGS = (progress.QuizStarted, progress.ScenarioStarted)  # one is open at a time
BEFORE_CHOICE = 12  # facts of the story, up to the first choice in the scenario


def person() -> User:
    return User.objects.create_user("noor")


def story(actor: UUID) -> list[Event]:
    """A whole module, from *Begin* to its completion, one minute a fact."""
    minute = iter(range(100))

    def facts(registration: UUID = STAY, version: str = "7") -> dict[str, object]:
        at = START + timedelta(minutes=next(minute))
        return {
            "actor": actor,
            "module": "m",
            "registration": registration,
            "version": version,
            "at": at,
        }

    def attempt(name: str) -> dict[str, object]:
        return facts(uuid5(ATTEMPT, name), "v1") | {"part": name}

    answer = {"response": ("a", "c"), "scaled": 0.5, "success": False}
    pairs = {"response": ("a[.]4", "b[.]1"), "scaled": 1.0, "success": True, "way": "matching"}
    thought = {"response": (), "scaled": None, "success": None, "way": "long-fill-in"}
    return [
        progress.ModuleLaunched(**facts()),
        progress.ModuleStarted(**facts()),
        progress.LessonCompleted(**facts(), part="les"),
        progress.QuizStarted(**attempt("quiz")),
        progress.QuestionAnswered(**attempt("quiz"), step=1, question="q1", **answer),
        progress.QuestionAnswered(**attempt("quiz"), step=2, question="q2", **answer),
        progress.QuizCompleted(**attempt("quiz"), scaled=0.5),
        progress.QuizStarted(**attempt("bank"), drawn=("q2", "q4")),
        progress.QuestionAnswered(**attempt("bank"), step=1, question="q2", **pairs),
        progress.QuestionAnswered(**attempt("bank"), step=2, question="q4", **thought),
        progress.QuizCompleted(**attempt("bank"), scaled=None),
        progress.ScenarioStarted(**attempt("verhaal")),
        progress.ChoiceMade(**attempt("verhaal"), step=1, scene="begin", target="nee"),
        progress.ChoiceMade(**attempt("verhaal"), step=2, scene="nee", target="einde"),
        progress.ScenarioEnded(**attempt("verhaal"), outcome="veilig"),
        progress.ModuleCompleted(**facts()),
    ]


def once_more(actor: UUID, *, enough: bool = True) -> list[Event]:
    """The story again from its second scene, to an ending that is enough or not."""
    minute = iter(range(200, 300))

    def facts() -> dict[str, object]:
        at = START + timedelta(minutes=next(minute))
        whose = {"actor": actor, "module": "m", "registration": uuid5(ATTEMPT, "once more")}
        return whose | {"version": "v1", "at": at, "part": "verhaal 2"}

    judged = progress.ScenarioPassed if enough else progress.ScenarioFailed
    return [
        progress.ScenarioStarted(**facts(), given=("begin", "r-ja", "midden")),
        progress.ChoiceMade(**facts(), step=3, scene="midden", target="r-toch"),
        progress.ChoiceMade(**facts(), step=4, scene="r-toch", target="einde"),
        progress.ScenarioEnded(**facts(), outcome="leermoment", enough=enough),
        judged(**facts()),
    ]


def second_round(actor: UUID) -> list[Event]:
    """The same module a year later: another stay, other attempts, another version."""
    facts = [
        replace(
            fact,
            registration=uuid5(fact.registration, "round 2"),
            at=fact.at + timedelta(days=365),
        )
        for fact in story(actor)
    ]
    return [*facts[:-1], replace(facts[-1], version="8")]


def readings(actor: UUID) -> list[Fact]:
    """Two versions of a policy, the first one acknowledged on two devices that did not know of each
    other.
    """

    def said(version: int, day: int) -> Fact:
        return progress.PolicyAcknowledged(
            actor=actor,
            policy="nee",
            version=str(version),
            sha256=f"{version}" * 64,
            at=START + timedelta(days=day),
        )

    return [said(1, 1), said(2, 400), said(1, 2)]


def cases(actor: UUID) -> list[Fact]:
    """Two cases, the first one read on two devices that did not know of each other."""

    def said(case: str, day: int) -> Fact:
        at = START + timedelta(days=day)
        return progress.CaseRead(actor=actor, case=case, version=str(day), at=at)

    return [said("de-pas", 3), said("het-koor", 4), said("de-pas", 1)]


def rows() -> list[list[dict[str, object]]]:
    """Every row of progress, without surrogate keys."""
    kept = []
    for model in (ModuleProgress, PartProgress, Attempt, Acknowledgement, CaseReading):
        values = list(model.objects.values())
        kept.append(sorted((_without_id(model, row) for row in values), key=str))
    return kept


def _without_id(model: type, row: dict[str, object]) -> dict[str, object]:
    return row if model is Attempt else {k: v for k, v in row.items() if k != "id"}


EVENTS = [*story(STAY), *once_more(STAY), *once_more(STAY, enough=False), *readings(STAY)[:1]]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_an_event_reads_back_from_its_own_statement(event: Fact) -> None:
    assert read(decode(encode(event.statement()))) == event


@pytest.mark.django_db
def test_a_module_that_was_played_is_done_with_its_version_and_attempts() -> None:
    user = person()
    progress.record(user, story(user.actor_name))
    module = ModuleProgress.objects.get()
    assert module.completed_at is not None
    assert module.completed_version == "7"
    assert set(PartProgress.objects.values_list("part_key", flat=True)) == {
        "les",
        "quiz",
        "bank",
        "verhaal",
    }
    bank, quiz, scenario = Attempt.objects.order_by("kind", "part_key")
    assert (quiz.score, quiz.next_step, quiz.drawn) == (0.5, 3, [])
    assert (bank.score, bank.drawn) == (None, ["q2", "q4"])
    assert bank.steps["2"] == {"question": "q4", "response": [], "scaled": None, "success": None}
    assert (scenario.outcome, [s["target"] for s in scenario.in_order()]) == (
        "veilig",
        ["nee", "einde"],
    )


@pytest.mark.django_db
def test_steps_that_were_given_are_steps_of_the_attempt_but_no_choices_of_it() -> None:
    user = person()
    progress.record(user, once_more(user.actor_name))
    attempt = Attempt.objects.get()
    assert [taken["target"] for taken in attempt.in_order()] == [
        "r-ja",
        "midden",
        "r-toch",
        "einde",
    ]
    assert attempt.in_order()[1] == {"scene": "r-ja", "target": "midden"}
    assert attempt.given_steps == 2
    assert (attempt.next_step, attempt.is_whole) == (5, True)
    answered = [fact for fact in map(_verb, StatementRecord.objects.all()) if fact == "answered"]
    assert len(answered) == 2
    assert not rebuild.check()


@pytest.mark.django_db
@pytest.mark.parametrize("enough", [True, False])
def test_an_ending_completes_the_part_only_when_it_is_enough(enough: bool) -> None:
    user = person()
    progress.record(user, once_more(user.actor_name, enough=enough))
    assert PartProgress.objects.filter(part_key="verhaal 2").exists() is enough
    attempt = Attempt.objects.get()
    assert (attempt.outcome, bool(attempt.ended_at)) == ("leermoment", True)
    told = [_verb(fact) for fact in StatementRecord.objects.order_by("position")]
    assert told[-2:] == ["completed", "passed" if enough else "failed"]
    assert not rebuild.check()


@pytest.mark.django_db
def test_how_a_story_went_is_for_its_person_only_and_that_it_began_is_not() -> None:
    user = person()
    progress.record(user, [*story(user.actor_name), *once_more(user.actor_name)])
    facts = StatementRecord.objects.filter(raw__contains="/scenarios/verhaal")
    public = [_verb(fact) for fact in facts.order_by("position") if not fact.private]
    assert public == ["initialized"]  # of the first attempt: the second tells a way that was walked


def _verb(fact: StatementRecord) -> str:
    return str(json.loads(fact.raw)["verb"]["id"]).rsplit("/", 1)[-1]


@pytest.mark.django_db
@pytest.mark.parametrize("given", [[1], ["x" * 101], ["a"] * 10_001, "einde"])
def test_a_way_from_outside_that_does_not_fit_is_no_beginning(given: object) -> None:
    statement = json.loads(encode(once_more(STAY)[0].statement()))
    statement["result"]["extensions"] = {extension("given"): given}
    assert read(decode(json.dumps(statement))) is None


@pytest.mark.django_db
@pytest.mark.parametrize("scene", ["ja, kom maar", "a/b", "café", "100%"])
def test_a_scene_may_have_any_name(scene: str) -> None:
    user = person()
    facts = story(user.actor_name)
    progress.record(user, facts[:BEFORE_CHOICE])
    progress.record(user, [progress.ChoiceMade(**(vars(facts[BEFORE_CHOICE]) | {"scene": scene}))])
    assert Attempt.objects.get(kind="scenario").steps["1"]["scene"] == scene
    call_command("progress_rebuild", check=True)


@pytest.mark.django_db
def test_facts_that_are_all_known_are_refused_and_change_nothing() -> None:
    user = person()
    progress.record(user, story(user.actor_name))
    before = rows()
    with pytest.raises(progress.AlreadyHappened):
        progress.record(user, story(user.actor_name))
    assert rows() == before


@pytest.mark.django_db
def test_what_was_asked_is_known_in_the_order_of_asking() -> None:
    user = person()
    progress.record(user, story(user.actor_name))
    assert progress.questions_asked(user) == ["q1", "q2", "q2", "q4"]


@pytest.mark.django_db
def test_another_choice_at_the_same_step_is_refused() -> None:
    user = person()
    facts = story(user.actor_name)
    progress.record(user, facts[: BEFORE_CHOICE + 1])
    other = progress.ChoiceMade(**(vars(facts[BEFORE_CHOICE]) | {"target": "ja"}))
    with pytest.raises(progress.AlreadyHappened):
        progress.record(user, [other])
    assert Attempt.objects.get(kind="scenario").steps["1"]["target"] == "nee"


@pytest.mark.django_db
def test_a_second_round_is_a_new_row_and_the_first_stays_what_it_was() -> None:
    user = person()
    progress.record(user, story(user.actor_name))
    before = ModuleProgress.objects.values().get()
    progress.record(user, second_round(user.actor_name))
    first, second = ModuleProgress.objects.order_by("completed_at")
    assert ModuleProgress.objects.values().get(pk=first.pk) == before
    assert (second.completed_version, second.completed_at) == (
        "8",
        first.completed_at + timedelta(days=365),  # type: ignore[operator]
    )
    for part in PartProgress.objects.all():
        assert part.latest_at == part.completed_at + timedelta(days=365)  # type: ignore[operator]


@pytest.mark.django_db
def test_what_counts_is_what_was_done_since_a_round_began() -> None:
    user = person()
    facts = second_round(user.actor_name)
    progress.record(user, story(user.actor_name))
    ever, again = (progress.standing_of(user, "m") for _ in range(2))
    since = START + timedelta(days=300)
    assert ever.is_done
    assert (again.since(since).row, again.since(since).parts_done) == (None, frozenset())
    progress.record(user, facts[:3])
    now = progress.standing_of(user, "m").since(since)
    assert (now.is_done, now.parts_done) == (False, {"les"})
    assert now.row is not None
    assert now.row.started_at == facts[1].at
    assert progress.standing_of(user, "m").is_done
    progress.record(user, facts[3:])
    now = progress.standing_of(user, "m").since(since)
    assert (now.is_done, len(now.parts_done)) == (True, 4)
    stays = progress.stays_of(user)["m"]
    assert (progress.stay_of(stays), progress.latest_done(stays)) == (
        ModuleProgress.objects.earliest("completed_at"),
        now.row,
    )


@pytest.mark.django_db
def test_each_text_is_acknowledged_once_and_the_first_saying_counts() -> None:
    user = person()
    first, second, again = readings(user.actor_name)
    progress.record(user, [second])
    progress.record(user, [first])
    with pytest.raises(progress.AlreadyHappened):
        progress.record(user, [again])
    kept = Acknowledgement.objects.order_by("version").values_list("version", "acknowledged_at")
    assert list(kept) == [(1, first.at), (2, second.at)]
    assert [one.version for one in progress.acknowledgements_of(user)["nee"]] == [2, 1]
    assert progress.acknowledged_by_version("nee") == {1: 1, 2: 1}
    assert not rebuild.check()


@pytest.mark.django_db
def test_a_case_is_read_once_and_by_whom_is_for_them_only() -> None:
    user, other = person(), User.objects.create_user("sam")
    first, second, again = cases(user.actor_name)
    progress.record(user, [second, first])
    with pytest.raises(progress.AlreadyHappened):
        progress.record(user, [again])
    assert progress.cases_read_by(user) == {"de-pas": first.at, "het-koor": second.at}
    assert progress.cases_read_by(other) == {}
    assert not rebuild.check()
    CaseReading.objects.all().delete()
    rebuild.repair()
    assert progress.cases_read_by(user) == {"de-pas": first.at, "het-koor": second.at}


@pytest.mark.parametrize(
    ("version", "sha256"),
    [("1", "f" * 63), ("1", "F" * 64), ("0", "f" * 64), ("een", "f" * 64), ("", "f" * 64)],
    ids=["short", "capitals", "no number", "words", "no version"],
)
def test_what_names_no_exact_text_is_no_acknowledgement(version: str, sha256: str) -> None:
    fact = replace(readings(STAY)[0], version=version, sha256=sha256)  # type: ignore[call-arg]
    assert read(decode(encode(fact.statement()))) is None


class AnyOrder(HypothesisTestCase):
    """Whatever the order and however often: the same rows, and the rebuild agrees."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_any_order_and_any_doubles_give_the_same_rows(self, data: st.DataObject) -> None:
        user = person()
        facts = [*story(user.actor_name), *once_more(user.actor_name, enough=False)]
        later = second_round(user.actor_name)
        facts += [fact for fact in later if not isinstance(fact, BEGINNINGS)]
        facts += [*readings(user.actor_name)[:2], *cases(user.actor_name)[:2]]
        stream = data.draw(st.permutations(facts + data.draw(st.lists(st.sampled_from(facts)))))
        for fact in stream:
            _record_quietly(user, fact)
        shuffled = rows()
        for model in (ModuleProgress, PartProgress, Attempt, Acknowledgement, CaseReading):
            model.objects.all().delete()
        rebuild.repair()
        assert rows() == shuffled
        ends = [one for one in facts if isinstance(one, progress.ModuleCompleted)]
        stays = ModuleProgress.objects.order_by("completed_at")
        assert [(row.completed_at, row.completed_version) for row in stays] == [
            (end.at, end.version) for end in ends
        ]
        lesson = PartProgress.objects.get(part_key="les")
        assert (lesson.completed_at, lesson.latest_at) == (facts[2].at, later[2].at)
        steps = dict(Attempt.objects.filter(kind="scenario").values_list("part_key", "given_steps"))
        assert steps == {"verhaal": 0, "verhaal 2": 2}
        stories = Attempt.objects.filter(kind="scenario").order_by("started_at")
        assert [one.next_step for one in stories] == [3, 5, 3]


def _record_quietly(user: User, fact: Fact) -> None:
    with contextlib.suppress(progress.AlreadyHappened):
        progress.record(user, [fact])


@pytest.mark.django_db
def test_rebuild_check_agrees_with_what_was_recorded() -> None:
    user = person()
    progress.record(user, story(user.actor_name))
    call_command("progress_rebuild", check=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "word"),
    [
        (lambda: ModuleProgress.objects.update(completed_at=None), "Anders"),
        (lambda: Attempt.objects.update(outcome="schade"), "Anders"),
        (lambda: PartProgress.objects.filter(part_key="les").delete(), "Ontbreekt"),
        (lambda: PartProgress.objects.create(user=User.objects.get(), part_key="x"), "Zonder"),
    ],
)
def test_rebuild_check_finds_what_was_tampered_with_and_repair_mends_it(
    tamper: object, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    user = person()
    progress.record(user, story(user.actor_name))
    before = rows()
    tamper()  # type: ignore[operator]
    with pytest.raises(CommandError, match="niet gelijk"):
        call_command("progress_rebuild", check=True)
    assert word in capsys.readouterr().out
    call_command("progress_rebuild", repair=True)
    assert rows() == before


@pytest.mark.django_db
def test_a_choice_costs_two_queries_when_the_attempt_is_in_hand(
    django_assert_num_queries: object,
) -> None:
    user = person()
    facts = story(user.actor_name)
    progress.record(user, facts[:BEFORE_CHOICE])
    attempt = Attempt.objects.get(kind="scenario")
    # 1 append to the ledger, 2 update the attempt.
    with django_assert_num_queries(2):  # type: ignore[operator]
        progress.record(user, [facts[BEFORE_CHOICE]], attempt=attempt)


@pytest.mark.django_db
@pytest.mark.usefixtures("ledger")
def test_what_did_not_change_is_not_written() -> None:
    """Somebody who comes to an ending again did that part before."""
    user = User.objects.create(username="weer")
    first = once_more(user.actor_name)
    progress.record(user, first)
    again = [replace(fact, registration=uuid5(ATTEMPT, "again")) for fact in first]
    with CaptureQueriesContext(connection) as asked:
        progress.record(user, again)
    written = [one["sql"] for one in asked.captured_queries if "progress_" in one["sql"]]
    written = [query for query in written if query.startswith(("insert", "update", "with"))]
    assert len(written) == 1
    assert "progress_attempt" in written[0]
    assert "progress_partprogress" not in written[0]


@pytest.mark.django_db
@pytest.mark.usefixtures("ledger")
def test_what_is_new_in_several_tables_is_written_in_one_statement() -> None:
    user = User.objects.create(username="alles")
    with CaptureQueriesContext(connection) as asked:
        progress.record(user, [story(user.actor_name)[1], *once_more(user.actor_name)])
    written = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("with")]
    assert len(written) == 1
    assert not rebuild.check()
