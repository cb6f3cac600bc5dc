"""Whom a visitor of the demo can be. Plain data: it is printed before Django is loaded."""

from dataclasses import dataclass

PASSWORD = "welkom-bij-leer"  # noqa: S105 (public on purpose: printed at every start)
ENVIRONMENT = {"LEER_DEMO": "1", "LEER_ORGANISATION": "Voorbeelddouane"}


@dataclass(frozen=True)
class SignIn:
    """One person of ``organisatie/medewerkers.csv``, and what there is to try as them."""

    username: str
    name: str
    task: str


SIGN_INS = (
    SignIn("medewerker", "Noor Bakker", "Mijn leren, een module doen"),
    SignIn("k.peeters", "Kevin Peeters", "verhalen spelen: een nieuw team aan de balie"),
    SignIn("leidinggevende", "Ruud Peters", "Mijn team"),
    SignIn("d.kowalska", "Dilan Kowalska", "Mijn team: de teams van een regio, als aantallen"),
    SignIn("redacteur", "Esra Yilmaz", "een casus schrijven, in de redactie"),
    SignIn("eindredacteur", "Joost van Dam", "een casus van een ander goedkeuren"),
    SignIn("beheerder", "Wim Smit", "mensen en teams inlezen, sleutels maken"),
    SignIn("programma", "Hanna Visser", "het grootboek bekijken, zonder namen"),
)
