"""Keys of other systems, from the shell: make, list and revoke."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from leer.xapi import credentials
from leer.xapi.models import Credential
from leer.xapi.scopes import DEFAULT, Scope


class Command(BaseCommand):
    help = "Sleutels waarmee andere systemen bij het grootboek komen: maken, tonen, intrekken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="does", required=True)
        does.add_parser("list", help="toon alle sleutels")
        make = does.add_parser("make", help="maak een sleutel; het geheim is één keer te zien")
        make.add_argument("name", help="van wie of waarvoor")
        make.add_argument("--scopes", nargs="+", choices=list(Scope), default=list(DEFAULT))
        make.add_argument("--prefix", default="", help="alleen activiteiten die zo beginnen")
        make.add_argument("--trusted", action="store_true", help="telt mee voor voortgang")
        make.add_argument("--rate-limit", type=int, help="verzoeken per minuut")
        make.add_argument("--version", default=Credential.NEW, help="xAPI-versie: 1.0.3 of 2.0.0")
        make.add_argument("--expires", help="geldig tot, zoals 2027-01-01T00:00:00Z")
        revoke = does.add_parser("revoke", help="trek een sleutel in")
        revoke.add_argument("key", help="de sleutel, niet het geheim")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['does']}")(options)

    def _make(self, options: dict[str, Any]) -> None:
        try:
            new = credentials.make(
                name=options["name"],
                scopes=[Scope(scope) for scope in options["scopes"]],
                activity_prefix=options["prefix"],
                trusted=options["trusted"],
                rate_limit=options["rate_limit"],
                version=options["version"],
                expires_at=self._moment(options["expires"]),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"sleutel  {new.credential.key}")
        self.stdout.write(f"geheim   {new.secret}")
        self.stdout.write("Bewaar het geheim nu: het is niet nog eens te zien.")

    def _list(self, options: dict[str, Any]) -> None:
        for credential in Credential.objects.order_by("name"):
            state = "ingetrokken" if credential.revoked_at else "open"
            scopes = " ".join(credential.scopes)
            self.stdout.write(f"{credential.key}  {state:<11}  {credential.name}  {scopes}")

    def _revoke(self, options: dict[str, Any]) -> None:
        credential = Credential.objects.filter(key=options["key"]).first()
        if credential is None:
            raise CommandError("Deze sleutel is er niet. Bekijk ze met: xapi_credentials list")
        credentials.revoke(credential)
        self.stdout.write(f"{credential.name} is ingetrokken.")

    def _moment(self, said: str | None) -> Any:
        if said is None:
            return None
        moment = parse_datetime(said)
        if moment is None or moment.tzinfo is None:
            raise CommandError("Schrijf het moment als 2027-01-01T00:00:00Z.")
        return moment
