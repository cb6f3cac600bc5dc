"""A file of lines (newline-delimited JSON) into the ledger."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from leer.xapi import credentials
from leer.xapi.credentials import Client
from leer.xapi.models import Credential
from leer.xapi.scopes import Scope
from leer.xapi.store.writing import Conflict
from leer.xapi.transfer.checkpoint import Changed, Checkpoint
from leer.xapi.transfer.entries import Reader
from leer.xapi.transfer.importing import Import, Result
from leer.xapi.transfer.lines import CannotRead
from leer.xapi.transfer.progress import Progress


class Command(BaseCommand):
    help = "Leest feiten uit een bestand in het grootboek, een per regel; wat er al is, blijft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="bijvoorbeeld grootboek.ndjson.gz")
        parser.add_argument("--credential", required=True, help="de sleutel (zonder geheim)")
        parser.add_argument("--resume", action="store_true", help="ga verder waar het ophield")
        parser.add_argument(
            "--skip-bad", action="store_true", help="neem de goede regels, sla de slechte over"
        )
        parser.add_argument(
            "--keep-authority",
            action="store_true",
            help="houd wie het zei, zoals in het bestand: om een grootboek te verhuizen",
        )
        parser.add_argument("--attachments", type=Path, help="map met de bijlagen")

    def handle(self, *args: Any, **options: Any) -> None:
        reader = Reader(
            client=_client(options["credential"]),
            keep_authority=options["keep_authority"],
            folder=options["attachments"],
        )
        work = Import(
            path=options["file"],
            reader=reader,
            complain=self._complain,
            from_outside=not options["keep_authority"],
        )
        try:
            result = self._do(work, options)
        except CannotRead as error:
            raise CommandError(f"Het bestand is niet te lezen: {error}") from error
        except FileNotFoundError as error:
            raise CommandError("Dit bestand is er niet.") from error
        except Changed as error:
            raise CommandError(
                "Het bestand is veranderd. Begin opnieuw, zonder --resume."
            ) from error
        except Conflict as error:
            raise CommandError(f"Halverwege gestopt: {error}") from error
        self._end(result, moved=options["keep_authority"])

    def _do(self, work: Import, options: dict[str, Any]) -> Result:
        checkpoint = Checkpoint(options["file"], resume=options["resume"])
        if not options["skip_bad"]:
            looking = Progress(self.stderr, "controleren")
            bad = work.check(checkpoint, looking.add)
            looking.end()
            if bad:
                raise CommandError(f"{bad} slechte regels; er is niets ingelezen.")
        writing = Progress(self.stderr, "inlezen    ")
        result = work.take(checkpoint, writing.add, judge=options["skip_bad"])
        writing.end()
        return result

    def _complain(self, number: int, reason: str) -> None:
        self.stderr.write(f"regel {number}: {reason}")

    def _end(self, result: Result, *, moved: bool) -> None:
        said = f"{result.new} nieuw, {result.known} waren er al, {result.bad} overgeslagen."
        self.stdout.write(self.style.SUCCESS(said))
        if moved:
            self.stdout.write("Maak nu de voortgang opnieuw: manage.py progress_rebuild")


def _client(key: str) -> Client:
    open_now = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
    credential = Credential.objects.filter(open_now, key=key, revoked_at=None).first()
    if credential is None:
        raise CommandError("Deze sleutel is er niet, of geldt niet meer: xapi_credentials list")
    client = credentials._client(credential)
    if not client.may(Scope.STATEMENTS_WRITE):
        raise CommandError("Met deze sleutel mag niemand feiten schrijven.")
    return client
