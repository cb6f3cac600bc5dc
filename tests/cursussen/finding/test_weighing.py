"""What is about a situation, by words that were read already. Plain Python."""

import pytest

from cursussen.finding.weighing import Index, Passage

GIFTS, CALLS, PASS = "geschenken", "benaderd", "pas"


def passage(key: str, words: str, weight: float = 1.0, line: str = "") -> Passage:
    return Passage(key, frozenset(words.split()), weight, line)


INDEX = Index(
    [
        passage(GIFTS, "geschenk uitnod", 3.0),
        passage(GIFTS, "fles wijn bedrijf werk"),
        passage(CALLS, "benaderd container werk", 3.0),
        passage(CALLS, "klasgenot container vrag", 2.5, "een oude klasgenoot vraagt"),
        passage(PASS, "pas werk", 3.0),
    ],
    [frozenset({"cadeau", "geschenk"}), frozenset({"badg", "pas"})],
)


def found(words: str) -> list[str]:
    return [hit.key for hit in INDEX.find(words.split())]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("container", CALLS),
        ("cadeau", GIFTS),
        ("badg", PASS),
        ("containernummer", CALLS),
        ("geschekn", GIFTS),
        ("kontainer", CALLS),
        ("klasgenoot", CALLS),
        ("benaaderd", CALLS),
        ("kadeau", GIFTS),
        ("werk wijn", GIFTS),
    ],
    ids=[
        "itself",
        "means-the-same",
        "another",
        "put-together",
        "changed-places",
        "as-it-sounds",
        "too-many",
        "typed-twice",
        "also-a-synonym",
        "rare-says-more",
    ],
)
def test_a_word_stands_for(words: str, first: str) -> None:
    assert found(words)[0] == first


def test_what_a_text_says_more_often_it_is_more_about() -> None:
    once = [passage(PASS, "deur"), passage(PASS, "poort")]
    twice = [passage(CALLS, "deur"), passage(CALLS, "deur poort")]
    (first, second) = Index([*once, *twice]).find(["deur"])
    assert (first.key, second.key) == (CALLS, PASS)
    assert first.score < 2 * second.score


def test_what_nobody_says_finds_nothing() -> None:
    assert found("zeppelin") == []
    assert found("pad") == []  # a short word is no slip for another
    assert found("") == []
    assert Index([]).find(["werk"]) == []


def test_the_situation_that_comes_closest_is_told() -> None:
    (hit, *_others) = INDEX.find(["klasgenot", "container"])
    assert hit.line == "een oude klasgenoot vraagt"
    assert INDEX.find(["wijn"])[0].line == ""


def test_a_text_without_any_of_the_words_is_found_by_what_its_lines_mean() -> None:
    lines = [passage(PASS, f"regel{number}", line=f"regel {number}") for number in range(8)]
    index = Index([passage(PASS, "pas", 3.0), *lines, passage(CALLS, "vrag", line="een vraag")])
    near = {"een vraag": 0.7} | {one.line: 0.3 for one in lines} | {"regel 3": 0.5}
    (hit,) = index.find(["zeppelin"], near)  # one line that is near may be so by chance
    assert (hit.key, hit.line) == (PASS, "regel 3")
    far = dict.fromkeys(near, 0.2)
    assert index.find(["zeppelin"], far) == []


def test_what_is_far_behind_is_left_out() -> None:
    assert found("klasgenot container vrag werk") == [CALLS]
