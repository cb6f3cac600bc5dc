"""Problems in the words of the form.

The engine speaks to somebody with a text file: of labels, the card and lines above ``--``. An
editor has boxes to tick and fields to fill in.
"""

from leer.scenarios.engine import Problem

CARD_LABELS = {
    "versie": "Versie",
    "taal": "Taal",
    "thema": "Thema",
    "signalen": "Signalen",
    "functies": "Functies",
    "leerdoel": "Leerdoel",
    "rubricering": "Rubricering",
    "bron": "Bron",
    "herziening": "Herzien op",
    "slaagregel": "Slaagregel",
}

OWN_WORDS = {
    "story-empty": "Er is nog geen scène. Voeg bij ‘Het verhaal’ de eerste toe.",
    "field-empty": "Vul ‘{label}’ in.",
    "name-used": "Er is al een scène, reactie of einde met de naam “{name}”. Kies een andere naam.",
    "text-missing": "Hier staat nog geen tekst.",
    "outcome-missing": "Kies hoe het afloopt: veilig, leermoment of schade.",
    "choice-empty": "Een keuze heeft nog geen tekst.",
    "choice-nowhere": "De keuze “{text}” gaat nog nergens heen. Kies bij ‘Gaat naar’ een scène, "
    "reactie of einde.",
    "choice-gone": "De keuze “{text}” gaat naar een scène die er niet meer is. Kies bij "
    "‘Gaat naar’ een andere.",
    "onwards-missing": "Kies waar het verhaal na deze reactie verdergaat.",
    "counter-unchosen": "Kies bij elk gevolg en elke voorwaarde een teller. Tellers maak je "
    "bovenaan, bij ‘Tellers’.",
    "counter-gone": "Hier staat een teller die er niet meer is. Kies een andere, of haal het "
    "gevolg of de voorwaarde weg.",
    "counter-name": "“{name}” kan geen naam van een teller zijn. Gebruik kleine letters zonder "
    "spaties, zoals ‘druk’.",
    "reads-otherwise": "Deze tekst kan niet zo blijven staan: Twine en Leer zouden er iets anders "
    "van maken. Kijk naar vierkante haken, sterretjes en regels met alleen streepjes.",
}

INSTEAD = {
    "counter-words-wrong": "In hoe een teller na afloop heet, kan geen komma staan. Zet er iets "
    "anders voor in de plaats.",
    "counter-not-started": "In de eerste scène verandert nog geen teller: die begint op de waarde "
    "die je bij ‘Tellers’ invult. Haal het gevolg hier weg.",
    "start-not-scene": "Het verhaal begint hier, maar dit is geen scène. Zet een scène bovenaan.",
    "modifier-forbidden": "Een regel tussen vierkante haken kan hier niet. Zet een voorwaarde bij "
    "‘Voorwaarden’, en gebruik in de tekst ronde haken.",
    "choice-unreadable": "In de tekst of in een keuze staan dubbele vierkante haken. Een keuze zet "
    "je bij ‘Keuzes’; haal de haken weg.",
}

PHRASES = (
    ("geef de scène het label “fataal”", "zet bij de scène het vinkje ‘Geen weg terug’"),
    (", of zet hem op de kaart achter “tellers:”", ""),
    ("de grenzen op de kaart", "de grenzen bij ‘Tellers’"),
    ("staat twee keer op de kaart", "staat er twee keer"),
)


def in_form_words(problem: Problem) -> str:
    """The message of the engine as the form puts it."""
    message = INSTEAD.get(problem.code, problem.message)
    for theirs, ours in PHRASES:
        message = message.replace(theirs, ours)
    return message
