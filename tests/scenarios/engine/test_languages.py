"""A second language tells the same story."""

from leer.scenarios.engine import compare, parse

from .examples import changed, example, without_passage


def differences(text: str) -> set[str]:
    return {found.code for found in compare(example(), parse(text))}


def test_other_words_are_the_same_story():
    translated = changed(
        ("taal: nl", "taal: en"),
        ("Goed zo.", "Well done."),
        ("[[Je zegt nee->", "[[You say no->"),
        ("'Niemand merkt het'", "'Nobody will notice'"),
    )
    assert differences(translated) == set()


def test_another_order_of_choices_is_the_same_story():
    first, second = "[[Je geeft het hem->r-gegeven]]", "[[Je zegt nee->r-nee]]"
    assert differences(changed((f"{first}\n\n{second}", f"{second}\n\n{first}"))) == set()


def test_another_graph_is_another_story():
    other_target = changed(("[[Verder->schade]]", "[[Verder->les]]"))
    assert differences(other_target) == {"language-passage-different"}
    assert differences(changed(("druk: druk + 1", "druk: 1"))) == {"language-passage-different"}
    assert differences(without_passage("les")) == {"language-passage-missing"}
    more = changed((":: les [", ":: nog-een [einde schade]\nX.\n\n:: les ["))
    assert differences(more) == {"language-passage-extra"}


def test_other_counters_are_another_story():
    assert differences(changed(("0..3 = 0", "0..5 = 0"))) == {"language-story-different"}
