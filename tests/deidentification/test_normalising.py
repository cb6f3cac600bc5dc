"""Whatever is hidden in a text is found, and the finding is where it is in the original."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leer.deidentification.api import Kind, search
from leer.deidentification.engine.normalising import searchable
from tests.deidentification.corpus.make import DISGUISES

PLANTED = {
    "NL91 ABNA 0417 1643 00": Kind.IBAN,
    "06-12345678": Kind.PHONE,
    "MSCU 123456-6": Kind.CONTAINER,
    "123.456.782": Kind.BSN,
    "12-GBX-4": Kind.PLATE,
    "12 maart 2024": Kind.DATE,
    "Hoek van Holland": Kind.PLACE,
    "Małgorzata Çelik": Kind.PERSON,
}
# What stands around it has no letters or digits that could belong to it.
AROUND = st.text(alphabet=" .,;:!?()\n\u00a0\u200b\u00adéß&<>/’“–", max_size=30)


@settings(max_examples=100)
@given(
    before=AROUND,
    behind=AROUND,
    planted=st.sampled_from(sorted(PLANTED)),
    how=st.sampled_from(sorted(DISGUISES)),
)
def test_what_is_planted_is_found_where_it_is(
    before: str, behind: str, planted: str, how: str
) -> None:
    hidden = DISGUISES[how](planted).replace("¶", "\n")
    text = f"{before} zo: {hidden} . {behind}"
    start = text.index(hidden, len(before))
    over = [f for f in search(text) if f.start < start + len(hidden) and start < f.end]
    [found] = over
    assert found.kind is PLANTED[planted]
    assert found.text == text[found.start : found.end]
    assert _visible(found.text) == _visible(hidden)


def _visible(text: str) -> str:
    """What a reader sees of it, without the tags that make it bold."""
    plain = text.removeprefix("<b>").replace("</b>", "")
    return searchable(plain).text.strip()


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_every_character_that_is_searched_has_its_place_in_the_original(text: str) -> None:
    read = searchable(text)
    assert len(read.text) == len(read.starts) == len(read.ends)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(read.starts, read.ends, strict=True)
    )
    assert read.starts == sorted(read.starts)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_no_two_findings_overlap(text: str) -> None:
    findings = search(text)
    assert all(text[f.start : f.end] == f.text for f in findings)
    assert all(a.end <= b.start for a, b in pairwise(findings))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Amster\u00addam", "Amsterdam"),
        ("Ams-\nterdam", "Amsterdam"),
        ("Jan-\nWillem", "Jan-\nWillem"),
        ("０６", "06"),
        ("٠٦١٢", "0612"),
        ("Ҫа", "Ҫa"),
        ("ﬁets", "fiets"),
        (unicodedata.normalize("NFD", "Öztürk"), "Öztürk"),
        ("&Ouml;zt&#252;rk", "Öztürk"),
        ("AT&T", "AT&T"),
        ("foto%20Jan%C3%A9.jpg", "foto Jané.jpg"),
        ("100%FF", "100%FF"),
        ("Jan <b>de</b> Vries", "Jan de Vries"),
        ("Jan</p><p>Kees", "Jan\n\nKees"),
        ('Jan</p><p data-block-key="x7k2p">Kees', "Jan\n\nKees"),
        ('<img alt="Jan">', '<img alt="Jan">'),
        ("‘Jan’ – “nee”", "'Jan' - \"nee\""),
    ],
)
def test_how_a_text_is_read(written: str, read: str) -> None:
    assert searchable(written).text == read


@pytest.mark.parametrize(
    "text",
    [
        'een foto <embed alt="Jan de Vries op de kade" embedtype="image" id="3"/>',
        "![de kade met Jan de Vries](/media/12)",
        "foto_Jan-de-Vries_3.jpg",
        "fotoJanDeVries.jpg",
        "Bijschrift:Jan\u00a0de\u00a0Vries",
        "Jan\u200b de\u200b Vries",
        "Ja\u00adn de Vri\u00ades",
        "Jan\r\nde Vries",
    ],
)
def test_a_name_is_found_wherever_it_hides(text: str) -> None:
    [found] = [f for f in search(text) if f.kind is Kind.PERSON]
    words = searchable(found.text).text.replace("-", " ").split()
    assert words in (["Jan", "de", "Vries"], ["JanDeVries"])
