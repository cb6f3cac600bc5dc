"""Taking one person out of the ledger, on request."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leer.accounts.api import User
from leer.xapi import erasure, persons
from leer.xapi.erasure import CannotErase, Traces
from leer.xapi.models import Erasure
from leer.xapi.persons import Person
from leer.xapi.statements.checking import Refused
from leer.xapi.transfer.progress import Progress

HOW = {
    False: "Pseudonimiseren: de feiten blijven, onder een toevallige naam en zonder eigen woorden.",
    True: "Wissen: van wat deze persoon deed blijft alleen werkwoord, onderwerp en tijd.",
}


class Command(BaseCommand):
    help = "Haalt een persoon uit het grootboek. Onderbroken? Opnieuw starten gaat verder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        who = parser.add_argument_group("wie (mag vaker, samen één persoon)")
        who.add_argument("--user", help="account in Leer: gebruikersnaam of nummer")
        who.add_argument("--account", action="append", default=[], help="accountnaam")
        who.add_argument("--home-page", default="", help="waar die accountnaam bij hoort")
        who.add_argument("--address", action="append", default=[], help="e-mailadres")
        who.add_argument("--agent", action="append", default=[], help="xAPI-agent als JSON")
        who.add_argument("--resume", action="store_true", help="ga verder met wat is gestopt")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--pseudonymise", action="store_true", help="standaard")
        how.add_argument("--erase", action="store_true", help="laat alleen de telling over")
        parser.add_argument(
            "--rewrite-files",
            action="store_true",
            help="maak ook de bestanden van de database nieuw; intussen ligt het grootboek stil",
        )
        parser.add_argument("--yes", action="store_true", help="vraag niets")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["resume"]:
                self._resume(options)
            else:
                self._take_out(self._person(options), options)
        except CannotErase as error:
            raise CommandError(str(error)) from error

    def _resume(self, options: dict[str, Any]) -> None:
        for one in erasure.unfinished():
            self._carry_on(one, options)

    def _take_out(self, person: Person, options: dict[str, Any]) -> None:
        erasure.ask(person)
        self._tell(person, erasure.traces(person))
        self.stdout.write(HOW[options["erase"]])
        if not options["yes"] and input("Doorgaan? Er is geen weg terug. [j/N] ").lower() != "j":
            raise CommandError("Er is niets veranderd.")
        begun = erasure.begin(person, reduce=options["erase"])
        if begun.reduce != options["erase"]:
            self.stdout.write(f"Dit was al begonnen. {HOW[begun.reduce]}")
        self._carry_on(begun, options)

    def _person(self, options: dict[str, Any]) -> Person:
        found = list(self._identifiers(options))
        if not found:
            raise CommandError("Zeg wie: --user, --account, --address of --agent.")
        return Person.known_as(found)

    def _identifiers(self, options: dict[str, Any]) -> Iterator[str]:
        if options["user"]:
            yield from _of_user(options["user"])
        for name in options["account"]:
            yield from persons.at_account(name, options["home_page"])
        for address in options["address"]:
            yield from persons.at_address(address)
        for agent in options["agent"]:
            try:
                yield from persons.identifiers_in(agent)
            except Refused as error:
                raise CommandError(f"Dit is geen xAPI-agent: {error}") from error

    def _tell(self, person: Person, found: Traces) -> None:
        self.stdout.write("Bekend als:")
        for one in sorted(person.identifiers):
            self.stdout.write(f"  {one}")
        self.stdout.write(f"{found.statements} feiten, waarvan {found.private} voor één persoon")
        self.stdout.write(f"{found.hidden} feiten waar dit alleen in de tekst staat")
        self.stdout.write(f"{found.documents} documenten")
        self._tell_targets(found.targets)

    def _tell_targets(self, targets: dict[str, int]) -> None:
        """Nobody tells them: that is for whoever is responsible for the data."""
        for name, count in targets.items():
            self.stdout.write(f"Doorgestuurd naar {name}: {count} feiten. Vraag daar om hetzelfde.")

    def _carry_on(self, one: Erasure, options: dict[str, Any]) -> None:
        progress = Progress(self.stderr, "herschrijven")
        done = erasure.carry_on(one, progress.add, rewrite_files=options["rewrite_files"])
        progress.end()
        self._tell_end(done)

    def _tell_end(self, done: Erasure) -> None:
        self.stdout.write(self.style.SUCCESS(f"{done.statements} feiten herschreven."))
        self._tell_targets(done.targets)
        if done.named_elsewhere:
            self.stdout.write(
                f"In {done.named_elsewhere} feiten van anderen staat een naam van deze persoon, "
                "of van iemand die net zo heet: die zijn niet veranderd."
            )
        self.stdout.write(
            "Kopieën buiten dit grootboek (uitvoer, reservekopieën, doelen die er niet meer zijn) "
            "zijn niet veranderd."
        )


def _of_user(said: str) -> list[str]:
    """The actor of an account, and its e-mail address: others may have used that."""
    found = User.objects.filter(username=said).first()
    if found is None and said.isdecimal():
        found = User.objects.filter(pk=said).first()
    if found is None:
        raise CommandError("Dit account is er niet. Is het al gewist? Ga verder met --resume.")
    address = persons.at_address(found.email) if found.email else []
    return [*persons.at_account(str(found.actor_name)), *address]
