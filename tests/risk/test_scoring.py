"""The score in plain Python: what it may never do, whatever the levels and the weights."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leer.risk.scoring import algorithm as algorithms
from leer.risk.scoring import stability, window
from leer.risk.scoring.algorithm import CHOSEN, Algorithm, AlgorithmError, Band, Factor, Version
from leer.risk.scoring.score import SHARES, band, contribution, mrf_level, score

NOW = algorithms.algorithm().versions[-1]
BANDS = [Band.BASE, Band.MEDIUM, Band.HIGH, Band.VERY_HIGH]
levels = st.fixed_dictionaries({factor: st.integers(0, 4) for factor in Factor})
shares = st.builds(
    lambda people, risky: min(risky, people) / people, st.integers(1, 60), st.integers(0, 60)
)
teams = st.dictionaries(st.integers(1, 10_000), st.tuples(levels, shares), min_size=1, max_size=12)


@st.composite
def versions(draw: st.DrawFn) -> Version:
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=5, max_size=5)))
    weights = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    return replace(NOW, weights=dict(zip(Factor, weights, strict=True)))


@given(levels, versions())
def test_a_score_is_between_nothing_and_a_hundred(chosen: dict[Factor, int], by: Version) -> None:
    assert 0 <= score(chosen, by) <= 100


def test_the_ends_are_reached() -> None:
    assert score(dict.fromkeys(Factor, 0), NOW) == 0
    assert score(dict.fromkeys(Factor, 4), NOW) == 100


@given(levels, st.sampled_from(Factor), shares, versions())
def test_a_higher_level_never_lowers_score_or_band(
    chosen: dict[Factor, int], factor: Factor, share: float, by: Version
) -> None:
    higher = chosen | {factor: min(chosen[factor] + 1, 4)}
    assert score(higher, by) >= score(chosen, by)
    before, after = (band(score(one, by), share, by) for one in (chosen, higher))
    assert BANDS.index(after) >= BANDS.index(before)


@given(levels, versions())
def test_the_parts_are_the_whole(chosen: dict[Factor, int], by: Version) -> None:
    parts = [contribution(factor, chosen[factor], by) for factor in Factor]
    assert sum(parts) == score(chosen, by)


@pytest.mark.parametrize(
    ("value", "share", "expected"),
    [
        (75, 0, Band.VERY_HIGH),
        (74.75, 0, Band.HIGH),
        (50, 0, Band.HIGH),
        (49.75, 0, Band.MEDIUM),
        (25, 0, Band.MEDIUM),
        (24.75, 0, Band.BASE),
        (0, 0.5, Band.HIGH),
        (0, 0.49, Band.BASE),
        (90, 0.9, Band.VERY_HIGH),
    ],
)
def test_the_bands_and_their_edges(value: float, share: float, expected: Band) -> None:
    assert band(value, share, NOW) is expected


@pytest.mark.parametrize(
    ("risky", "people", "level"),
    [(0, 7, 0), (1, 10, 1), (1, 9, 2), (3, 12, 2), (2, 7, 3), (3, 6, 3), (4, 7, 4), (5, 5, 4)],
)
def test_the_level_of_a_share(risky: int, people: int, level: int) -> None:
    assert mrf_level(risky / people) == level


@given(st.integers(1, 500), st.sampled_from([1, 10, 25, 50]))
def test_a_share_on_the_edge_is_not_above_it(people: int, percent: int) -> None:
    """Whole numbers decide: no rounding lifts a team of exactly a tenth above a tenth."""
    if people * percent % 100 == 0 and percent != 1:
        risky = people * percent // 100
        assert mrf_level(risky / people) == [0.10, 0.25, 0.50].index(percent / 100) + 1
    assert len(SHARES) == 4


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(-40, 40))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    found = window.months_later(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_signal_counts_in_its_window_only(established: date) -> None:
    first, end = window.counts_from(established), window.counts_until(established)
    assert not window.counts_on(established, first - timedelta(days=1))
    assert window.counts_on(established, first)
    assert window.counts_on(established, end - timedelta(days=1))
    assert not window.counts_on(established, end)
    assert 364 <= (end - first).days <= 367


# How firm ----------------------------------------------------------------------------------------


def firm(levels_: Mapping[Factor, int], share: float, **options: float) -> stability.Firmness:
    return stability.firmness(levels_, share, NOW, draws=60, **options)  # type: ignore[arg-type]


def quarter(levels_: Mapping[Factor, int], others: list, **options: float) -> float:
    everybody = [*others, levels_]
    return stability.quarter_kept(levels_, everybody, NOW, draws=60, **options)  # type: ignore[arg-type]


@given(levels, shares, st.lists(levels, max_size=12))
def test_nothing_moves_when_the_weights_do_not(chosen: dict, share: float, others: list) -> None:
    found = firm(chosen, share, spread=0)
    assert found.band == 1
    assert np.isclose(found.low, found.high)
    assert quarter(chosen, others, spread=0) == 1


@given(levels, shares, st.lists(levels, max_size=12))
def test_a_share_of_draws_is_a_share_and_the_score_lies_between(
    chosen: dict, share: float, others: list
) -> None:
    found = firm(chosen, share)
    assert 0 <= found.band <= 1
    assert -1e-9 <= found.low <= found.high <= 100 + 1e-9
    assert 0 <= quarter(chosen, others) <= 1


@given(levels, st.lists(levels, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_teams_makes_no_difference(chosen: dict, others: list, dice) -> None:
    shuffled = list(others)
    dice.shuffle(shuffled)
    assert quarter(chosen, shuffled) == quarter(chosen, others)


@given(levels, st.lists(levels, max_size=8))
def test_the_quarter_in_a_draw_is_that_of_the_teams_in_order(chosen: dict, others: list) -> None:
    """The quick way for all draws at once says what looking at each draw says."""
    everybody = [*others, chosen]

    def in_draw(weights: np.ndarray) -> int:
        scores = [
            round(sum(w * one[f] for w, f in zip(weights, Factor, strict=True)), 7)
            for one in everybody
        ]
        return sum(score > scores[-1] for score in scores) * 4 // len(everybody)

    now = in_draw(np.array(NOW.as_row(), dtype=float))
    kept = [in_draw(weights) == now for weights in stability.drawn_weights(NOW.as_row(), 60)]
    assert quarter(chosen, others) == sum(kept) / 60


def test_a_single_team_is_alone_in_its_quarter() -> None:
    assert quarter(dict.fromkeys(Factor, 2), []) == 1


def test_a_team_at_the_edge_of_a_band_is_less_firm_than_one_in_its_middle() -> None:
    edge = dict.fromkeys(Factor, 0) | {Factor.POWER: 4, Factor.INFORMATION: 1}  # 25
    middle = dict.fromkeys(Factor, 0) | {Factor.POWER: 3}  # 15
    assert firm(edge, 0.0).band < 0.8
    assert firm(middle, 0.0).band == 1


@given(teams)
def test_draws_without_a_move_are_the_scores_and_bands_of_now(given_: dict) -> None:
    (drawn,) = stability.drawn(given_, NOW, draws=1, spread=0)
    for key, (chosen, share) in given_.items():
        value, found = drawn[key]
        assert value == pytest.approx(score(chosen, NOW))
        assert found is band(score(chosen, NOW), share, NOW)


def test_drawn_weights_stay_a_hundred_and_within_reach() -> None:
    drawn = stability.drawn_weights(NOW.as_row())
    assert np.allclose(drawn.sum(axis=1), 100)
    ratio = drawn / np.array(NOW.as_row())
    assert ratio.min() > 0.8 / 1.2
    assert ratio.max() < 1.2 / 0.8
    assert np.array_equal(drawn, stability.drawn_weights(NOW.as_row()))


def test_bands_in_a_draw_are_the_bands_of_the_score() -> None:
    """The quick way for all teams at once says what the plain way says."""
    dice = np.random.default_rng(1)
    rows = dice.integers(0, 5, size=(300, len(Factor)))
    floor = dice.integers(0, 2, size=300).astype(bool)
    scores = stability._scores(rows.astype(float), np.array([NOW.as_row()], dtype=float))
    quick = stability._bands(scores, floor, tuple(NOW.bands.values()))[0]
    plain = [
        BANDS.index(band(score(dict(zip(Factor, row, strict=True)), NOW), float(many), NOW))
        for row, many in zip(rows.tolist(), floor, strict=True)
    ]
    assert quick.tolist() == plain


# The data file -----------------------------------------------------------------------------------

TEXT = algorithms.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mrf_share = 25, power = 20", "mrf_share = 26, power = 20"),
        ("very_high = 75, high = 50", "very_high = 50, high = 75"),
        ('code = "access"', 'code = "power"'),
        ('plain = { nl = "", en = "" }', 'plain = { nl = "Er is iets gezien.", en = "x" }'),
        ("mrf_share = 4\n", "mrf_share = 5\n"),
        (
            'nl = "functionaris voor gegevensbescherming", en = "data protection officer"',
            'nl = "programmamanager integriteit", en = "integrity programme manager"',
        ),
        ('  { nl = "Elke dag.", en = "Every day." },\n', ""),
    ],
)
def test_a_data_file_that_does_not_add_up_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(AlgorithmError):
        algorithms.read(TEXT.replace(old, new))


def test_a_new_version_holds_from_its_day_and_the_old_one_before() -> None:
    later = TEXT[TEXT.index("\n[[versions]]") : TEXT.index("# What a bulk start")]
    later = later.replace("number = 1", "number = 2").replace("2026-01-01", "2027-01-01")
    later = later.replace("mrf_share = 25, power = 20", "mrf_share = 20, power = 25")
    both: Algorithm = algorithms.read(f"{TEXT}\n{later}")
    assert both.on(date(2026, 12, 31)).number == 1
    assert both.on(date(2027, 1, 1)).number == 2
    assert both.on(date(2020, 1, 1)).number == 1


def test_nothing_that_is_looked_at_is_about_a_person() -> None:
    assert [factor.value for factor in Factor] == [
        "mrf_share",
        "power",
        "information",
        "access",
        "exposure",
        "signals",
    ]
    assert Factor.MRF_SHARE not in CHOSEN


def test_every_text_is_there_in_both_languages() -> None:
    for card in algorithms.algorithm().factors.values():
        for text in (card.name, card.question, *card.anchors):
            assert text.nl.strip()
            assert text.en.strip()
            assert text.nl != text.en
        assert bool(card.plain.nl) is bool(card.plain.en)
