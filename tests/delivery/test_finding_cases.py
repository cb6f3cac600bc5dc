"""Which cases are shown to who asks for a theme, a phase or a function; no table is needed."""

from datetime import date

import pytest

from cursussen import api as content
from leer.delivery.finding_cases import Found, find

PHASES = {phase.slug: phase for phase in content.phases()}


def case(
    slug: str, phase: str = "", functions: tuple[str, ...] = (), theme: str = ""
) -> content.CaseSummary:
    themes = (content.ThemeData(theme, theme.upper()),) if theme else ()
    return content.CaseSummary(
        title=slug,
        slug=slug,
        key=slug,
        summary="",
        themes=themes,
        phase=PHASES.get(phase),
        functions=functions,
        picture=None,
        published_on=date(2026, 1, 1),
        minutes=1,
        practice=None,
        policy=None,
    )


CASES = (
    case("pas", "contact", ("kade", "alle functies"), "bvi"),
    case("koe", "gift", ("Balie", "P&O"), "bvi"),
    case("foto", "contact", ("balie",), "ethiek"),
    case("los"),
)


def slugs(found: Found) -> list[str]:
    return [case.slug for case in found.cases]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, ["pas", "koe", "foto", "los"]),
        ({"thema": "bvi"}, ["pas", "koe"]),
        ({"fase": "contact"}, ["pas", "foto"]),
        ({"functie": "po"}, ["koe", "pas"]),
        ({"functie": "balie"}, ["koe", "foto", "pas"]),
        ({"functie": "balie", "fase": "contact"}, ["foto", "pas"]),
        ({"functie": "balie", "fase": "dreiging"}, []),
        (
            {"functie": "bestaat-niet", "fase": "ook-niet", "iets": "anders"},
            ["pas", "koe", "foto", "los"],
        ),
    ],
    ids=str,
)
def test_what_is_asked_narrows_the_list(asked: dict[str, str], wanted: list[str]) -> None:
    assert slugs(find(CASES, asked)) == wanted


def test_what_can_be_chosen_says_how_many_there_are() -> None:
    theme, phase, function = find(CASES, {}).ways
    assert [(one.slug, one.count) for one in theme.values] == [("bvi", 2), ("ethiek", 1)]
    assert [one.slug for one in phase.values] == list(PHASES)
    assert {one.slug: one.count for one in phase.values if one.count} == {"contact": 2, "gift": 1}
    assert [(one.name, one.count) for one in function.values] == [
        ("Balie", 3),
        ("kade", 1),
        ("P&O", 2),
    ]


def test_each_choice_can_be_taken_away_and_leaves_the_others() -> None:
    chosen = find(CASES, {"fase": "contact", "functie": "balie"}).chosen
    assert [(one.way.chosen and one.way.chosen.name, one.without) for one in chosen] == [
        ("contact", "functie=balie"),
        ("Balie", "fase=contact"),
    ]
