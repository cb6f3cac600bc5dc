"""Names and places, by the sentence that they stand in."""

import time

import pytest

from leer.deidentification.api import Kind, search


def found(text: str, kind: Kind = Kind.PERSON) -> list[str]:
    return [one.text for one in search(text) if one.kind is kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Roos belde af.", ["Roos"]),
        ("Ze gaf haar een roos.", []),
        ("De bakker zei niets.", []),
        ("Toen zei Bakker niets.", ["Bakker"]),
        ("Bakker zei niets.", ["Bakker"]),
        ("In de winter is het koud.", []),
        ("Dat vroeg collega Winter ook.", ["Winter"]),
        ("dat zei mevrouw de wit", ["de wit"]),
        ("op de witte muur", []),
        ("jan de vries was er", ["jan de vries"]),
        ("Van der Meulen had dienst.", ["Van der Meulen"]),
        ("Ze sprak met J.P. van den Berg, en met d'Hondt.", ["J.P. van den Berg", "d'Hondt"]),
        ("AYŞE YILDIZ en PIET DE BOER", ["AYŞE YILDIZ", "PIET DE BOER"]),
        ("Verdachte T. kocht een auto.", ["T"]),
        ("Kwabenah Osei-Tutu lachte.", ["Kwabenah Osei-Tutu"]),
        ("Fatima’s broer.", ["Fatima"]),
        ("Jansen, De Boer & Zn.", ["Jansen", "De Boer"]),
        ("morgen met jürgen overleggen", ["jürgen"]),
        ("dritan zat er ook bij", ["dritan"]),
        ("een überhaupt rare vraag aan de coördinator, een föhn", []),
        ("1. Jan\n2. Kees", ["Jan", "Kees"]),
        ("JAN", ["JAN"]),
        ("Goedendag. Dat was alles.", []),
        ("Hij liep weg. ‘Hij?’ vroeg ze.", []),
        ("De Douane en het Openbaar Ministerie.", []),
        ("Eén van hen zei: ‘Wát zeg je?’", []),
        ("Een vriendin van Wilma, en Wilma.", ["Wilma", "Wilma"]),
        ("De baas van Peter en een broer van Dritan.", ["Peter", "Dritan"]),
        ("Toen kwam agent van Dijk, en mevrouw van Peter.", ["van Dijk", "van Peter"]),
        ("Twee alten keken om. Daar zat Alten.", ["Alten"]),
    ],
)
def test_a_name_is_told_from_a_word(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Hij kwam uit Best.", ["Best"]),
        ("Best aardig van hem.", []),
        ("Het is het beste zo.", []),
        ("ze woont in den haag", ["den haag"]),
        ("Bij de kade, op De Kade.", ["De Kade"]),
        ("De kade is nat.", []),
        (
            "De trein van Bergen op Zoom naar 's-Hertogenbosch.",
            ["Bergen op Zoom", "'s-Hertogenbosch"],
        ),
        ("De vlucht naar Xyloportum.", ["Xyloportum"]),
        ("De Rotterdamse haven.", ["Rotterdamse"]),
        ("Minister Kaag zei niets.", []),
    ],
)
def test_a_place_is_told_from_a_word(text: str, places: list[str]) -> None:
    assert found(text, Kind.PLACE) == places


@pytest.mark.parametrize(
    "piece",
    ["A-", "a.", "a.b ", "1 ", "1-", "A1", "Jan van de ", "rue de la ", "a@", "\n", "&#65;", "J."],
)
def test_no_text_keeps_the_server_busy(piece: str) -> None:
    """What anybody types costs about as much as prose of the same length, whatever it is."""
    prose = "De container stond al drie uur op de kade voordat iemand keek. " * 80
    search(prose)
    ordinary = _cost(prose)
    assert _cost(piece * (len(prose) // len(piece))) < 12 * ordinary + 0.05


def _cost(text: str) -> float:
    started = time.process_time()
    search(text)
    return time.process_time() - started
