"""A person is taken out of the ledger: nothing of them is left, and everything still counts."""

import io
import json
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from leer.xapi import erasure
from leer.xapi.models import AttachmentFile, Document, Erasure, Mention, StatementRecord
from leer.xapi.store import database
from tests.xapi.privacy import ledger as make
from tests.xapi.privacy.ledger import BY_ACCOUNT, BY_MAIL, NOOR, PIET, TEXTS
from tests.xapi.rest_client import Lrs, statement

pytestmark = pytest.mark.usefixtures("ledger")
BOTH = pytest.mark.parametrize("how", ["--pseudonymise", "--erase"])


@pytest.fixture
def lrs() -> Lrs:
    return Lrs()


@BOTH
def test_nothing_is_left_of_the_person_and_everything_counts_as_before(lrs: Lrs, how: str) -> None:
    make.fill(lrs)
    others = lrs.stored(*make.of_others())
    raws = {id_: lrs.one(statementId=id_) for id_ in others}
    before, ids = make.counts(), make.ids()
    found = make.left(NOOR, *TEXTS)
    assert {line.split(":")[0].rstrip("_0123456789") for line in found} >= {
        "xapi_statementrecord", "xapi_mention", "xapi_document", "xapi_activity",
        "xapi_attachmentfile", "xapi_forwardtarget", "xapi_forwardrefusal",
    }  # fmt: skip
    make.erase_noor(how)
    assert make.left(NOOR, *TEXTS) == [], "\n".join(make.left(NOOR, *TEXTS))
    assert (make.counts(), make.ids()) == (before, ids)
    assert {id_: lrs.one(statementId=id_) for id_ in others} == raws


def test_the_same_name_of_somebody_else_is_told_and_stays(lrs: Lrs) -> None:
    lrs.stored(statement(actor=BY_MAIL), statement(actor=make.SAME_NAME))
    told = make.erase_noor()
    assert "In 1 feiten van anderen" in told
    assert lrs.found(agent=json.dumps(make.SAME_NAME))[0]["actor"]["name"] == make.NAME


@pytest.mark.parametrize("agent", [BY_MAIL, make.BY_HASH, BY_ACCOUNT], ids=["mail", "hash", "u7"])
def test_the_api_finds_the_pseudonym_and_not_the_person(lrs: Lrs, agent: Any) -> None:
    make.fill(lrs)
    asked = {"agent": json.dumps(agent)}
    related = asked | {"related_agents": "true"}
    before = [len(lrs.found(**asked)), len(lrs.found(**related))]
    [mailed, *_] = lrs.found(agent=json.dumps(BY_MAIL), ascending="true")
    assert before[1]
    make.erase_noor()
    assert (lrs.found(**asked), lrs.found(**related)) == ([], [])
    pseudonym = lrs.one(statementId=mailed["id"])["actor"]
    found = lrs.found(agent=json.dumps(pseudonym), related_agents="true")
    assert len(found) >= max(before)
    profile = lrs.send("GET", "agents/profile", {"agent": json.dumps(agent)})
    assert json.loads(profile.body) == []


def test_a_statement_about_a_statement_of_the_person_is_found_by_the_pseudonym_too(
    lrs: Lrs,
) -> None:
    [said, *_, pointer, _, _] = lrs.stored(*make.everywhere())
    make.erase_noor()
    asked = {"agent": json.dumps(lrs.one(statementId=said)["actor"])}
    assert pointer in {one["id"] for one in lrs.found(**asked)}


def test_a_pseudonymised_statement_keeps_its_numbers_and_loses_its_words(lrs: Lrs) -> None:
    [said, *_] = lrs.stored(*make.everywhere())
    make.erase_noor()
    result = lrs.one(statementId=said)["result"]
    assert result == {"score": {"scaled": 0.5}, "extensions": {"https://x.nl/keer": 3}}


def test_an_erased_statement_keeps_who_what_and_when(lrs: Lrs) -> None:
    [said, *_] = lrs.stored(*make.everywhere())
    before = lrs.one(statementId=said)
    make.erase_noor("--erase")
    after = lrs.one(statementId=said)
    assert "result" not in after
    for name in ("id", "verb", "object", "timestamp", "stored", "authority"):
        assert after[name] == before[name]


def test_an_answer_that_was_a_choice_stays_and_one_in_own_words_goes(lrs: Lrs) -> None:
    choice = {"id": "https://x.nl/1", "definition": {"interactionType": "choice"}}
    written = {"id": "https://x.nl/2", "definition": {"interactionType": "long-fill-in"}}
    answer = {"result": {"response": "a"}}
    [chosen, wrote] = lrs.stored(
        statement(actor=BY_MAIL, object=choice, **answer),
        statement(actor=BY_MAIL, object=written, **answer),
    )
    make.erase_noor()
    assert lrs.one(statementId=chosen)["result"] == {"response": "a"}
    assert "result" not in lrs.one(statementId=wrote)


def test_signatures_and_files_that_tell_go_and_files_that_others_name_stay(lrs: Lrs) -> None:
    signed = make.signed(lrs)
    of_piet = make.signed(lrs, actor=PIET, context={"instructor": BY_ACCOUNT})
    told = make.with_file(lrs, f"Over {make.NAME}".encode(), PIET, said=statement(
        id="11111111-1111-4111-8111-111111111111", actor=PIET, context={"instructor": BY_MAIL}
    ))  # fmt: skip
    make.with_file(lrs, b"een gedeeld verslag", BY_MAIL)
    shared = make.with_file(lrs, b"een gedeeld verslag", PIET)
    make.erase_noor()
    assert "attachments" not in lrs.one(statementId=signed)
    assert "attachments" not in lrs.one(statementId=of_piet)
    assert "attachments" not in lrs.one(statementId=told)
    assert "attachments" in lrs.one(statementId=shared)
    assert [bytes(one.content) for one in AttachmentFile.objects.all()] == [b"een gedeeld verslag"]


def test_documents_of_others_stay_without_the_address(lrs: Lrs) -> None:
    make.keep_documents(lrs)
    make.erase_noor()
    kept = [json.loads(bytes(one.content)) for one in Document.objects.order_by("agent")]
    assert len(kept) == 2
    assert "collega" in kept[1]
    state = {"activityId": "https://x.nl/a", "stateId": "s", "agent": json.dumps(PIET)}
    assert json.loads(lrs.send("GET", "activities/state", state).body) == kept[1]


@BOTH
def test_an_id_is_not_used_again(lrs: Lrs, how: str) -> None:
    [mailed, *_] = make.everywhere()
    lrs.stored(mailed)
    make.erase_noor(how)
    assert lrs.post(mailed).status == 409
    assert StatementRecord.objects.count() == 1


def test_nothing_says_afterwards_who_it_was(lrs: Lrs) -> None:
    lrs.stored(statement(actor=BY_MAIL))
    make.erase_noor()
    done = make.finished()
    assert (done.subject, done.pseudonym, done.statements) == (None, None, 1)


def test_the_old_rows_are_out_of_the_tables_too(lrs: Lrs) -> None:
    make.fill(lrs)
    make.erase_noor()
    assert "tuples: 0 removed" in vacuumed("xapi_statementrecord_2026")
    StatementRecord.objects.update(private=True)
    assert "tuples: 0 removed" not in vacuumed("xapi_statementrecord_2026")


def vacuumed(table: str) -> str:
    """What PostgreSQL says of what there was to remove."""
    told: list[str] = []
    with connection.cursor() as cursor:
        connection.connection.add_notice_handler(lambda said: told.append(said.message_primary))
        cursor.execute(f"vacuum (verbose, process_toast false) {table}")
    return " ".join(told)


def test_the_bytes_can_be_out_of_the_files_too(lrs: Lrs) -> None:
    make.fill(lrs)
    assert make.ADDRESS.encode() in file_of("xapi_statementrecord_2026")
    make.erase_noor("--rewrite-files")
    assert make.ADDRESS.encode() not in file_of("xapi_statementrecord_2026")
    assert NOOR.keys[0] not in file_of("xapi_mention_2026").hex()


def file_of(table: str) -> bytes:
    """As it is on the disk."""
    with connection.cursor() as cursor:
        cursor.execute("checkpoint")
        cursor.execute("select pg_read_binary_file(pg_relation_filepath(%s))", [table])
        return bytes(cursor.fetchone()[0])


class Stopped(Exception):
    """As when somebody pulls the plug."""


@BOTH
def test_stopped_at_any_moment_and_run_again_it_ends_right(
    lrs: Lrs, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.fill(lrs)
    before = make.counts()
    monkeypatch.setattr(erasure, "PORTION", 3)
    replace, stops = erasure.rewriting.replace, iter(range(3, 30))
    calls = 0

    def fragile(changes: Any) -> None:
        nonlocal calls, stop
        replace(changes)
        calls += 1
        if calls == stop:
            calls, stop = 0, next(stops)
            raise Stopped

    stop = 2
    monkeypatch.setattr(erasure.rewriting, "replace", fragile)
    times = 0
    while not Erasure.objects.filter(finished_at__isnull=False).exists():
        try:
            make.erase_noor(how)
        except Stopped:
            times += 1
    assert times >= 2
    assert Erasure.objects.count() == 1
    assert make.counts() == before
    assert make.left(NOOR, *TEXTS) == []
    assert len(pseudonyms()) == 1


def pseudonyms() -> set[str]:
    """The names at Leer's home page of everybody in the ledger, keys apart."""
    found = set()
    for raw in StatementRecord.objects.values_list("raw", flat=True):
        said = json.loads(raw)
        account = said["actor"].get("account")
        if account and account["homePage"].startswith("https://leer.example"):
            found.add(account["name"])
    return found


@pytest.mark.parametrize("moment", ["_rewrite_found", "_look_further", "_finish"])
def test_what_comes_in_meanwhile_is_not_lost_and_not_left(
    lrs: Lrs, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lrs.stored(*make.everywhere())
    count = StatementRecord.objects.count()
    late = statement(actor=BY_ACCOUNT, object={"id": "https://x.nl/laat"})
    work, came = getattr(erasure, moment), []

    def interrupted(pk: int) -> Any:
        if not came:
            came.append(1)
            aside(lambda: lrs.stored(late))
        return work(pk)

    monkeypatch.setattr(erasure, moment, interrupted)
    make.erase_noor()
    assert StatementRecord.objects.count() == count + 1
    assert make.left(NOOR, *TEXTS) == []
    assert len(lrs.found(activity="https://x.nl/laat")) == 1


def test_one_that_comes_while_nobody_may_write_waits_and_stays_under_its_own_name(
    lrs: Lrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the end it is a new statement: the ledger does not know any more who was taken out."""
    lrs.stored(statement(actor=BY_MAIL))
    late = statement(actor=BY_MAIL, object={"id": "https://x.nl/laat"})
    besides, writers = erasure._forget_besides, []

    def while_alone(work: Any) -> None:
        writers.append(Thread(target=in_thread, args=[lambda: lrs.stored(late)]))
        writers[0].start()
        besides(work)

    monkeypatch.setattr(erasure, "_forget_besides", while_alone)
    make.erase_noor()
    writers[0].join()
    assert StatementRecord.objects.count() == 2
    [kept] = lrs.found(agent=json.dumps(BY_MAIL))
    assert kept["object"]["id"] == "https://x.nl/laat"


def aside(work: Any) -> None:
    """By another connection, and wait for it."""
    other = Thread(target=in_thread, args=[work])
    other.start()
    other.join()


def in_thread(work: Any) -> None:
    try:
        work()
    finally:
        connection.close()


def test_a_key_that_nothing_in_the_statement_explains_goes_too(lrs: Lrs) -> None:
    """Written by an older version, say: the erasure must end, and leave none."""
    [id_] = lrs.stored(statement(actor=PIET))
    place = StatementRecord.objects.get(statement_id=id_).position
    Mention.objects.create(key=NOOR.keys[0], position=place, source=place)
    make.erase_noor()
    assert make.left(NOOR, *TEXTS) == []


# The command --------------------------------------------------------------------------------------
def test_the_command_tells_first_what_there_is_and_which_targets_had_it(lrs: Lrs) -> None:
    make.fill(lrs)
    told = make.erase_noor()
    first = told[: told.index("Pseudonimiseren")]
    assert f"mbox mailto:{make.ADDRESS}" in first
    assert "2 documenten" in first
    assert "Doorgestuurd naar elders: " in first
    assert "3 feiten waar dit alleen in de tekst staat" in first


def test_without_yes_it_asks_and_no_changes_nothing(
    lrs: Lrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    lrs.stored(statement(actor=BY_MAIL))
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(CommandError, match="niets veranderd"):
        call_command("xapi_erase", "--address", make.ADDRESS, stdout=io.StringIO())
    assert len(lrs.found(agent=json.dumps(BY_MAIL))) == 1
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([], "Zeg wie"),
        (["--user", "niemand"], "Dit account is er niet"),
        (["--agent", '{"name": "Noor"}'], "geen xAPI-agent"),
    ],
)
def test_who_is_not_known_is_not_guessed(said: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        make.erase(*said)


def test_a_system_that_writes_facts_down_is_no_person(lrs: Lrs) -> None:
    for account in (lrs.credential.key, "leer"):
        with pytest.raises(CommandError, match="geen persoon"):
            make.erase("--account", account)


def test_somebody_whose_account_only_looks_like_hers_keeps_everything(lrs: Lrs) -> None:
    """Accounts differ by capitals; a short name or a word is not looked for in text."""
    word = {"account": {"homePage": "https://personeel.example", "name": "toezichthouder"}}
    other = {"account": make.ELSEWHERE | {"name": "U7"}}
    state = {"activityId": "https://x.nl/a", "stateId": "s", "agent": json.dumps(other)}
    lrs.send("PUT", "activities/state", state, {"a": 1})
    said = statement(actor=PIET, result={"response": "de toezichthouder vroeg u7"})
    lrs.stored(statement(actor=word), statement(actor=other), said)
    make.erase("--agent", json.dumps(word))
    make.erase_noor()
    assert len(lrs.found(agent=json.dumps(other))) == 1
    assert lrs.send("GET", "activities/state", state).status == 200
    [kept] = lrs.found(agent=json.dumps(PIET))
    assert kept["result"] == said["result"]


def test_an_agent_can_be_given_as_json_and_doing_it_twice_is_fine(lrs: Lrs) -> None:
    lrs.stored(statement(actor=BY_ACCOUNT))
    agent = json.dumps(BY_ACCOUNT)
    assert "1 feiten herschreven" in make.erase("--agent", agent)
    assert "0 feiten herschreven" in make.erase("--agent", agent)


def test_the_ledger_is_searched_for_text_that_no_key_finds_however_it_is_written(
    lrs: Lrs,
) -> None:
    """JSON may write any character by its number."""
    text = json.dumps(statement(actor=PIET, result={"extensions": {"https://x.nl/e": "@"}}))
    hidden = text.replace('"@"', '"' + make.ADDRESS.replace("@", "\\u0040") + '"')
    assert lrs.send("POST", body=hidden.encode()).status == 200
    make.erase_noor()
    [(raw,)] = database.rows("select raw from xapi_statementrecord")
    assert make.ADDRESS not in json.dumps(json.loads(raw))
