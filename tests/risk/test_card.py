"""The algorithm card says what the data file says, table by table."""

from pathlib import Path

from django.conf import settings

from leer.risk.pages import BANDS
from leer.risk.scoring.algorithm import CHOSEN, Band, Factor, algorithm
from leer.risk.scoring.stability import DRAWS, SPREAD

CARD = (Path(settings.BASE_DIR) / "docs" / "algoritmekaart.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The rows of the table under this heading, without its head."""
    section = CARD.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_the_versions_are_those_of_the_file() -> None:
    assert table("Versies") == [
        [
            str(version.number),
            version.valid_from.isoformat(),
            version.reason.nl,
            "; ".join(one.nl for one in version.decided_by),
        ]
        for version in algorithm().versions
    ]


def test_the_weights_and_bands_are_those_in_force_last() -> None:
    now = algorithm().versions[-1]
    names = {factor: card.name.nl for factor, card in algorithm().factors.items()}
    assert table("Gewichten") == [[names[f], str(now.weights[f])] for f in Factor]
    least = {**now.bands, Band.BASE: 0}
    assert table("Banden") == [[str(name), str(least[band])] for band, name in BANDS.items()]
    assert f"Heeft {now.high_from_share:.0%}".replace("%", " %") in CARD


def test_the_anchors_are_those_of_the_file() -> None:
    assert table("Stappen") == [
        [card.name.nl, *(anchor.nl for anchor in card.anchors)]
        for card in algorithm().factors.values()
    ]


def test_the_defaults_are_those_of_the_file() -> None:
    assert table("Standaard voor een team dat nog niemand beoordeelde") == [
        [str(level), *(str(levels[factor]) for factor in CHOSEN)]
        for level, levels in algorithm().provisional.items()
    ]


def test_how_firm_is_told_as_it_is_worked_out() -> None:
    assert (
        f"{DRAWS:,}".replace(",", ".") + f" keer, elk tot {SPREAD:.0%}".replace("%", " %") in CARD
    )
