"""What a works council decides about (WOR art. 27): the list is in code, and each of these is off
until a decision is recorded. A new report or campaign begins with a line here.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Facility(TextChoices):
    """Something that goes beyond what a person sees of the own learning."""

    FOLLOW = "follow", _("volgen per persoon")
    REMIND = "remind", _("herinneringen en duwtjes")
    LAYERS = "layers", _("voortgang van de teams onder een team")
    STANDING = "standing", _("voortgang van een programma")
    FIGURES = "figures", _("cijfers over keuzes en antwoorden")
    EXPORT = "export", _("cijfers als bestand")


@dataclass(frozen=True)
class Meaning:
    """What happens when it is on, in the words of whoever it is about; and what when it is off."""

    on: Promise
    off: Promise


MEANING: dict[Facility, Meaning] = {
    Facility.FOLLOW: Meaning(
        _(
            "Een leidinggevende ziet van elke collega in het eigen team of een module te doen,"
            " bezig, gedaan of verlopen is. Antwoorden, keuzes en scores ziet niemand."
        ),
        _("Een leidinggevende ziet geen namen. Wel aantallen, als de groep groot genoeg is."),
    ),
    Facility.REMIND: Meaning(
        _(
            "Leer schrijft wie nog iets open heeft: rond de laatste dag, of als een leidinggevende"
            " om een duwtje vraagt. Wie leidinggeeft, hoort hoeveel mensen van het team te laat"
            " zijn."
        ),
        _("Leer stuurt geen bericht over wat iemand nog moet doen."),
    ),
    Facility.LAYERS: Meaning(
        _(
            "Wie een team leidt waar andere teams onder vallen, ziet per module hoeveel mensen"
            " daar te doen, bezig, gedaan of verlopen zijn. Kleine teams staan samen. Geen namen."
        ),
        _("Een leidinggevende ziet niets van teams die onder het eigen team vallen."),
    ),
    Facility.STANDING: Meaning(
        _(
            "Het programma ziet hoe ver de uitrol is, als aantallen per regio en risicogroep."
            " Geen namen."
        ),
        _("Het programma kan plannen, en ziet niet hoe ver mensen zijn."),
    ),
    Facility.FIGURES: Meaning(
        _(
            "De redactie en het programma zien hoeveel mensen wat kozen en antwoordden, alleen"
            " over grote groepen. Een team leest in de gespreksgids waar de keuzes van het team"
            " of de organisatie uiteenlopen, zonder aantallen."
        ),
        _("Keuzes en antwoorden worden niet geteld en niet getoond."),
    ),
    Facility.EXPORT: Meaning(
        _("Het programma en de redactie mogen aantallen meenemen als bestand."),
        _("Aantallen staan alleen op het scherm."),
    ),
}
