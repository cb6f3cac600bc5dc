"""The two commands as an operator runs them, and the ledger before and after."""

import io
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from leer.xapi.credentials import NewCredential
from leer.xapi.models import StatementRecord
from tests.xapi.forwarding.facts import be_readable


def export(path: Path, *said: str) -> str:
    be_readable()
    out = io.StringIO()
    call_command("xapi_export", str(path), *said, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def import_(
    path: Path, credential: NewCredential, *said: str, complaints: io.StringIO | None = None
) -> str:
    out = io.StringIO()
    given = ["--credential", credential.credential.key, *said]
    call_command("xapi_import", str(path), *given, stdout=out, stderr=complaints or io.StringIO())
    return out.getvalue()


def kept() -> dict[str, StatementRecord]:
    """Everything in the ledger by id, in its order."""
    return {str(one.statement_id): one for one in StatementRecord.objects.order_by("position")}


def empty_the_ledger() -> None:
    with connection.cursor() as cursor:
        for table in (
            "statementid",
            "statementrecord",
            "mention",
            "reference",
            "activity",
            "attachmentfile",
        ):
            cursor.execute(f"truncate xapi_{table}")
