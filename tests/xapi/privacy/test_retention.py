"""How long facts are kept: by the type of their activity, and never less than the rule says."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from leer.xapi import retention
from leer.xapi.models import (
    AttachmentFile,
    ForwardRefusal,
    ForwardTarget,
    Mention,
    Reference,
    RetentionRule,
    StatementId,
    StatementRecord,
)
from leer.xapi.statements.checking import check
from leer.xapi.statements.vocabulary import VOIDED
from leer.xapi.store.partitions import ensure_years
from leer.xapi.store.writing import Unit, write
from leer.xapi.tasks import apply_retention
from tests.xapi.forwarding.facts import WRITER, be_readable
from tests.xapi.privacy import ledger as make
from tests.xapi.privacy.ledger import BY_ACCOUNT, BY_MAIL, PIET
from tests.xapi.rest_client import Lrs, dumped, pointing, statement

pytestmark = pytest.mark.usefixtures("ledger")
VIDEO, BOOK = "https://x.nl/soort/video", "https://x.nl/soort/boek"
DROP, PSEUDONYMISE = RetentionRule.Action.DROP, RetentionRule.Action.PSEUDONYMISE
LATER = timedelta(days=800)


@pytest.fixture
def lrs() -> Lrs:
    return Lrs()


def about(kind: str, iri: str = "", **changes: Any) -> dict[str, Any]:
    iri = iri or f"https://x.nl/{uuid4()}"
    return statement(actor=BY_MAIL, object={"id": iri, "definition": {"type": kind}}) | changes


def rule(kind: str = VIDEO, months: int = 12, action: RetentionRule.Action = DROP) -> RetentionRule:
    return retention.set_rule(kind, months=months, action=action)


def applied(one: RetentionRule, later: timedelta = LATER) -> int:
    be_readable()
    one.refresh_from_db()
    return retention.apply(one, now=timezone.now() + later)


def here() -> set[str]:
    return {str(id_) for id_ in StatementRecord.objects.values_list("statement_id", flat=True)}


# Which -------------------------------------------------------------------------------------------
def test_only_what_a_rule_is_about_goes(lrs: Lrs) -> None:
    [video, book] = lrs.stored(about(VIDEO), about(BOOK))
    assert applied(rule(VIDEO)) == 1
    assert here() == {book}
    assert lrs.one(statementId=video) is None


def test_the_rest_is_what_has_no_rule_of_its_own(lrs: Lrs) -> None:
    [_, book, bare] = lrs.stored(about(VIDEO), about(BOOK), statement())
    rule(BOOK, months=120)
    rule(VIDEO)
    rest = rule("*", months=24)
    assert applied(rest) == 1
    assert bare not in here()
    assert book in here()
    retention.remove_rule(BOOK)
    assert applied(rest) == 1
    assert book not in here()


def test_without_a_rule_nothing_ever_goes(lrs: Lrs) -> None:
    lrs.stored(about(VIDEO), statement())
    ensure_years(2010, 2010)
    long_ago(about(BOOK), year=2010)
    assert retention.apply_all() == {}
    assert len(here()) == 3


def test_a_statement_that_is_younger_than_the_rule_stays_however_old_it_says_it_is(
    lrs: Lrs,
) -> None:
    [young] = lrs.stored(about(VIDEO, timestamp="1999-01-01T00:00:00Z"))
    video = rule(months=1)
    assert applied(video, timedelta(days=27)) == 0
    assert here() == {young}
    assert applied(video, timedelta(days=32)) == 1


def test_the_type_may_be_learned_from_another_statement(lrs: Lrs) -> None:
    iri = f"https://x.nl/{uuid4()}"
    [bare, _] = lrs.stored(statement(object={"id": iri}), about(VIDEO, iri))
    assert applied(rule()) == 2
    assert bare not in here()


def test_of_our_own_activities_our_vocabulary_tells_and_nobody_else(lrs: Lrs) -> None:
    lesson = "https://leer.example/xapi/modules/m/lessons/een"
    [ours] = lrs.stored(about(VIDEO, lesson))
    assert applied(rule()) == 0
    assert here() == {ours}
    assert applied(rule("http://adlnet.gov/expapi/activities/lesson")) == 1


def test_a_private_statement_goes_by_its_type_too(lrs: Lrs) -> None:
    question = "https://leer.example/xapi/modules/m/quizzes/q/questions/1"
    lrs.stored(statement(object={"id": question}, result={"response": "a"}))
    assert StatementRecord.objects.filter(private=True).count() == 1
    assert applied(rule("http://adlnet.gov/expapi/activities/cmi.interaction")) == 1


# Dropping ----------------------------------------------------------------------------------------
def test_nothing_is_left_of_what_was_dropped(lrs: Lrs) -> None:
    said = about(VIDEO, id=str(uuid4()))
    make.with_file(lrs, b"een video", BY_MAIL, said=said)
    target = ForwardTarget.objects.create(name="elders")
    ForwardRefusal.objects.create(
        target=target, statement_id=said["id"], status=400, refused_at=timezone.now()
    )
    lrs.stored(pointing(said["id"]))
    assert applied(rule()) == 2
    retention.apply_all()
    for table in (
        StatementRecord, StatementId, Mention, Reference, AttachmentFile, ForwardRefusal,
    ):  # fmt: skip
        assert not table.objects.exists(), table


def test_a_statement_about_it_stays_with_it_until_that_one_is_due_too(lrs: Lrs) -> None:
    """A statement that was taken back must not hold again, not even for a moment."""
    ensure_years(2024, 2024)
    [old] = long_ago(about(VIDEO))
    lrs.stored(pointing(old, VOIDED))
    video = rule()
    assert applied(video, timedelta(0)) == 0
    assert len(here()) == 2
    assert lrs.one(statementId=old) is None
    assert applied(video) == 2
    assert here() == set()


def test_a_voided_statement_counts_as_its_own(lrs: Lrs) -> None:
    [book] = lrs.stored(about(BOOK))
    lrs.stored(pointing(book, VOIDED))
    assert applied(rule(VIDEO)) == 0
    assert applied(rule(BOOK)) == 2


def test_what_takes_a_completion_back_stays_with_it(lrs: Lrs) -> None:
    lesson = "https://leer.example/xapi/modules/m/lessons/een"
    trusted = Lrs(trusted=True)
    [done] = trusted.stored(
        statement(object={"id": lesson}, context={"registration": str(uuid4())})
    )
    [voids] = trusted.stored(pointing(done, VOIDED))
    applied(rule("http://adlnet.gov/expapi/activities/lesson"))
    assert here() == {done, voids}
    assert lrs.one(statementId=done) is None
    assert lrs.one(voidedStatementId=done)["actor"] == statement()["actor"]


# Pseudonymising ----------------------------------------------------------------------------------
def test_everybody_in_it_becomes_nameless_and_who_wrote_it_down_stays(lrs: Lrs) -> None:
    said = about(VIDEO, context={"instructor": PIET, "team": make.group(BY_ACCOUNT, BY_MAIL)})
    [id_] = lrs.stored(said)
    before = lrs.one(statementId=id_)
    rule(action=PSEUDONYMISE)
    be_readable()
    assert retention.apply_all(now=timezone.now() + LATER) == {VIDEO: 1}
    after = lrs.one(statementId=id_)
    for name in ("authority", "verb", "object", "stored", "timestamp"):
        assert after[name] == before[name]
    assert make.left(make.NOOR, *make.TEXTS) == []
    names = [after["actor"]["account"], after["context"]["instructor"]["account"]]
    assert names[0] != names[1]
    assert names[0] in [one["account"] for one in after["context"]["team"]["member"]]
    assert lrs.found(agent=json.dumps(BY_MAIL), related_agents="true") == []
    assert len(lrs.found(agent=json.dumps(after["actor"]))) == 1


def test_within_a_run_a_person_is_one_and_over_runs_nobody_can_tell(lrs: Lrs) -> None:
    first = lrs.stored(about(VIDEO), about(VIDEO))
    video = rule(action=PSEUDONYMISE)
    applied(video)
    [*second] = lrs.stored(about(VIDEO))
    applied(video, LATER + timedelta(days=1))
    names = [lrs.one(statementId=id_)["actor"]["account"]["name"] for id_ in (*first, *second)]
    assert names[0] == names[1] != names[2]


# Running -----------------------------------------------------------------------------------------
def long_ago(*statements: dict[str, Any], year: int = 2024) -> list[str]:
    """Stored in a partition of before."""
    facts = [check(dumped(one), version="1.0.3") for one in statements]
    at = int(datetime(year, 3, 1, tzinfo=UTC).timestamp() * 1_000_000)
    write([Unit(WRITER, facts)], now=at)
    return [str(fact.id) for fact in facts]


@pytest.mark.parametrize("action", [DROP, PSEUDONYMISE])
def test_stopped_at_any_moment_and_run_again_it_ends_right(
    lrs: Lrs, action: RetentionRule.Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    lrs.stored(*(about(VIDEO if number % 2 else BOOK) for number in range(20)))
    monkeypatch.setattr(retention, "PORTION", 3)
    video, treat, calls = rule(action=action), retention._treat, []

    def fragile(run: Any, due: Any) -> int:
        count = treat(run, due)
        calls.append(count)
        if len(calls) in {1, 2, 4}:
            raise ZeroDivisionError
        return count

    monkeypatch.setattr(retention, "_treat", fragile)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            applied(video)
    applied(video)
    kept = [json.loads(raw) for raw in StatementRecord.objects.values_list("raw", flat=True)]
    nameless = [one for one in kept if "mbox" not in one["actor"]]
    assert len(kept) == (10 if action is DROP else 20)
    assert len(nameless) == (0 if action is DROP else 10)
    assert applied(video) == 0


def test_the_task_applies_every_rule_in_the_partitions_of_before(lrs: Lrs) -> None:
    ensure_years(2023, 2024)
    long_ago(about(VIDEO), year=2023)
    long_ago(about(VIDEO), about(BOOK))
    [young] = lrs.stored(about(VIDEO))
    rule(VIDEO)
    be_readable()
    apply_retention()
    assert len(here()) == 2
    assert young in here()
    assert years() == [2024, *range(timezone.now().year, timezone.now().year + 3)]


def years() -> list[int]:
    """The partitions that are there: one of which nothing is left goes, also from the statistics
    that PostgreSQL keeps of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select right(inhrelid::regclass::text, 4)::int from pg_inherits"
            " where inhparent = 'xapi_mention'::regclass order by 1"
        )
        return [year for (year,) in cursor.fetchall()]


def command(*said: str) -> str:
    out = io.StringIO()
    call_command("xapi_retention", *said, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_command_sets_counts_applies_and_removes(lrs: Lrs) -> None:
    ensure_years(2024, 2024)
    long_ago(about(VIDEO), about(VIDEO), about(BOOK))
    be_readable()
    command("--set", VIDEO, "12", "drop")
    assert f"{VIDEO}  12 maanden, daarna verwijderen: 2 feiten" in command("--dry-run")
    assert len(here()) == 3
    assert f"{VIDEO}: 2 feiten" in command()
    assert len(here()) == 1
    assert f"{VIDEO}: 0 feiten" in command()
    command("--remove", VIDEO)
    assert not RetentionRule.objects.exists()
    with pytest.raises(CommandError, match="is er niet"):
        command("--remove", VIDEO)
    with pytest.raises(CommandError, match="aantal maanden"):
        command("--set", VIDEO, "twaalf", "drop")


def test_what_is_recommended_is_for_class_b_and_has_to_be_asked_for(lrs: Lrs) -> None:
    assert command("--dry-run") == ""
    told = command("--recommended")
    assert told.count("12 maanden") == 3
    assert "cmi.interaction" in told


def test_a_rule_keeps_at_least_a_month(lrs: Lrs) -> None:
    with pytest.raises(ValidationError, match="minstens een maand"):
        rule(months=0)
    assert rule(months=1).pk


@given(
    day=st.integers(0, 25_000),
    months=st.integers(1, 240),
)
def test_months_before_is_that_many_months_and_at_most_three_days_more(
    day: int, months: int
) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day)
    then = retention.months_before(now, months)
    assert (now.year - then.year) * 12 + now.month - then.month == months
    assert then.day == now.day or (then.day >= 28 and now.day > then.day)
