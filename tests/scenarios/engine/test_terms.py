"""Which endings are enough, and what the counters are called."""

import pytest

from leer.scenarios.engine import Outcome, Scenario, counter_words, is_enough, is_scored

from .examples import example

SAFE, LESSON, HARM = Outcome.SAFE, Outcome.LESSON, Outcome.HARM


def with_line(line: str) -> Scenario:
    return example(("herziening: 2027-01-01", f"herziening: 2027-01-01\n{line}"))


@pytest.mark.parametrize(
    ("line", "enough"),
    [
        ("slaagregel: elk einde telt", [SAFE, LESSON, HARM]),
        ("slaagregel: geen schade", [SAFE, LESSON]),
        ("slaagregel: veilig einde nodig", [SAFE]),
        ("rubricering: openbaar", [SAFE, LESSON, HARM]),
    ],
)
def test_the_card_says_which_endings_are_enough(line: str, enough: list[Outcome]):
    story = with_line(line)
    assert [outcome for outcome in Outcome if is_enough(story, outcome)] == enough
    assert is_scored(story) is (len(enough) < len(Outcome))


def test_a_counter_is_called_by_its_words_or_else_by_its_name():
    assert counter_words(with_line("tellernamen: druk = de druk op jou")) == {
        "druk": "de druk op jou"
    }
    long_name = example(
        ("tellers: druk", "tellers: over_tijd 0..1 = 0, druk"),
        ("druk: 0\n--", "over_tijd: 0\ndruk: 0\n--"),
    )
    assert counter_words(long_name)["over_tijd"] == "over tijd"
