"""What the ledger's IRIs are called on a screen.

Known verbs make a whole sentence, since a language puts its verb where it wants. Anything else
is shown by its own words or by the end of its IRI.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leer.xapi.scopes import Scope
from leer.xapi.statements.names import path_of
from leer.xapi.statements.views import languages_of
from leer.xapi.statements.vocabulary import VOIDED, ActivityType, Verb

type Text = str | Promise
ADL = "http://adlnet.gov/expapi/verbs/"
ADL_TYPE = "http://adlnet.gov/expapi/activities/"


@dataclass(frozen=True)
class Word:
    """A verb by itself, and the sentence that it makes of ``who`` and ``what``."""

    label: Text
    sentence: Text


VERBS: Mapping[str, Word] = {
    Verb.LAUNCHED.value: Word(_("startte"), _("%(who)s startte %(what)s")),
    Verb.INITIALIZED.value: Word(_("begon met"), _("%(who)s begon met %(what)s")),
    Verb.COMPLETED.value: Word(_("rondde af"), _("%(who)s rondde %(what)s af")),
    Verb.ANSWERED.value: Word(_("beantwoordde"), _("%(who)s beantwoordde %(what)s")),
    Verb.WAS_ASSIGNED.value: Word(
        _("kreeg toegewezen"), _("%(who)s kreeg %(what)s toegewezen")
    ),
    Verb.WAIVED.value: Word(
        _("hoeft niet te doen"), _("%(who)s hoeft %(what)s niet te doen")
    ),
    ADL + "attempted": Word(_("deed een poging voor"), _("%(who)s deed een poging voor %(what)s")),
    ADL + "experienced": Word(_("bekeek"), _("%(who)s bekeek %(what)s")),
    ADL + "progressed": Word(_("vorderde in"), _("%(who)s vorderde in %(what)s")),
    ADL + "interacted": Word(_("werkte met"), _("%(who)s werkte met %(what)s")),
    ADL + "suspended": Word(_("pauzeerde"), _("%(who)s pauzeerde %(what)s")),
    ADL + "resumed": Word(_("ging verder met"), _("%(who)s ging verder met %(what)s")),
    ADL + "terminated": Word(_("stopte met"), _("%(who)s stopte met %(what)s")),
    ADL + "exited": Word(_("verliet"), _("%(who)s verliet %(what)s")),
    ADL + "attended": Word(_("was bij"), _("%(who)s was bij %(what)s")),
    "http://activitystrea.ms/read": Word(_("las"), _("%(who)s las %(what)s")),
    Verb.ACKNOWLEDGE.value: Word(
        _("las en begreep"), _("%(who)s las en begreep %(what)s")
    ),
    Verb.SATISFIED.value: Word(_("voldeed aan"), _("%(who)s voldeed aan %(what)s")),
    Verb.RETRACTED.value: Word(
        _("heeft niet meer"), _("%(who)s heeft %(what)s niet meer")
    ),
    "http://id.tincanapi.com/verb/earned": Word(
        _("behaalde"), _("%(who)s behaalde %(what)s")
    ),
    "http://id.tincanapi.com/verb/expired": Word(
        _("is verlopen"), _("%(what)s van %(who)s is verlopen")
    ),
    VOIDED: Word(_("trok in"), _("%(who)s trok %(what)s in")),
}  # fmt: skip

# Verbs that say how well somebody did (``vocabulary.is_outcome``) are one verb here, so that
# neither the sentence nor the filter tells which it was.
OUTCOMES = frozenset(ADL + name for name in ("passed", "failed", "mastered", "scored"))
OUTCOME = Word(_("kreeg een uitslag voor"), _("%(who)s kreeg een uitslag voor %(what)s"))
OTHER_SENTENCE = _("%(who)s – %(verb)s – %(what)s")

TYPES: Mapping[str, Text] = {
    ActivityType.MODULE.value: _("de module"),
    ActivityType.LESSON.value: _("de les"),
    ActivityType.ASSESSMENT.value: _("de toets"),
    ActivityType.INTERACTION.value: _("de vraag"),
    ActivityType.SCENARIO.value: _("het verhaal"),
    ActivityType.LEARNING_PLAN.value: _("het leerplan"),
    ADL_TYPE + "course": _("de cursus"),
    ADL_TYPE + "meeting": _("de bijeenkomst"),
    ADL_TYPE + "media": _("de film of het geluid"),
    ADL_TYPE + "simulation": _("de simulatie"),
    "http://activitystrea.ms/article": _("de casus"),
    ActivityType.DOCUMENT.value: _("het document"),
}

SCOPES: Mapping[Scope, tuple[Text, Text]] = {
    Scope.STATEMENTS_WRITE: (
        _("Feiten schrijven"),
        _("Mag nieuwe feiten aan het grootboek toevoegen."),
    ),
    Scope.STATEMENTS_READ_MINE: (
        _("Eigen feiten lezen"),
        _("Mag lezen wat met deze sleutel zelf is geschreven."),
    ),
    Scope.STATEMENTS_READ: (
        _("Alle feiten lezen"),
        _("Mag feiten van alle systemen lezen, met de namen van personen erin."),
    ),
    Scope.STATE: (
        _("Toestand bewaren"),
        _("Mag bijhouden waar iemand gebleven is. Ingekocht lesmateriaal heeft dit vaak nodig."),
    ),
    Scope.DEFINE: (
        _("Activiteiten beschrijven"),
        _("Mag de naam en beschrijving van activiteiten bepalen, voor iedereen die ze leest."),
    ),
    Scope.PROFILE: (
        _("Profielen bewaren"),
        _("Mag gegevens bij een activiteit of een persoon bewaren."),
    ),
    Scope.ALL_READ: (
        _("Alles lezen"),
        _("Mag alles lezen: feiten, toestand en profielen."),
    ),
    Scope.ALL: (
        _("Alles"),
        _("Mag alles lezen en schrijven. Geef dit alleen voor beheer of om te testen."),
    ),
}  # fmt: skip


def short(iri: str) -> str:
    """The part of an IRI that tells most: one of ours without its base, else the end of it."""
    if own := path_of(iri):
        return "/".join(own)
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


def in_language(words: Any, language: str) -> str:
    """From a language map: in the reader's language, or in whatever there is. Empty without."""
    if not words:
        return ""
    for wish in (*languages_of(language), "nl", "en", "und"):
        for tag, text in words.items():
            if tag.lower().split("-")[0] == wish.lower().split("-")[0]:
                return str(text)
    return str(next(iter(words.values())))
