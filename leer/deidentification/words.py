"""What people read about a kind of finding: what it is, and why it should not stay."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leer.deidentification.engine.findings import Kind

NAMES: dict[Kind, Promise] = {
    Kind.PERSON: _("naam van een persoon"),
    Kind.BSN: _("burgerservicenummer"),
    Kind.IBAN: _("rekeningnummer"),
    Kind.PHONE: _("telefoonnummer"),
    Kind.EMAIL: _("e-mailadres"),
    Kind.WEB: _("webadres of gebruikersnaam"),
    Kind.PLATE: _("kenteken"),
    Kind.CONTAINER: _("containernummer"),
    Kind.VESSEL: _("naam of nummer van een schip"),
    Kind.CASE_NUMBER: _("nummer van een zaak of document"),
    Kind.ADDRESS: _("adres"),
    Kind.POSTCODE: _("postcode"),
    Kind.DATE: _("precieze datum"),
    Kind.TIME: _("precieze tijd"),
    Kind.TERMINAL: _("naam van een terminal"),
    Kind.TEAM: _("naam van een team"),
    Kind.PLACE: _("plaatsnaam"),
    Kind.JOB_TITLE: _("zeldzame functie"),
}

REASONS: dict[Kind, Promise] = {
    Kind.PERSON: _("Wie de naam kent, weet over wie het gaat. Kies een andere naam, of geen."),
    Kind.BSN: _("Dit nummer hoort bij één mens. Haal het weg."),
    Kind.IBAN: _("Een rekening hoort bij één houder. Haal het nummer weg."),
    Kind.PHONE: _("Wie dit nummer belt, krijgt iemand aan de lijn. Haal het weg."),
    Kind.EMAIL: _("Een e-mailadres wijst iemand aan. Haal het weg."),
    Kind.WEB: _("Hierachter kan een naam of een verhaal met namen staan. Haal het weg."),
    Kind.PLATE: _("Een kenteken hoort bij één houder. Haal het weg."),
    Kind.CONTAINER: _("Met dit nummer vindt iemand de zaak terug. Haal het weg."),
    Kind.VESSEL: _("Met dit schip vindt iemand de dag en de kade terug."),
    Kind.CASE_NUMBER: _("Met dit nummer vindt iemand het dossier terug. Haal het weg."),
    Kind.ADDRESS: _("Een adres wijst aan wie daar woont of werkt."),
    Kind.POSTCODE: _("Een postcode hoort bij een paar huizen."),
    Kind.DATE: _(
        "Wie weet wanneer het was, kan opzoeken wie er toen werkte. Een seizoen is genoeg."
    ),
    Kind.TIME: _("Met een tijd en een rooster weet iemand wie er was. Een dagdeel is genoeg."),
    Kind.TERMINAL: _("Op een terminal werken mensen die elkaar kennen. Zeg ‘een terminal’."),
    Kind.TEAM: _("De naam van een team wijst een kleine groep aan. Zeg ‘een team’."),
    Kind.PLACE: _("Een plaats maakt de groep klein. Zeg ‘een grote haven’ of ‘een dorp’."),
    Kind.JOB_TITLE: _("Deze functie hebben maar weinig mensen. Kies een gewonere."),
}


def name_of(kind: Kind) -> Promise:
    """What this is, for people."""
    return NAMES[kind]


def reason_of(kind: Kind) -> Promise:
    """Why it could give somebody away, and what to do."""
    return REASONS[kind]
