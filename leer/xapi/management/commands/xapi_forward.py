"""Other LRSs that get the ledger's statements, from the shell."""

import getpass
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from leer.xapi.forwarding import refusals, targets
from leer.xapi.forwarding.delivering import Outcome, deliver
from leer.xapi.forwarding.sending import TargetUnwell
from leer.xapi.models import Credential, ForwardTarget
from leer.xapi.transfer.moments import moment
from leer.xapi.transfer.progress import Progress

WITH_NAME: dict[str, str] = {
    "pause": "stuur voorlopig niets door",
    "resume": "ga weer verder, meteen",
    "remove": "vergeet het doel; wat het heeft, houdt het",
    "run": "stuur nu door en toon de voortgang",
    "refused": "toon welke feiten het doel weigerde",
    "retry": "bied de geweigerde feiten nog eens aan",
}


class Command(BaseCommand):
    help = "Doelen waarheen het grootboek zijn feiten doorstuurt: maken, tonen en bedienen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True)
        does.add_parser("list", help="toon alle doelen, met wat er nog wacht")
        add = does.add_parser("add", help="maak een doel; het geheim wordt gevraagd")
        add.add_argument("name", help="hoe het doel heet")
        add.add_argument("endpoint", help="het adres, zoals https://lrs.example/xapi")
        add.add_argument("--key", required=True, help="de sleutel bij het doel")
        add.add_argument("--version", default=Credential.NEW, help="xAPI-versie: 1.0.3 of 2.0.0")
        add.add_argument("--prefix", action="append", default=[], help="begin van activiteiten")
        add.add_argument("--verb", action="append", default=[], help="IRI van een werkwoord")
        add.add_argument("--batch", type=int, default=250, help="feiten per verzoek, hooguit 500")
        add.add_argument("--since", help="alleen wat vanaf dan binnenkwam: 2027-01-01T00:00:00Z")
        add.add_argument("--paused", action="store_true", help="stuur nog niets door")
        for name, text in WITH_NAME.items():
            does.add_parser(name, help=text).add_argument("name", help="naam van het doel")

    def handle(self, *args: Any, **options: Any) -> None:
        work: Callable[..., None] = getattr(self, f"_{options['does']}")
        if options["does"] in WITH_NAME:
            work(self._target(options["name"]))
        else:
            work(options)

    def _target(self, name: str) -> ForwardTarget:
        target = ForwardTarget.objects.filter(name=name).first()
        if target is None:
            raise CommandError("Dit doel is er niet. Bekijk ze met: xapi_forward list")
        return target

    @transaction.atomic
    def _add(self, options: dict[str, Any]) -> None:
        try:
            target = targets.add(
                name=options["name"],
                endpoint=options["endpoint"],
                key=options["key"],
                secret=_secret(),
                version=options["version"],
                activity_prefixes=options["prefix"],
                verbs=options["verb"],
                batch_size=options["batch"],
                since=moment(options["since"]),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if options["paused"]:
            targets.pause(target)
        self.stdout.write(f"{target} staat klaar. Wat het krijgt, is een kopie buiten Leer:")
        self.stdout.write("vergeten of verbergen in Leer verandert daar niets.")

    def _list(self, options: dict[str, Any]) -> None:
        for target in ForwardTarget.objects.order_by("name"):
            waits = targets.backlog(target)
            self.stdout.write(f"{target}  {target.endpoint}  {_state(target)}")
            self.stdout.write(f"    wacht       {_told(waits)}")
            self.stdout.write(
                f"    afgeleverd  {target.delivered}  {_at(target.last_delivered_at)}"
            )
            if refused := target.refusals.count():
                self.stdout.write(f"    geweigerd   {refused}")
            if target.last_error:
                again = _at(target.try_again_at)
                self.stdout.write(f"    fout        {target.last_error}")
                self.stdout.write(f"    pogingen    {target.failures}, weer om {again}")

    def _pause(self, target: ForwardTarget) -> None:
        targets.pause(target)
        self.stdout.write(f"{target} is gepauzeerd.")

    def _resume(self, target: ForwardTarget) -> None:
        targets.resume(target)
        self.stdout.write(f"{target} gaat verder.")

    def _remove(self, target: ForwardTarget) -> None:
        targets.remove(target)
        self.stdout.write(f"{target.name} is weg.")

    def _run(self, target: ForwardTarget) -> None:
        progress = Progress(self.stderr, "doorsturen")
        outcome = Outcome.MORE
        while outcome is Outcome.MORE:
            outcome = deliver(target.pk, early=True, tell=progress.add)
        progress.end()
        target.refresh_from_db()
        if outcome is Outcome.UNWELL:
            raise CommandError(f"Het doel neemt nu niets aan: {target.last_error}")
        if outcome is Outcome.IDLE:
            raise CommandError("Gepauzeerd, of een ander proces is al bezig met dit doel.")
        self.stdout.write(self.style.SUCCESS("Alles is doorgestuurd."))

    def _refused(self, target: ForwardTarget) -> None:
        for one in target.refusals.order_by("pk").iterator():
            at = _at(one.refused_at)
            said = " ".join(one.answer.split())
            self.stdout.write(f"{one.statement_id}  {one.status}  {at}  {said}")

    def _retry(self, target: ForwardTarget) -> None:
        try:
            taken, left = refusals.try_again(target)
        except refusals.Busy as error:
            raise CommandError("Een ander proces is nu bezig met dit doel.") from error
        except TargetUnwell as error:
            raise CommandError(f"Het doel neemt nu niets aan: {error}") from error
        self.stdout.write(f"{taken} aangenomen of vergeten, {left} weer geweigerd.")


def _secret() -> str:
    """Asked for, or from standard input: on a command line everybody on the machine sees it."""
    if sys.stdin.isatty():
        return getpass.getpass("geheim: ")
    return sys.stdin.readline().rstrip("\r\n")


def _state(target: ForwardTarget) -> str:
    if target.paused_at:
        return "gepauzeerd"
    return "wacht na een fout" if target.try_again_at else "aan"


def _told(waits: targets.Backlog) -> str:
    more = "+" if waits.is_more else ""
    since = f"  sinds {_at(waits.since)}" if waits.since else ""
    return f"{waits.count}{more}{since}"


def _at(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
