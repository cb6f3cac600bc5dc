"""Terminals and quays that anybody knows by name, and the words that they are not."""

import pytest

from leer.deidentification.api import Kind, search
from leer.deidentification.engine.lexicon import own

HOW = (
    "De container stond bij {}.",
    "Hij werkte bij {}, in de nacht.",
    "Bij {} kende iedereen hem.",
)


def test_every_terminal_is_found_in_each_sentence() -> None:
    """By whichever kind: *Steinweg* could be a street, and *CCT Moerdijk* is a place too."""
    terminals = list(own("terminals.txt"))
    assert len(terminals) > 150
    missed = {
        name
        for name in terminals
        for how in HOW
        if name not in {text for text, _kind in _found(how.format(name))}
    }
    assert missed == set()


@pytest.mark.parametrize(
    "text",
    [
        "Aan de Amazonehaven lag een schip.",
        "Hij stond bij de Prinses Arianehaven.",
        "De bus reed langs het Deurganckdok naar de Kieldrechtsluis.",
        "Ze liepen langs het Hartelkanaal.",
        "Een loods aan de Carel Reynierszhaven.",
    ],
)
def test_a_quay_or_a_lock_is_a_place(text: str) -> None:
    assert Kind.PLACE in {kind for _text, kind in _found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "De terminal was dicht, en de gate ook. Ze stonden aan het dok.",
        "Op een bulkterminal is het stil. De containerterminal was leeg.",
        "Het depot lag achter de loods. Met een pendelbus ging hij naar de poort.",
        "Een mens is geen nummer. Het EK was op televisie. Zet de pc uit.",
        "Op de kade lagen kisten fruit. De haven sliep. Het koelhuis niet.",
        "Hij kreeg een mail van het OM en van een OR-lid. Ter hakken had hij geen tijd.",
    ],
)
def test_what_is_said_of_any_port_is_none(text: str) -> None:
    assert _found(text) == set()


def _found(text: str) -> set[tuple[str, Kind]]:
    return {(one.text, one.kind) for one in search(text)}
