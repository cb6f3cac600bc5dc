"""*Waar meld ik wat*: from what somebody is in to whom they call first and what they do now.

The order of help is that of ``domain.md``. Numbers of the service's own are settings, and a gap
that says so while they are empty. Plain data: no table is asked and nothing is kept.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise


@dataclass(frozen=True)
class Contact:
    """Somebody to call. ``phone`` is empty while the service did not fill it in; ``None``: there
    is no one number. ``site`` is where the public reads more of them.
    """

    name: Words
    phone: str | None = None
    site: str = ""

    @property
    def dialled(self) -> str:
        """For a link that calls."""
        return (self.phone or "").replace(" ", "").replace("-", "")


@dataclass(frozen=True)
class Situation:
    """What somebody may be in; ``slug`` is in the address. ``let_be`` is what they need not do.
    ``advice`` is who else thinks along, if anybody is named.
    """

    slug: str
    title: Words
    contact: str
    now: tuple[Words, ...]
    let_be: tuple[Words, ...]
    advice: str = ""


def contacts() -> dict[str, Contact]:
    """Everybody who can be called, by the keys of the situations."""
    return {
        "contact": Contact(
            settings.HELP_CONTACT_NAME or _("het contactpunt"), settings.HELP_CONTACT_PHONE
        ),
        "manager": Contact(_("je leidinggevende")),
        "adviser": Contact(_("een vertrouwenspersoon"), settings.HELP_ADVISER_PHONE),
        "bureau": Contact(_("Bureau Veiligheid en Integriteit (BVI)"), settings.HELP_BUREAU_PHONE),
        "security": Contact(
            _("het meldpunt voor beveiligingsincidenten"), settings.HELP_SECURITY_PHONE
        ),
        "anonymous": Contact(_("Meld Misdaad Anoniem"), "0800-7000"),
        "house": Contact(
            _("Huis voor Klokkenluiders"),
            settings.HELP_HOUSE_PHONE,
            site="www.huisvoorklokkenluiders.nl",
        ),
    }


SITUATIONS = (
    Situation(
        "iemand-wil-iets",
        _("Iemand wil iets van mij"),
        "contact",
        (
            _("Zeg nee, hardop, en liefst waar anderen bij zijn. Dan is het meestal klaar."),
            _("Schrijf op wat je weet: dag, tijd, plaats, wat er is gezegd, de auto."),
            _("Bel vandaag nog. Ook als je nee hebt gezegd."),
        ),
        (
            _("Je hoeft niet zeker te weten of het een benadering is."),
            _("Zoek zelf niets uit en ga niemand achterna."),
        ),
    ),
    Situation(
        "ik-heb-al-iets-gedaan",
        _("Ik heb al iets gegeven of gedaan"),
        "contact",
        (
            _("Stop nu. Doe het geen tweede keer, ook niet om ervan af te zijn."),
            _("Gooi niets weg: geen berichten, geen geld, geen cadeau."),
            _("Bel vandaag. Of ga met iemand die je vertrouwt en bel samen."),
        ),
        (
            _("Je hoeft niet eerst te weten wat de gevolgen zijn. Vraag dat als je belt."),
            _("Je hoeft de ander niets uit te leggen."),
        ),
    ),
    Situation(
        "ik-word-bedreigd",
        _("Ik word bedreigd of gechanteerd"),
        "contact",
        (
            _("Is er nu gevaar voor jou of iemand bij je? Bel 112. De rest komt daarna."),
            _("Bewaar elk bericht en maak een schermafdruk. Antwoord niet."),
            _("Ga niet naar een afspraak, ook niet om het uit te praten."),
            _("Bel het contactpunt, ook als het over thuis gaat."),
        ),
        (_("Je hoeft dit niet alleen te dragen. Ook niet om anderen te sparen."),),
    ),
    Situation(
        "zorgen-over-een-collega",
        _("Ik maak me zorgen over een collega"),
        "manager",
        (
            _("Vraag gewoon hoe het gaat, als dat kan. Je hoeft niemand te verhoren."),
            _("Vertel je leidinggevende wat je zag en hoorde, niet wat je ervan denkt."),
            _("Gaat het over je leidinggevende? Ga dan naar een vertrouwenspersoon."),
        ),
        (
            _("Zoek niets op in een systeem en vraag niet rond."),
            _("Je hoeft niets te bewijzen. Misschien is er een goede uitleg."),
        ),
    ),
    Situation(
        "hier-klopt-iets-niet",
        _("Hier gebeurt iets wat niet klopt"),
        "bureau",
        (
            _("Schrijf op wat je zag: wat, wanneer, waar. Alleen feiten."),
            _("Vertel het je leidinggevende, een vertrouwenspersoon of BVI. Jij kiest."),
            _("Wil je eerst advies, los van de dienst? Dat geeft het Huis voor Klokkenluiders."),
        ),
        (_("Je hoeft niet te weten of het een misstand is. Dat zoeken zij uit."),),
        advice="house",
    ),
    Situation(
        "pas-telefoon-of-account",
        _("Mijn pas, telefoon of account is weg of gebruikt"),
        "security",
        (
            _("Meld het meteen, ook als je denkt dat hij nog opduikt."),
            _("Vertel wat ermee kan: welke deur, welk systeem, welke berichten."),
            _("Verander je wachtwoord op een ander apparaat."),
        ),
        (_("Schaam je niet. Wie snel meldt, beperkt de schade."),),
    ),
    Situation(
        "eerst-met-iemand-praten",
        _("Ik wil er eerst met iemand over praten"),
        "adviser",
        (
            _("Bel of mail een vertrouwenspersoon. Die denkt mee en kiest geen partij."),
            _("Vraag vooraf wat hij of zij geheim kan houden. Veel wel, niet altijd alles."),
            _("Jij beslist daarna wat je doet."),
        ),
        (_("Je hoeft er nog geen woorden voor te hebben."),),
    ),
    Situation(
        "niemand-mag-weten-wie-ik-ben",
        _("Niemand mag weten wie ik ben"),
        "anonymous",
        (
            _("Bel vanaf een telefoon die niet van de dienst is. Ze vragen je naam niet."),
            _("Vertel wat je weet. Zeg erbij wat alleen jij kunt weten, dan letten ze daarop."),
        ),
        (_("Zij kunnen jou niet beschermen. Heb je zelf hulp nodig? Bel dan het contactpunt."),),
    ),
    Situation(
        "iemand-komt-bij-mij",
        _("Iemand komt bij mij, en ik geef leiding"),
        "contact",
        (
            _("Luister en bedank. Vraag wat iemand nu nodig heeft."),
            _("Beloof niets wat je niet kunt nakomen, ook geen geheimhouding."),
            _("Bel vandaag samen het contactpunt."),
            _("Blijf daarna vragen hoe het gaat."),
        ),
        (_("Onderzoek zelf niets en vertel het niet verder, ook niet in het team."),),
    ),
)
BY_SLUG = {situation.slug: situation for situation in SITUATIONS}
