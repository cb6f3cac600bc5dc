"""The rules of what may be shown, over any counts in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leer.disclosure.figures import next_figures, secret_patience
from leer.disclosure.tables import PEOPLE, Balance, Table
from tests.disclosure.worlds import Organisation

FORK = Table((Balance((PEOPLE,), ("ja", "nee", "weg")),))


@given(seed=st.integers(0, 10_000), k=st.integers(5, 12))
def test_figures_are_true_never_fall_move_in_steps_and_leave_k_in_the_middle(
    seed: int, k: int
) -> None:
    world = Organisation(seed, scenes=4, months=12, k=k)
    before: dict[str, int] = {}
    for figures, counts in world.releases():
        assert all(figure <= counts[cell] for cell, figure in figures.items())
        assert all(figure % k == 0 for figure in figures.values())
        assert all(figures.get(cell, 0) >= figure for cell, figure in before.items())
        for balance in world.table.balances:
            whole = sum(figures.get(cell, 0) for cell in balance.whole)
            parts = sum(figures.get(cell, 0) for cell in balance.parts)
            assert parts == 0 or parts <= whole - k
        before = figures


def test_the_budget_goes_to_the_part_of_which_most_is_not_shown_yet() -> None:
    counts = {PEOPLE: 60, "ja": 38, "nee": 19, "weg": 3}
    figures = next_figures(FORK, counts, k=10, shown={}, patience=lambda cell, figure: 0)
    assert figures == {PEOPLE: 60, "ja": 30, "nee": 10}


def test_a_figure_waits_for_its_own_secret_number_of_people() -> None:
    counts = {PEOPLE: 60, "ja": 38, "nee": 19, "weg": 3}
    waits = {"ja": 3, "nee": 9}
    figures = next_figures(
        FORK, counts, k=10, shown={}, patience=lambda cell, _: waits.get(cell, 9)
    )
    assert figures == {PEOPLE: 60, "ja": 30, "nee": 10}
    counts = {PEOPLE: 60, "ja": 32, "nee": 18, "weg": 10}
    figures = next_figures(
        FORK, counts, k=10, shown={}, patience=lambda cell, _: waits.get(cell, 1)
    )
    assert figures == {PEOPLE: 60, "ja": 20}


def test_patience_is_the_same_every_time_and_differs_by_secret_table_cell_and_figure() -> None:
    def waits(secret: str, name: str, cell: str) -> list[int]:
        return [secret_patience(secret, name, 10)(cell, figure) for figure in range(10, 5000, 10)]

    one = waits("a", "tabel", "ja")
    assert one == waits("a", "tabel", "ja")
    assert set(one) == set(range(10))
    others = [waits("b", "tabel", "ja"), waits("a", "tafel", "ja"), waits("a", "tabel", "nee")]
    assert one not in others


@pytest.mark.parametrize(
    "balances",
    [
        (Balance(("ergens",), ("a", "b")),),
        (Balance((PEOPLE,), ("a", "b")), Balance(("a",), ("b", "c"))),
        (Balance((PEOPLE,), ("a", "a")),),
        (
            Balance((PEOPLE,), ("a", "b")),
            Balance(("a",), ("c", "d")),
            Balance(("a", "b"), ("e", "f")),
        ),
    ],
    ids=["no beginning", "a cell twice", "twice in one", "people spent twice"],
)
def test_a_table_for_which_the_bound_does_not_hold_is_refused(
    balances: tuple[Balance, ...],
) -> None:
    with pytest.raises(ValueError, match=r"not made|a part once|that differ"):
        Table(balances)


def test_counts_that_do_not_balance_are_refused() -> None:
    with pytest.raises(ValueError, match="not the whole"):
        FORK.check({PEOPLE: 10, "ja": 4, "nee": 5})
