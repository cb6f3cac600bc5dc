"""From one Leer to another, both real; the other one dies in the middle."""

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.db import connection

from leer.xapi.forwarding import targets
from leer.xapi.forwarding.delivering import Outcome, deliver
from leer.xapi.models import ForwardTarget, StatementRecord
from leer.xapi.statements.comparing import tell_the_same
from leer.xapi.store.partitions import ensure_coming_years
from tests.launcher.test_start import ENVIRONMENT, Start, free_port, processes_on
from tests.support.processes import wait_until
from tests.xapi.forwarding.facts import (
    be_readable,
    forward,
    pointing,
    statement,
    store,
    store_many,
    with_file,
)

pytestmark = pytest.mark.processes
SCOPES = ["statements/write", "statements/read"]
COUNT = 3000


@pytest.fixture
def data(tmp_path: Path, transactional_db: None) -> Iterator[Path]:
    ensure_coming_years()
    folder = tmp_path / "other"
    yield folder
    kill(folder)


def kill(data: Path) -> None:
    for process in processes_on(data):
        process.kill()


def credential(data: Path) -> tuple[str, str]:
    """Made by the other Leer's own command."""
    said = subprocess.run(
        [sys.executable, "manage.py", "xapi_credentials", "make", "bron", "--scopes", *SCOPES],
        env=ENVIRONMENT | {"LEER_DATA": str(data)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return said[1], said[3]


def there(target: ForwardTarget, secret: str, **query: str) -> Any:
    """What the other Leer says of a statement."""
    words = "&".join(f"{name}={value}" for name, value in query.items())
    basic = base64.b64encode(f"{target.key}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "X-Experience-API-Version": "2.0.0"}
    with urlopen(Request(f"{target.endpoint}/statements?{words}", headers=headers)) as answer:
        return json.loads(answer.read())


def test_everything_arrives_at_another_leer_that_is_killed_in_the_middle(data: Path) -> None:
    other = Start(data, free_port())
    other.wait_until_well()
    key, secret = credential(data)
    target = targets.add(
        name="ander",
        endpoint=f"http://127.0.0.1:{other.port}/xapi",
        key=key,
        secret=secret,
        batch_size=50,
    )
    attached = with_file(b"een")
    store(attached, files={attached["attachments"][0]["sha2"]: b"een"})
    [voided] = store(statement())
    store(pointing(voided))
    store_many(COUNT)
    be_readable()
    run = threading.Thread(target=_forward_here, args=[target])
    run.start()
    wait_until(lambda: ForwardTarget.objects.get().delivered > 100 or print(ForwardTarget.objects.get().last_error))
    kill(data)
    run.join(60)
    target.refresh_from_db()
    assert 100 < target.delivered < COUNT
    assert target.failures == 1
    Start(data, other.port).wait_until_well()
    assert forward(target, early=True, seconds=60) is Outcome.UP_TO_DATE
    assert not target.refusals.exists()
    for one in StatementRecord.objects.order_by("position")[::60]:
        asked = "voidedStatementId" if str(one.statement_id) == voided else "statementId"
        found = there(target, secret, **{asked: str(one.statement_id)})
        assert tell_the_same(json.dumps(found), one.raw)
    assert there(target, secret, voidedStatementId=voided)["id"] == voided
    assert target.delivered == COUNT + 3


def _forward_here(target: ForwardTarget) -> None:
    deliver(target.pk, seconds=60)
    connection.close()
