"""Which questions an attempt asks."""

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from leer.questions.marking.drawing import draw, shortage
from leer.questions.marking.frozen import FrozenQuestion, Kind, Quiz, Slot

NAMES = "abcdefgh"


def question(key: str, parallel: str = "") -> FrozenQuestion:
    return FrozenQuestion(Kind.REFLECTION, key, "?", "", parallel=parallel)


def quiz(*slots: Slot, parallel: dict[str, str] | None = None) -> Quiz:
    """A quiz with these places; the questions are those that the places name."""
    keys = dict.fromkeys(key for slot in slots for key in slot.keys)
    found = tuple(question(key, (parallel or {}).get(key, "")) for key in keys)
    return Quiz("Quiz", found, slots)


def fixed(*keys: str) -> Slot:
    return Slot(1, keys)


def drawn(count: int, keys: str) -> Slot:
    return Slot(count, tuple(keys), is_draw=True)


def test_chosen_questions_are_asked_in_their_order() -> None:
    assert draw(quiz(fixed("b"), fixed("a")), (), Random(1)) == ("b", "a")


def test_a_draw_is_random_and_the_same_for_the_same_attempt() -> None:
    bank = quiz(drawn(2, NAMES))
    draws = {draw(bank, (), Random(seed)) for seed in range(50)}
    assert len(draws) > 20
    assert draw(bank, (), Random(7)) == draw(bank, (), Random(7))


def test_a_second_attempt_asks_what_was_not_asked_while_there_is_any() -> None:
    bank = quiz(drawn(3, NAMES))
    first = draw(bank, (), Random(1))
    second = draw(bank, first, Random(2))
    assert not set(first) & set(second)
    third = draw(bank, (*first, *second), Random(3))
    assert len(set(third) - {*first, *second}) == 2
    assert set(third) & {*first, *second} <= set(first)  # what was asked longest ago


def test_questions_that_stand_for_each_other_take_turns_and_the_chosen_one_is_first() -> None:
    pair = quiz(fixed("a", "b"), parallel={"a": "p", "b": "p"})
    assert draw(pair, (), Random(1)) == ("a",)
    assert draw(pair, ("a",), Random(1)) == ("b",)
    assert draw(pair, ("a", "b"), Random(1)) == ("a",)


def test_two_that_stand_for_each_other_are_never_both_drawn() -> None:
    bank = quiz(drawn(3, "abcd"), parallel={"a": "p", "b": "p"})
    for seed in range(30):
        assert len({"a", "b"} & set(draw(bank, (), Random(seed)))) == 1


def test_a_draw_leaves_a_chosen_question_its_place() -> None:
    both = quiz(drawn(2, "abc"), fixed("a"))
    for seed in range(30):
        assert draw(both, (), Random(seed))[2] == "a"


def test_what_there_is_too_little_of_is_drawn_as_far_as_it_goes() -> None:
    small = quiz(fixed("a"), drawn(3, "ab"))
    assert draw(small, (), Random(1)) == ("a", "b")
    assert shortage(small) == {1: 2}
    assert draw(quiz(drawn(2, "")), (), Random(1)) == ()
    assert shortage(quiz(fixed("a", "b"), fixed("b", "a"), parallel={"a": "p", "b": "p"})) == {1: 1}


slots = st.lists(
    st.one_of(
        st.sampled_from(NAMES).map(fixed),
        st.builds(
            drawn,
            st.integers(1, 2),
            st.text(NAMES, max_size=5).map(lambda t: "".join(sorted(set(t)))),
        ),
    ),
    min_size=1,
    max_size=3,
)


@given(slots=slots, seed=st.integers(0, 1000), before=st.lists(st.sampled_from(NAMES), max_size=6))
def test_nothing_is_asked_twice_and_the_places_are_as_full_as_they_can_be(
    slots: list[Slot], seed: int, before: list[str]
) -> None:
    bank = quiz(*slots)
    asked = draw(bank, before, Random(seed))
    assert len(set(asked)) == len(asked)
    seats = [slot.keys for slot in slots for _place in range(slot.count)]
    assert len(asked) == _most(seats)


def _most(seats: list[tuple[str, ...]]) -> int:
    """By trying everything."""
    return max(
        len({key for key in choice if key}) for choice in product(*[(*keys, "") for keys in seats])
    )
