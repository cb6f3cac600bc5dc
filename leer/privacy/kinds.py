"""What a field is about (the classes of the domain document), what it is for, and how long it
is kept.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a field tells of persons. ``A``–``D`` are the classes of the domain document; of class
    E (reports of an approach) there is no field, ever. The value is the name that ``Record`` has
    for its fields of this kind.
    """

    WHO = "who"
    A = "a"
    B = "b"
    C = "c"
    D = "d"
    DUTY = "duty"
    HIDDEN = "hidden"
    NOBODY = "nobody"


WHAT: dict[Kind, Promise] = {
    Kind.WHO: _("wie iemand is en waar iemand werkt"),
    Kind.A: _("wat iemand moet leren en wat gedaan is (klasse A)"),
    Kind.B: _("keuzes, antwoorden en scores (klasse B)"),
    Kind.C: _("antwoorden op een meting (klasse C)"),
    Kind.D: _("risico en planning van teams (klasse D)"),
    Kind.DUTY: _("wat iemand in zijn functie deed: schrijven, besluiten, beheren"),
    Kind.HIDDEN: _("een geheim waarmee iemand binnenkomt"),
    Kind.NOBODY: _("niets over een persoon"),
}
SEEN_BY: dict[Kind, Promise] = {
    Kind.WHO: _("jijzelf, je leidinggevende (je naam) en de beheerder"),
    Kind.A: _(
        "jijzelf; je leidinggevende (of wie die vervangt) als te doen, bezig, gedaan of verlopen;"
        " het programma als aantallen, en bij een vrijstelling of intrekking je naam"
    ),
    Kind.B: _("alleen jijzelf; anderen zien alleen aantallen over een grote groep"),
    Kind.C: _("niemand: zo’n antwoord staat nergens bij een persoon"),
    Kind.D: _("alleen het programma; het gaat over teams, niet over jou"),
    Kind.DUTY: _("wie met hetzelfde werk bezig is: redactie, programma of beheer"),
    Kind.HIDDEN: _("niemand; het staat er onleesbaar"),
}


class Purpose(TextChoices):
    """Why something is kept."""

    ORGANISE = "organise", _("weten wie in welk team werkt en wie het leidt")
    SIGN_IN = "sign_in", _("binnenkomen, en zien wat bij je rol hoort")
    SECURE = "secure", _("inbraak merken en stoppen")
    LEARN = "learn", _("verdergaan waar je was, en je eigen antwoorden teruglezen")
    PROVE = "prove", _("kunnen aantonen wie wat heeft gedaan, en wanneer")
    ROLL_OUT = "roll_out", _("ieder op het goede moment de goede module geven")
    REMIND = "remind", _("je eraan helpen denken, en nooit twee keer")
    STEER = "steer", _("weten hoeveel risico er nog is, per groep")
    PUBLISH = "publish", _("veilig publiceren, met een tweede paar ogen")
    ACCOUNT_FOR = "account_for", _("achteraf kunnen zien wie wat besloot of bekeek")
    RUN = "run", _("het systeem laten werken")


@dataclass(frozen=True)
class Keeping:
    """How long something is kept, in words, and the entry of the schedule (``leer.schedule``)
    that removes it; none where nothing goes by itself.
    """

    words: Promise
    job: str = ""


ACCOUNT = Keeping(
    _("zolang het account er is; de naam gaat eraf als iemand lang genoeg weg is"),
    "forget-leavers",
)
LEAVERS = Keeping(
    _("blijft, zonder naam, als iemand lang genoeg weg is: anders kloppen aantallen niet meer"),
    "forget-leavers",
)
LEDGER = Keeping(
    _("volgens de bewaarregel van het grootboek; zonder regel blijft het"), "apply-retention"
)
EIGHT_HOURS = Keeping(_("acht uur; ’s nachts opgeruimd"), "forget-old-jobs")
A_MINUTE = Keeping(_("een minuut; dan is het opgeteld"), "fold-counts")
THIRTY_DAYS = Keeping(_("dertig dagen nadat het klaar is"), "forget-old-jobs")
CALCULATIONS = Keeping(_("dertig dagen"), "forget-calculations")
PROOFS_OF_ELSEWHERE = Keeping(_("dertig dagen na het besluit"), "forget-proofs-of-elsewhere")
CORRECTIONS = Keeping(
    _("de woorden dertien maanden na het antwoord; dat er is gevraagd en geantwoord blijft"),
    "forget-corrections",
)
A_YEAR = Keeping(_("een jaar: zo ver kijkt het tellen terug"), "count-figures")
IMPORTS = Keeping(_("teksten tot ze zijn verwerkt, de rest dertig dagen"), "forget-old-imports")
LOOKS = Keeping(_("dertien maanden"), "forget-old-looks")
PROGRAMME = Keeping(_("zolang het programma er is"))
COOLING_OFF = Keeping(_("een kwartier, of tot een geslaagde aanmelding"))
ALWAYS = Keeping(_("zolang Leer er is: een oordeel van toen moet later na te gaan zijn"))
NO_LIMIT = Keeping(_("nog geen termijn vastgesteld"))
CONTENT = Keeping(_("zolang de pagina er is"))
NOT_PERSONAL = Keeping(_("niet van toepassing"))
