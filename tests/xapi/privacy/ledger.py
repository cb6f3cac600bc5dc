"""A person with traces in every part of the ledger, and looking for what is left of them."""

import base64
import hashlib
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4, uuid5

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from leer.accounts.models import User
from leer.progress import api as progress
from leer.progress.events import Event
from leer.xapi.models import (
    DocumentKind,
    Erasure,
    ForwardRefusal,
    ForwardTarget,
    StatementRecord,
)
from leer.xapi.persons import Person
from leer.xapi.rest import multipart
from leer.xapi.statements.checking import check
from leer.xapi.statements.vocabulary import VOIDED
from leer.xapi.store.writing import Unit, Writer, write
from tests.progress.test_projection import story
from tests.support.factories_organisation import UserFactory
from tests.xapi.rest_client import PERSON, Lrs, dumped, pointing, statement

NAME = "Noor van der Kade"
ADDRESS = "Noor.Kade@voorbeeld.example"
MBOX = f"mailto:{ADDRESS}"
SHA1 = hashlib.sha1(MBOX.encode()).hexdigest()
ELSEWHERE = {"homePage": "https://personeel.example", "name": "u7"}
BY_MAIL = {"name": NAME, "mbox": MBOX}
BY_HASH = {"name": "Noor", "mbox_sha1sum": SHA1.upper()}
BY_ACCOUNT = {"objectType": "Agent", "account": ELSEWHERE}
IDENTIFIERS = [f"mbox {MBOX}", f"account {ELSEWHERE['homePage']} {ELSEWHERE['name']}"]
NOOR = Person.known_as(IDENTIFIERS)
PIET = {"name": "Piet Noor", "mbox": "mailto:piet.noor.kade@voorbeeld.example"}
SAME_NAME = {"name": NAME, "mbox": "mailto:een.ander@voorbeeld.example"}
OURS = f"{settings.XAPI_IRI_BASE}/modules/m/lessons/les"
TEXTS = [NAME, ADDRESS, SHA1, '"u7"', "example u7", "mijn eigen woorden"]


def person(**also: Any) -> User:
    """Somebody who left, with a whole module behind them."""
    user = UserFactory(
        first_name="Noor", last_name="van der Kade", email=ADDRESS, gone=True, **also
    )
    progress.record(user, [own(user, event) for event in story(user.actor_name)])
    return user


def own(user: User, event: Event) -> Event:
    """In an attempt of this person's own."""
    registration = uuid5(user.actor_name, str(event.registration))
    return replace(event, registration=registration)


def group(*members: Any, **also: Any) -> dict[str, Any]:
    return {"objectType": "Group", "member": [*members], **also}


def everywhere() -> list[dict[str, Any]]:
    """Statements in which she is in every place that an Agent can be in, and in text."""
    mailed = statement(
        id=str(uuid4()),
        actor=BY_MAIL,
        result={
            "response": f"dit zijn mijn eigen woorden, {NAME}",
            "score": {"scaled": 0.5},
            "extensions": {"https://x.nl/wie": NAME, "https://x.nl/keer": 3},
        },
    )
    planned = statement(actor=BY_HASH, object={"objectType": "Agent", **PIET})
    return [
        mailed,
        statement(actor=PIET, object={"objectType": "Agent", **BY_MAIL}),
        statement(actor=PIET, context={"instructor": BY_HASH, "team": group(PIET, BY_ACCOUNT)}),
        statement(actor=group(BY_ACCOUNT, PIET, name="de kade")),
        statement(actor=PIET, object=planned | {"objectType": "SubStatement"}),
        statement(actor=PIET, object={"id": f"https://x.nl/users/{ADDRESS.lower()}"}),
        statement(
            actor=BY_ACCOUNT,
            object={
                "id": f"https://x.nl/gesprek/{uuid4()}",  # not known to this process
                "definition": {"name": {"nl": f"Gesprek met {ADDRESS}"}},
            },
        ),
        pointing(mailed["id"]) | {"actor": PIET},
        statement(actor=PIET, object={"id": OURS}, result={"success": True})
        | {"context": {"instructor": BY_MAIL}},  # private: found by no key of hers
        statement(object={"id": OURS}, result={"response": "x"})
        | {"context": {"team": group(PERSON, BY_ACCOUNT)}},
    ]


def of_others() -> list[dict[str, Any]]:
    """Statements that must stay as they are."""
    return [
        statement(actor=PIET),
        statement(actor=PIET, object={"id": "https://x.nl/n"}, result={"response": "u7 en u77"}),
        statement(actor=PIET, result={"response": f"mail {PIET['mbox'][7:]} of aa{SHA1}"}),
    ]


def fill(lrs: Lrs) -> None:
    """Everything at once; nothing of it twice."""
    lrs.stored(*everywhere())
    people = [
        {"objectType": "contextAgent", "agent": BY_MAIL},
        {"objectType": "contextAgent", "agent": PIET},
    ]
    groups = [{"objectType": "contextGroup", "group": group(BY_HASH)}]
    modern = {"contextAgents": people, "contextGroups": groups}
    Lrs(version="2.0.0").stored(statement(actor=PIET, context=modern))
    said_by(BY_ACCOUNT)
    voided(lrs)
    signed(lrs)
    watched = statement(id=str(uuid4()), actor=PIET, context={"instructor": BY_MAIL})
    with_file(lrs, f"Verslag van {NAME}".encode(), PIET, said=watched)
    keep_documents(lrs)
    be_forwarded()


def said_by(authority: dict[str, Any]) -> None:
    fact = check(dumped(statement(id=str(uuid4()), actor=PIET)), version="1.0.3")
    write([Unit(Writer(authority=dumped(authority)), [fact])])


def voided(lrs: Lrs) -> str:
    [gone] = lrs.stored(statement(actor=BY_MAIL, object={"id": "https://x.nl/fout"}))
    lrs.stored(pointing(gone, VOIDED) | {"actor": BY_ACCOUNT})
    return gone


def signed(lrs: Lrs, **changes: Any) -> str:
    """With a signature over the statement: nobody can check it, and it is taken as it is."""
    said = statement(id=str(uuid4()), actor=BY_MAIL, object={"id": "https://x.nl/getekend"})
    said |= changes
    parts = [{"alg": "RS256"}, said, "x"]
    jws = b".".join(base64.urlsafe_b64encode(dumped(one)).rstrip(b"=") for one in parts)
    usage = "http://adlnet.gov/expapi/attachments/signature"
    kind = "application/octet-stream"
    return with_file(lrs, jws, BY_MAIL, usageType=usage, contentType=kind, said=said)


def with_file(
    lrs: Lrs, content: bytes, actor: Any, said: dict[str, Any] | None = None, **also: Any
) -> str:
    sha2 = hashlib.sha256(content).hexdigest()
    attachment = {
        "usageType": "https://x.nl/verslag",
        "display": {"nl": "een bijlage"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": sha2,
    } | also
    said = (said or statement(id=str(uuid4()), actor=actor)) | {"attachments": [attachment]}
    type_, body = multipart.write(dumped(said), [(sha2, attachment["contentType"], content)])
    assert lrs.send("POST", body=body, content_type=type_).status == 200
    return said["id"]


def keep_documents(lrs: Lrs) -> None:
    her, piet = json.dumps(BY_MAIL), json.dumps(PIET)
    state = {"activityId": "https://x.nl/a", "stateId": "s"}
    for path, query, body in (
        ("activities/state", state | {"agent": her}, {"naam": NAME}),
        ("activities/state", state | {"agent": piet}, {"collega": ADDRESS.lower()}),
        ("agents/profile", {"profileId": "p", "agent": her}, {"naam": NAME}),
        ("activities/profile", {"profileId": ADDRESS, "activityId": "https://x.nl/a"}, {}),
    ):
        sent = lrs.send("PUT", path, query, body, if_none_match="*")
        assert sent.status == 204, sent.body


def be_forwarded() -> None:
    """A target that was given everything so far, and did not want one of hers."""
    last = StatementRecord.objects.order_by("-position").first()
    hers = StatementRecord.objects.filter(private=False, raw__contains=ADDRESS).first()
    assert last
    assert hers
    target = ForwardTarget.objects.create(
        name="elders", position=last.position, last_error=f"{ADDRESS} mag niet"
    )
    ForwardRefusal.objects.create(
        target=target,
        statement_id=hers.statement_id,
        status=400,
        answer=f"wie is {NAME}?",
        refused_at=timezone.now(),
    )


def counts() -> Counter[Any]:
    """How many statements per verb, and per activity that has no person in its name."""
    found: Counter[Any] = Counter()
    for raw in StatementRecord.objects.values_list("raw", flat=True):
        said = json.loads(raw)
        about = said["object"].get("id", said["object"].get("objectType", ""))
        about = "iemand" if "/users/" in about else about
        found[said["verb"]["id"], about, said["timestamp"]] += 1
    return found


def ids() -> set[Any]:
    return set(StatementRecord.objects.values_list("statement_id", "position"))


def left(person: Person, *texts: str) -> list[str]:
    """Where in the tables one of these texts, or a key of the person, still stands."""
    found = []
    for name, said in rows():
        row = said.replace(PIET["mbox"][7:], "piet").replace(f"aa{SHA1}", "")  # hers is in it
        found += [f"{name}: {text} in {row}" for text in texts if text.lower() in row]
        found += [f"{name}: a key" for key in person.keys if key in row.replace("-", "")]
    return found


def rows() -> list[tuple[str, str]]:
    """Every row of every table of the ledger, progress and accounts, in lower case."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = 'public'"
            " and (table_name like 'xapi%%' or table_name like 'progress%%'"
            " or table_name = 'accounts_user')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"select {columns(table)} from {table}")
            found += [(table, " ".join(map(str, row)).lower()) for row in cursor.fetchall()]
        # In a transaction that is taken back they are of what another test committed.
        which = "false" if connection.in_atomic_block else "true"
        cursor.execute(f"select tablename, row_to_json(pg_stats)::text from pg_stats where {which}")
        found += [(f"statistics of {name}", row.lower()) for name, row in cursor.fetchall()]
    assert len(found) > 5
    return found


def columns(table: str) -> str:
    """Each as text; bytes as the text in them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name, data_type from information_schema.columns where table_name = %s",
            [table],
        )
        return ", ".join(
            f"encode({name}, 'escape')" if kind == "bytea" else f"{name}::text"
            for name, kind in cursor.fetchall()
        )


def erase(*said: str) -> str:
    out = io.StringIO()
    call_command("xapi_erase", *said, "--yes", stdout=out, stderr=io.StringIO())
    return out.getvalue()


def erase_noor(*said: str) -> str:
    account = ["--account", ELSEWHERE["name"], "--home-page", ELSEWHERE["homePage"]]
    return erase("--address", ADDRESS, *account, *said)


def finished() -> Erasure:
    return Erasure.objects.get(finished_at__isnull=False)


def old(month: int) -> int:
    """Microseconds since 1970: a moment long ago."""
    return int(datetime(2024, month, 1, tzinfo=UTC).timestamp() * 1_000_000)


STATE = DocumentKind.STATE
