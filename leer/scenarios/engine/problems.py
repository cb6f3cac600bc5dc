# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a scenario, in the words of the writer who has to mend it.

A ``Problem`` has a stable code for programs and a Dutch sentence (B1) for people. All sentences
stand together in ``MESSAGES``, so that they can be read, translated and tested as one text.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: what is wrong, where, and how to put it right.

    ``line`` counts from 1 in the Twee text; 0 means that no line can be pointed at (the whole
    scenario, or a scenario that was loaded from its compiled form). ``passage`` is empty for the
    same reason.
    """

    code: str
    message: str
    line: int = 0
    passage: str = ""

    def __str__(self) -> str:
        line = f"regel {self.line}" if self.line else ""
        passage = f"“{self.passage}”" if self.passage else ""
        return ": ".join(part for part in (line, passage, self.message) if part)


def problem(code: str, *, line: int = 0, passage: str = "", **values: object) -> Problem:
    """Return the problem called ``code``, its sentence filled in with ``values``."""
    return Problem(code, MESSAGES[code].format_map(values), line, passage)


READING_MESSAGES = {
    # the file as a whole
    "control-character": "Hier staat een onzichtbaar stuurteken ({character}). Haal het weg.",
    "text-before-first-passage": "Er staat tekst boven de eerste passage. Begin het bestand met "
    "een regel als “:: StoryTitle”.",
    "header-unreadable": "De kop van deze passage is niet te lezen. Schrijf hem als "
    "“:: naam [scene fase-contact]”.",
    "name-missing": "Deze passage heeft geen naam. Zet een naam achter de dubbele punten.",
    "name-forbidden": "De naam “{name}” bevat {mark}. Twine leest zo'n naam of een keuze "
    "ernaartoe verkeerd. Kies een naam zonder dat teken.",
    "name-twice": "De naam “{name}” komt twee keer voor (eerder op regel {first}). "
    "Geef een van de twee passages een andere naam.",
    "position-unreadable": "De gegevens achter de kop zijn niet te lezen. Schrijf ze als "
    '{{"position":"100,100"}}, of haal ze weg.',
    "title-missing": "Het scenario heeft geen titel. Voeg een passage “:: StoryTitle” toe met de "
    "titel op één regel.",
    "data-missing": "De passage “:: StoryData” ontbreekt. Voeg haar toe, met ifid, format en "
    "start.",
    "data-unreadable": "StoryData is geen geldige JSON ({detail}). Kijk naar komma's, "
    "aanhalingstekens en accolades.",
    "data-unknown-key": "StoryData heeft een onbekende eigenschap “{key}”. Haal die weg.",
    "ifid-wrong": "De ifid in StoryData ontbreekt of klopt niet. Gebruik een UUID, zoals "
    "D674C58C-DEFA-4F70-B7A2-27742230C0FC, en verander die daarna nooit meer.",
    "format-wrong": "Dit scenario is gemaakt voor “{format}”. Kies in Twine het verhaalformaat "
    "Chapbook, versie 2.",
    "start-missing": "StoryData zegt niet waar het verhaal begint. Zet bij “start” de naam van de "
    "eerste scène.",
    # the card
    "card-missing": "De kaart ontbreekt. Voeg een passage “:: kaart [kaart]” toe met regels als "
    "“versie: 1”.",
    "card-header-wrong": "De kaart heet anders dan haar label. Schrijf de kop als "
    "“:: kaart [kaart]”.",
    "card-line-unreadable": "Deze regel op de kaart is niet te lezen. Schrijf “sleutel: waarde”.",
    "card-key-twice": "De sleutel “{key}” staat twee keer op de kaart. Houd er één over.",
    "counters-unreadable": "De teller “{text}” is niet te lezen. Schrijf hem als "
    "“druk 0..3 = 0”, met komma's tussen de tellers.",
    "counter-twice": "De teller “{counter}” staat twee keer op de kaart. Houd er één over.",
    "counter-name-reserved": "Een teller mag niet “{counter}” heten: die naam is al van Chapbook, "
    "van de browser of van Leer. Kies een andere naam.",
    "counter-start-outside": "De teller “{counter}” begint op {start}, maar mag alleen van "
    "{minimum} tot en met {maximum} gaan. Verander het begin of de grenzen.",
    # the labels behind a name
    "script-forbidden": "Deze passage bevat een script of een stijlblad. Dat mag niet in een "
    "scenario. Haal de passage weg.",
    "kind-wrong": "Deze passage heeft {found} van de labels scene, reactie en einde. Geef haar er "
    "precies één.",
    "tag-unknown": "Het label “{tag}” bestaat niet of hoort niet bij {kind}. Haal het weg of "
    "verbeter het.",
    "tag-twice": "Het label “{tag}” staat er twee keer. Houd er één over.",
    "phase-twice": "Deze scène heeft meer dan één fase. Houd er één over.",
    "outcome-wrong": "Dit einde heeft {found} van de labels veilig, leermoment en schade. Geef het "
    "er precies één.",
    # the part above "--"
    "separator-twice": "Er staat nog een regel met alleen “--”. Chapbook gooit weg wat daarna "
    "komt. Haal deze regel weg.",
    "separator-missing": "Deze regel lijkt op een instelling, maar er staat geen regel met alleen "
    "“--” onder. Zet die regel tussen de instellingen en de tekst.",
    "trailing-space": "Voor of achter “{text}” staat een spatie. Daardoor herkent Chapbook de "
    "regel niet. Haal de spatie weg.",
    "variable-unreadable": "Deze instelling is niet te lezen. Schrijf “druk: druk + 1”, “druk: 2” "
    "of “plek: 'De kantine'”.",
    "variable-unquoted": "De waarde van “{name}” moet tussen enkele aanhalingstekens. Staat er een "
    "apostrof in de tekst? Schrijf die als \\' of als ’.",
    "variable-twice": "“{name}” wordt hier twee keer ingesteld. Houd er één over.",
    # text and choices
    "markup-forbidden": "Hier staat {what}. Dat mag niet in een scenario. {mend}",
    "emphasis-open": "Een sterretje heeft geen partner. Schrijf *nadruk* of **sterke nadruk**.",
    "modifier-forbidden": "“{text}” mag hier niet. Alleen [if teller >= 2] (met >=, >, <=, < of "
    "===, en && ertussen) en [continue] mogen.",
    "condition-empty": "Onder deze voorwaarde staat niets. Chapbook plakt haar dan aan het "
    "volgende stuk. Zet er tekst of een keuze onder, of haal de regel weg.",
    "choice-unreadable": "Deze keuze is niet te lezen. Schrijf [[tekst->naam van de passage]] op "
    "een eigen regel.",
    "choice-target-spaces": "Er staat een spatie rond “{target}”. Chapbook vindt de passage dan "
    "niet. Haal de spaties bij de pijl en de haken weg.",
}

RULE_MESSAGES = {
    "start-unknown": "Het verhaal begint bij “{start}”, maar die passage bestaat niet. Verbeter "
    "“start” in StoryData.",
    "start-not-scene": "Het verhaal begint bij een {kind}. Begin met een scène.",
    "counter-not-started": "De eerste scène zet de teller “{counter}” niet op {start}. Twine kan "
    "het verhaal dan niet spelen. Zet bovenaan “{counter}: {start}”, met daaronder “--”.",
    "counter-unknown": "De teller “{counter}” staat niet op de kaart. Verbeter de naam, of zet hem "
    "op de kaart achter “tellers:”.",
    "choice-twice": "Twee keuzes gaan naar “{target}”. Een keuze is bekend aan haar doel, dus maak "
    "er één van of geef ze elk een eigen reactie.",
    "reaction-choices": "Een reactie heeft precies één keuze: de weg verder. Hier staan er "
    "{count}.",
    "ending-choices": "Een einde heeft geen keuzes. Haal ze weg, of maak er een scène van.",
    "value-misplaced": "“{name}” hoort niet bij {kind}. Haal de regel weg.",
}

PROOF_MESSAGES = {
    "card-key-missing": "Op de kaart ontbreekt “{key}”. Voeg de regel “{key}: …” toe.",
    "pass-rule-unknown": "De slaagregel “{rule}” bestaat niet. Kies een van deze: {rules}.",
    "counter-words-wrong": "Bij “tellernamen” staat “{counter}”, maar dat is geen teller, of er "
    "staat geen naam achter. Schrijf “tellernamen: druk = de druk op jou”.",
    "target-unknown": "De keuze “{text}” gaat naar “{target}”, maar die passage bestaat niet. "
    "Verbeter het doel of voeg de passage toe.",
    "states-too-many": "Dit scenario kent meer dan {limit} situaties en is daarom niet na te "
    "lopen. Gebruik minder tellers, of maak hun bereik kleiner.",
    "counter-outside": "De teller “{counter}” komt hier op {value}, maar mag alleen van {minimum} "
    "tot en met {maximum} gaan. Verruim de grenzen op de kaart of verander de stap.",
    "dead-end": "Hier kan de speler niet verder{situation}: er is geen keuze die mag. Voeg een "
    "keuze toe die dan wel mag.",
    "unreachable": "Deze passage is nooit te bereiken. Laat een keuze ernaartoe gaan, of haal haar "
    "weg.",
    "no-way-out": "Vanaf hier komt de speler nooit bij een einde{situation}: het verhaal blijft "
    "ronddraaien. Maak een keuze die eruit leidt.",
    "no-safe-ending": "Geen enkele weg komt bij een veilig einde. Maak minstens één weg die "
    "daar uitkomt.",
    "no-recovery": "Vanaf deze scène is geen veilig einde meer te halen{situation}. Maak een weg "
    "terug, of geef de scène het label “fataal”.",
    "choice-never": "De keuze “{text}” is nooit te zien: haar voorwaarde klopt in geen enkele "
    "situatie. Verander de voorwaarde of haal de keuze weg.",
    "language-passage-missing": "In deze taal ontbreekt de passage “{name}”. Voeg haar toe.",
    "language-passage-extra": "Deze passage bestaat alleen in deze taal. Voeg haar ook toe in de "
    "andere taal, of haal haar weg.",
    "language-passage-different": "Deze passage werkt anders dan in de andere taal: kijk naar "
    "labels, tellers, voorwaarden en doelen van keuzes.",
    "language-story-different": "Het begin of de tellers zijn anders dan in de andere taal. Maak "
    "ze gelijk.",
}

FILE_MESSAGES = {
    "file-encoding": "Dit bestand is geen UTF-8 (byte {byte}). Bewaar het als UTF-8.",
    "language-card-different": "Op de kaart staat “taal: {card}”, maar het bestand heet “{file}”. "
    "Maak ze gelijk.",
    "language-ifid-twice": "Deze ifid hoort al bij {other}. Elk bestand heeft een eigen ifid: laat "
    "er hier een nieuwe maken.",
}
"""About files in folders (``leer/scenarios/files.py``); their tests are with the commands."""

ADVICE_MESSAGES = {
    "card-key-unknown": "De kaart heeft een onbekende sleutel “{key}”. Is het een tikfout?",
    "choices-many": "Hier ziet de speler {count} keuzes. Meer dan {limit} is veel; kan het met "
    "minder?",
    "path-long": "Wie de langste weg neemt, klikt {count} keer tot het einde. Meer dan {limit} is "
    "lang voor één keer; kan er een scène uit?",
    "scene-long": "Deze scène heeft {count} woorden. Probeer onder de {limit} te blijven.",
    "safe-first": "In elke scène staat een veilige keuze bovenaan. Wissel de volgorde af, anders "
    "leert de speler de plek in plaats van het antwoord.",
    "safe-longest": "In elke scène is een veilige keuze de langste. Maak de andere keuzes net zo "
    "uitgebreid.",
    "first-choice-final": "Na de keuze “{text}” in de eerste scène is geen veilig einde meer te "
    "halen. Een eerste fout hoort een weg terug te houden.",
    "text-never": "Dit stuk tekst is nooit te zien: de voorwaarde klopt in geen enkele situatie.",
    "looks-like-phone": "“{text}” lijkt op een telefoonnummer. Haal het weg als het echt kan zijn.",
    "looks-like-plate": "“{text}” lijkt op een kenteken. Haal het weg als het echt kan zijn.",
    "looks-like-container": "“{text}” lijkt op een containernummer. Haal het weg als het echt kan "
    "zijn.",
    "looks-like-name": "“{text}” lijkt op de naam van iemand die echt bestaat. Een voornaam alleen "
    "is genoeg.",
    "sentence-long": "De zin “{text} …” heeft {count} woorden. Zinnen tot {limit} woorden lezen "
    "makkelijker.",
    "word-long": "“{text}” is een lang woord. Kan het korter, of in twee woorden?",
}

MESSAGES = READING_MESSAGES | RULE_MESSAGES | PROOF_MESSAGES | FILE_MESSAGES | ADVICE_MESSAGES
"""Every sentence that the engine can say, by the code of its problem."""
