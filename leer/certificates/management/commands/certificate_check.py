"""Hold certificates against the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.certificates.checking import IS_TRUE, Verdict, check
from leer.certificates.models import Certificate

WORDS = {
    Verdict.HOLDS: "klopt",
    Verdict.EXPIRED: "klopt, en is verlopen",
    Verdict.WITHDRAWN: "ingetrokken door de houder",
    Verdict.VOIDED: "klopt niet: het feit is teruggenomen",
    Verdict.GONE: "klopt niet: het feit staat niet meer in het grootboek",
    Verdict.CHANGED: "klopt niet: het feit zegt iets anders dan toen",
}


class Command(BaseCommand):
    help = "Houdt certificaten tegen het grootboek; stopt met code 1 als er een niet klopt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("which", metavar="TOKEN|all", help="een certificaat, of alle")

    def handle(self, *args: Any, which: str, **options: Any) -> None:
        wrong = count = 0
        for certificate in self._asked(which):
            verdict = check(certificate).verdict
            count += 1
            is_wrong = verdict not in {*IS_TRUE, Verdict.WITHDRAWN}
            wrong += is_wrong
            # Not the token: what a command prints is kept in places where people read along.
            if is_wrong or which != "all":
                self.stdout.write(f"{certificate.public_id}: {WORDS[verdict]}")
        self.stdout.write(f"{count} nagekeken, {wrong} kloppen niet.")
        if wrong:
            raise CommandError("Niet elk certificaat klopt met het grootboek.")

    def _asked(self, which: str) -> Any:
        every = Certificate.objects.select_related("user").order_by("pk")
        if which == "all":
            return every.iterator(chunk_size=500)
        found = every.filter(token=which)
        if not found:
            raise CommandError("Dit certificaat is er niet.")
        return found
