"""All text of a case is gathered, also what is on no screen."""

import pytest
from wagtail.rich_text import RichText

from cursussen.gate.gathering import passages_of
from cursussen.models import CasePage
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db


def body(*blocks: object) -> list[object]:
    section = {"kind": "les", "title": "Titel van een deel", "body": list(blocks)}
    return [("section", section)]


def said(page: CasePage) -> str:
    return "\n".join(passage.text for passage in passages_of(page))


def test_every_field_that_somebody_writes_is_there() -> None:
    page = make.draft_case(
        title="een titel", slug="een-adres", summary="een samenvatting", source="een bron",
        functions="een functie", picture_alt="een beschrijving", sensitivity="een gevoeligheid",
    )  # fmt: skip
    for words in ("een titel", "een-adres", "een samenvatting", "een bron", "een functie",
                  "een beschrijving", "een gevoeligheid"):  # fmt: skip
        assert words in said(page)


def test_a_text_is_read_without_its_tags_and_with_what_its_links_say() -> None:
    html = '<p>Bel <b>hem</b> <a href="mailto:jan@voorbeeld.nl">nu</a>.</p>'
    page = make.draft_case(sections=body(("text", RichText(html))))
    assert "Bel hem nu." in said(page)
    assert "mailto:jan@voorbeeld.nl" in said(page)


def test_a_quote_a_picture_and_a_film_tell_all_their_words() -> None:
    picture = make.picture("kade4_jan_de_vries")
    picture.tags.add("Sluisplein")
    page = make.draft_case(
        sections=body(
            ("quote", {"text": RichText("<p>Wat hij zei</p>"), "who": "Wie het zei"}),
            ("picture", {"image": picture, "alt": "Wat je ziet", "caption": "Wat eronder staat"}),
            (
                "film",
                {
                    "still": picture, "alt": "Het stilstaande beeld", "title": "De film",
                    "duration": "", "video": None, "transcript": RichText("<p>Uitgeschreven</p>"),
                },
            ),
        )
    )  # fmt: skip
    for words in ("Titel van een deel", "Wat hij zei", "Wie het zei", "Wat je ziet",
                  "Wat eronder staat", "kade4_jan_de_vries", "Sluisplein", "Het stilstaande beeld",
                  "De film", "Uitgeschreven"):  # fmt: skip
        assert words in said(page)


def test_where_it_stands_is_said_in_words() -> None:
    page = make.draft_case(sections=body(("text", RichText("<p>zoekplaatje</p>"))))
    (found,) = [passage for passage in passages_of(page) if "zoekplaatje" in passage.text]
    assert found.where.split(" › ")[1:] == ["deel 1", "inhoud", "tekst 1"]


def test_an_older_version_is_read_as_it_was() -> None:
    page = make.draft_case(summary="zoals het was")
    first = page.latest_revision
    page.summary = "zoals het is"
    page.save_revision()
    assert "zoals het was" in said(first.as_object())


def test_the_moment_of_choice_tells_its_question_its_options_and_what_is_said_back() -> None:
    page = make.draft_case()
    for words in ("Mag ik hem even?", "De portier houdt zijn hand op.", "Wat doe jij?",
                  "Ik loop even mee.", "Je helpt, en je pas blijft van jou."):  # fmt: skip
        assert words in said(page)
