"""Which marks a text may hold, and which would do something in Twine but not in Leer."""

import pytest

from leer.scenarios.engine import TweeError, parse

from .examples import changed, example

ALLOWED = [
    "Gewone tekst, met komma's; en 's middags.",
    "Een *zacht* en een **hard** woord.",
    "**Hij zegt: *nu* of nooit.**",
    "- een\n- twee\n  en nog wat",
    "Een zin - met een streepje – en nog één.",
    "‘Hoi’, zegt hij. “Dag”, zeg jij.",
    "Minder < dan meer > en 3 < 5 & meer.",
    "Om 12.30 uur op 3 mei. Het kost € 1.000.",
    "Een regel\nen de volgende.",
    "Bel 112, of Meld Misdaad Anoniem: 0800-7000.",
    "R&D; vraagt iets.".replace(";", ""),
]

FORBIDDEN = [
    "# Kop",
    "> Blok",
    "* punt",
    "+ punt",
    "1. punt",
    "2) punt",
    "---",
    "===",
    "Tekst\n-",
    "***",
    "- een\n  - binnen",
    "    code",
    "\tcode",
    "Hij <em>zegt</em>.",
    "<!-- geheim -->",
    "</div>",
    "Een&nbsp;spatie",
    "Een &#233;",
    "{druk}",
    "{embed passage: 'x'}",
    "Zie [hier](x).",
    "![plaat](x)",
    "[ ] doen",
    "`code`",
    "~~klein~~",
    "_nadruk_",
    "__sterk__",
    "***beide***",
    "Einde \\",
    "a | b",
    "Zie https://voorbeeld.nl",
    "Zie www.voorbeeld.nl",
    "Mail jan@voorbeeld.nl",
    "5 * 3 is vijftien",
    "**half*",
    "* losse ster*",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_plain_text_and_light_emphasis_are_kept_as_written(text):
    blocks = example(("Goed zo.", text)).passages["r-nee"].blocks
    assert [block.text for block in blocks] == [text]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_anything_that_would_do_more_is_refused(text):
    with pytest.raises(TweeError) as refused:
        parse(changed(("Goed zo.", f"Goed.\n\n{text}")))
    assert {found.code for found in refused.value.problems} <= {"markup-forbidden", "emphasis-open"}
    assert {found.passage for found in refused.value.problems} == {"r-nee"}


def test_emphasis_and_arrows_are_refused_in_a_choice_but_not_in_text():
    assert example(("Goed zo.", "Goed *zo*."))
    for text in ("Je zegt *nee*", "Links<-rechts"):
        with pytest.raises(TweeError):
            parse(changed(("[[Je zegt nee->", f"[[{text}->")))
