"""A small sound story, and ways to change one thing in it."""

import re

from leer.scenarios.engine import Scenario, parse

EXAMPLE = """\
:: StoryTitle
Het rooster

:: StoryData
{
  "ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC",
  "format": "Chapbook",
  "format-version": "2.3.0",
  "start": "kantine"
}

:: kaart [kaart]
versie: 1
taal: nl
thema: weerbaar
leerdoel: Je zegt vroeg nee en meldt het dezelfde dag.
bron: Verzonnen.
herziening: 2027-01-01
tellers: druk 0..3 = 0

:: kantine [scene fase-contact] {"position":"100,100"}
plek: 'De kantine, ’s middags'
druk: 0
--
Een kennis vraagt naar je *rooster*.

[[Je geeft het hem->r-gegeven]]

[[Je zegt nee->r-nee]]

:: r-gegeven [reactie]
smoes: 'Het is maar een rooster'
druk: druk + 1
--
Dat lijkt klein.

[[Verder->auto]]

:: r-nee [reactie]
Goed zo.

[[Verder->auto]]

:: auto [scene fase-gift]
plek: 'In de auto'
--
Er ligt een envelop.

[if druk >= 1]
Hij vraagt het nog een keer.

[continue]
[[Je vertelt het je leidinggevende->veilig]]

[[Je zwijgt->r-zwijgen]]

[if druk >= 1]
[[Je wacht tot morgen->les]]

:: r-zwijgen [reactie]
smoes: 'Niemand merkt het'
--
Nu zit je vast.

[[Verder->schade]]

:: veilig [einde veilig]
Je staat er niet alleen voor.

:: les [einde leermoment]
Morgen is laat, maar niet te laat.

:: schade [einde schade]
Het loopt slecht af.
"""


def changed(*replacements: tuple[str, str], text: str = EXAMPLE) -> str:
    """The example with each old piece replaced by the new one; every old piece must be there."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def without_passage(name: str, text: str = EXAMPLE) -> str:
    """The example without one passage."""
    shorter = re.sub(rf"^:: {name}\b.*?(?=^::|\Z)", "", text, flags=re.M | re.S)
    assert shorter != text
    return shorter


def example(*replacements: tuple[str, str]) -> Scenario:
    """The example as a scenario, after changes."""
    return parse(changed(*replacements))
