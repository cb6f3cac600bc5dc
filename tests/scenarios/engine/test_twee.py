"""Reading a scenario file: what is understood, and what is refused with which advice."""

import re

import pytest

from leer.scenarios.engine import (
    Change,
    Condition,
    Counter,
    Effect,
    Kind,
    Operator,
    Outcome,
    Phase,
    TweeError,
    parse,
    write,
)
from leer.scenarios.engine.problems import READING_MESSAGES, RULE_MESSAGES
from leer.scenarios.engine.source import escape, unescape
from leer.scenarios.engine.twee import IFID

from .examples import EXAMPLE, changed, example, without_passage


def refusals(text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(TweeError) as refused:
        parse(text)
    return [(found.code, found.line, found.passage) for found in refused.value.problems]


def codes(text: str) -> set[str]:
    return {code for code, _, _ in refusals(text)}


def line_of(piece: str, text: str = EXAMPLE) -> int:
    return text[: text.index(piece)].count("\n") + 1


class TestUnderstood:
    def test_the_example_is_understood(self):
        scenario = example()
        assert scenario.title == "Het rooster"
        assert scenario.start == "kantine"
        assert scenario.counters == (Counter("druk", 0, 3, 0),)
        assert scenario.card["thema"] == "weerbaar"
        assert "tellers" not in scenario.card
        assert IFID.fullmatch(scenario.ifid)

    def test_a_scene_has_its_phase_place_effects_and_position(self):
        scene = example().passages["kantine"]
        assert (scene.kind, scene.phase) == (Kind.SCENE, Phase.CONTACT)
        assert scene.place == "De kantine, ’s middags"
        assert scene.effects == (Effect("druk", Change.SET, 0),)
        assert scene.position == (100, 100)
        assert scene.line == line_of(":: kantine")

    def test_text_under_a_condition_is_a_block_of_its_own(self):
        first, second = example().passages["auto"].blocks
        assert first.conditions == ()
        assert second.text == "Hij vraagt het nog een keer."
        assert second.conditions == (Condition("druk", Operator.AT_LEAST, 1),)

    def test_a_choice_under_a_condition_carries_it(self):
        always, _, sometimes = example().passages["auto"].choices
        assert always.conditions == ()
        assert sometimes.conditions == (Condition("druk", Operator.AT_LEAST, 1),)
        assert sometimes.line == line_of("[[Je wacht")

    def test_conditions_are_joined_with_and(self):
        scenario = example(("[if druk >= 1]\nHij", "[if druk > 0 && druk < 3]\nHij"))
        assert scenario.passages["auto"].blocks[1].conditions == (
            Condition("druk", Operator.MORE, 0),
            Condition("druk", Operator.LESS, 3),
        )

    def test_endings_and_reactions_say_what_they_are(self):
        passages = example().passages
        assert passages["veilig"].outcome is Outcome.SAFE
        assert passages["r-zwijgen"].rationalisation == "Niemand merkt het"

    def test_a_fatal_scene_is_marked(self):
        scene = example(("[scene fase-gift]", "[scene fase-gift fataal]")).passages["auto"]
        assert scene.fatal

    def test_an_escaped_apostrophe_in_a_value_is_an_apostrophe(self):
        scenario = example(("'Niemand merkt het'", "'Foto\\'s merkt niemand'"))
        assert scenario.passages["r-zwijgen"].rationalisation == "Foto's merkt niemand"

    def test_a_step_down_is_a_negative_amount(self):
        scenario = example(("druk: druk + 1", "druk: druk - 2"))
        assert scenario.passages["r-gegeven"].effects == (Effect("druk", Change.ADD, -2),)

    def test_windows_line_ends_and_a_byte_order_mark_change_nothing(self):
        assert parse("\ufeff" + EXAMPLE.replace("\n", "\r\n")) == example()

    def test_a_twine_export_with_sizes_and_sorted_passages_is_the_same_story(self):
        head, *passages = EXAMPLE.split("\n:: ")
        exported = "\n:: ".join([head, *sorted(passages)]).replace(
            '{"position":"100,100"}', '{"position":"100,100","size":"100,100"}'
        )
        assert parse(exported) == example()
        assert parse(exported).to_json() == example().to_json()

    def test_twine_may_add_a_position_to_the_card_and_a_zoom_to_the_story(self):
        text = changed(
            (":: kaart [kaart]", ':: kaart [kaart] {"position":"0,0","size":"100,100"}'),
            (
                '"start": "kantine"',
                '"start": "kantine", "zoom": 0.6, "tag-colors": {"scene":"red"}',
            ),
        )
        assert parse(text) == example()

    def test_text_after_a_choice_joins_the_text_before_it(self):
        scenario = example(
            ("[[Je vertelt", "[[Je liegt->r-gegeven]]\n\nKies maar.\n\n[[Je vertelt")
        )
        assert [block.text for block in scenario.passages["auto"].blocks] == [
            "Er ligt een envelop.",
            "Hij vraagt het nog een keer.",
            "Kies maar.",
        ]

    def test_a_scenario_without_counters_needs_no_line_for_them(self):
        text = changed(
            ("tellers: druk 0..3 = 0\n", ""),
            ("druk: 0\n", ""),
            ("druk: druk + 1\n", ""),
            ("[if druk >= 1]\nHij vraagt het nog een keer.\n\n[continue]\n", ""),
            ("[if druk >= 1]\n", ""),
        )
        assert parse(text).counters == ()

    def test_a_first_line_that_only_looks_like_a_setting_survives_with_its_separator(self):
        scenario = example(("Goed zo.", "--\nplek: hier is het goed."))
        assert parse(write(scenario)) == scenario


class TestWritten:
    def test_the_same_story_is_always_the_same_text(self):
        text = write(example())
        assert parse(text) == example()
        assert write(parse(text)) == text

    def test_the_counters_are_set_where_twine_begins(self):
        assert "druk: 0\n--" in write(example())

    def test_choices_stand_apart_so_that_twine_shows_them_apart(self):
        assert "[[Je geeft het hem->r-gegeven]]\n\n[[Je zegt nee->r-nee]]" in write(example())

    def test_passages_come_in_reading_order(self):
        text = write(example())
        places = [text.index(f":: {name} [") for name in ("kantine", "r-gegeven", "r-nee", "auto")]
        assert places == sorted(places)

    def test_header_escapes_follow_the_specification(self):
        name = "a[b]{c}\\d"
        assert escape(name) == "a\\[b\\]\\{c\\}\\\\d"
        assert unescape(escape(name)) == name
        assert unescape("\\q") == "q"


# One change to the example, the code it must give, and the line where it points (by its text).
REFUSED = {
    "a control character": (("Goed zo.", "Goed\x00 zo."), "control-character"),
    "a line separator that only browsers see": (
        ("Goed zo.", "Goed\u2028--\u2028zo."),
        "control-character",
    ),
    "text above the first passage": (
        (":: StoryTitle", "Hallo\n:: StoryTitle"),
        "text-before-first-passage",
    ),
    "an unfinished header": ((":: r-nee [reactie]", ":: r-nee [reactie"), "header-unreadable"),
    "a header without a name": ((":: r-nee [reactie]", ":: [reactie]"), "name-missing"),
    "an escaped bracket that Twine reads wrongly": (
        (":: r-nee [reactie]", ":: r\\[nee\\] [reactie]"),
        "name-forbidden",
    ),
    "an arrow in a name": ((":: r-nee [reactie]", ":: r->nee [reactie]"), "name-forbidden"),
    "a name twice": ((":: r-nee [reactie]", ":: r-gegeven [reactie]"), "name-twice"),
    "broken position data": (
        ('{"position":"100,100"}', '{"position":"links"}'),
        "position-unreadable",
    ),
    "no title": (("Het rooster\n", "\n"), "title-missing"),
    "broken story data": (('"start": "kantine"', '"start": "kantine",'), "data-unreadable"),
    "an unknown story property": (('"start"', '"creator": "x", "start"'), "data-unknown-key"),
    "a wrong ifid": (("D674C58C-", ""), "ifid-wrong"),
    "another story format": (('"Chapbook"', '"SugarCube"'), "format-wrong"),
    "Chapbook 1": (('"2.3.0"', '"1.2.3"'), "format-wrong"),
    "no start": ((',\n  "start": "kantine"', ""), "start-missing"),
    "a card under another label": ((":: kaart [kaart]", ":: kaart [card]"), "card-header-wrong"),
    "a card line without a key": (("taal: nl", "Nederlands"), "card-line-unreadable"),
    "a card key twice": (("taal: nl", "taal: nl\ntaal: en"), "card-key-twice"),
    "the counters twice": (("taal: nl", "tellers: druk 0..3 = 0"), "card-key-twice"),
    "a counter without a range": (("druk 0..3 = 0", "druk = 0"), "counters-unreadable"),
    "a counter twice": (("druk 0..3 = 0", "druk 0..3 = 0, druk 0..3 = 0"), "counter-twice"),
    "a counter that the browser owns": (
        ("druk 0..3 = 0", "druk 0..3 = 0, name 0..3 = 0"),
        "counter-name-reserved",
    ),
    "a counter that starts outside its range": (
        ("druk 0..3 = 0", "druk 1..3 = 0"),
        "counter-start-outside",
    ),
    "a script": ((":: schade [einde schade]", ":: schade [script]"), "script-forbidden"),
    "no kind": ((":: auto [scene fase-gift]", ":: auto [fase-gift]"), "kind-wrong"),
    "two kinds": ((":: auto [scene", ":: auto [scene einde"), "kind-wrong"),
    "an unknown label": (
        (":: auto [scene fase-gift]", ":: auto [scene fase-feest]"),
        "tag-unknown",
    ),
    "a fatal reaction": ((":: r-nee [reactie]", ":: r-nee [reactie fataal]"), "tag-unknown"),
    "a label twice": ((":: auto [scene", ":: auto [scene scene"), "tag-twice"),
    "two phases": (("fase-gift", "fase-gift fase-contact"), "phase-twice"),
    "an ending without an outcome": (
        (":: les [einde leermoment]", ":: les [einde]"),
        "outcome-wrong",
    ),
    "an ending with two outcomes": (
        ("[einde leermoment]", "[einde leermoment schade]"),
        "outcome-wrong",
    ),
    "a second separator": (("Goed zo.", "--\nGoed\n--\nzo."), "separator-twice"),
    "a forgotten separator": (("druk: druk + 1\n--", "druk: druk + 1"), "separator-missing"),
    "a separator with a space": (("druk: druk + 1\n--", "druk: druk + 1\n-- "), "trailing-space"),
    "a condition with a space": (("[if druk >= 1]\nHij", "[if druk >= 1] \nHij"), "trailing-space"),
    "arithmetic": (("druk: druk + 1", "druk: druk * 2"), "variable-unreadable"),
    "another counter in a change": (("druk: druk + 1", "druk: rust + 1"), "variable-unreadable"),
    "an octal number": (("druk: druk + 1", "druk: 01"), "variable-unreadable"),
    "a conditional setting": (("druk: druk + 1", "druk (druk > 1): 2"), "variable-unreadable"),
    "a script in a setting": (("druk: druk + 1", "druk: alert(1)"), "variable-unreadable"),
    "a value without quotes": (("'Niemand merkt het'", "Niemand merkt het"), "variable-unquoted"),
    "an apostrophe that ends a value": (("'Niemand merkt het'", "'Foto's'"), "variable-unquoted"),
    "a setting twice": (("druk: druk + 1", "druk: druk + 1\ndruk: 2"), "variable-twice"),
    "HTML": (("Goed zo.", "Goed <b>zo</b>."), "markup-forbidden"),
    "HTML in a value": (("'Niemand merkt het'", "'<i>Niemand</i>'"), "markup-forbidden"),
    "HTML in a choice": (("Je zegt nee->", "Je zegt <b>nee</b>->"), "markup-forbidden"),
    "an asterisk without a partner": (("Goed zo.", "Goed *zo."), "emphasis-open"),
    "else": (("[continue]", "[else]"), "modifier-forbidden"),
    "unless": (("[continue]", "[unless druk > 1]"), "modifier-forbidden"),
    "JavaScript": (("[continue]", "[JavaScript]"), "modifier-forbidden"),
    "or in a condition": (
        ("[if druk >= 1]\nHij", "[if druk >= 1 || druk < 3]\nHij"),
        "modifier-forbidden",
    ),
    "a loose comparison": (("[if druk >= 1]\nHij", "[if druk == 1]\nHij"), "modifier-forbidden"),
    "two modifiers in one": (
        ("[if druk >= 1]\nHij", "[if druk >= 1; align center]\nHij"),
        "modifier-forbidden",
    ),
    "a condition over nothing": (
        ("[if druk >= 1]\nHij vraagt het nog een keer.", "[if druk >= 1]"),
        "condition-empty",
    ),
    "a choice inside a sentence": (
        ("[[Je zegt nee->r-nee]]", "Of [[Je zegt nee->r-nee]]"),
        "choice-unreadable",
    ),
    "a choice without an arrow": (("[[Je zegt nee->r-nee]]", "[[r-nee]]"), "choice-unreadable"),
    "an old kind of link": (
        ("[[Je zegt nee->r-nee]]", "[[Je zegt nee|r-nee]]"),
        "choice-unreadable",
    ),
    "two choices on a line": (
        ("[[Je zegt nee->r-nee]]", "[[Je zegt nee->r-nee]] [[Ja->veilig]]"),
        "choice-unreadable",
    ),
    "a space before a target": (("->r-nee]]", "-> r-nee]]"), "choice-target-spaces"),
    "a start that doesn't exist": (('"start": "kantine"', '"start": "zolder"'), "start-unknown"),
    "a start that is an ending": (('"start": "kantine"', '"start": "veilig"'), "start-not-scene"),
    "a counter that Twine doesn't know": (("druk: 0\n--", "--"), "counter-not-started"),
    "a counter that starts differently in Twine": (
        ("druk: 0\n--", "druk: 1\n--"),
        "counter-not-started",
    ),
    "an unknown counter in a condition": (
        ("[if druk >= 1]\nHij", "[if drukte >= 1]\nHij"),
        "counter-unknown",
    ),
    "an unknown counter in a change": (("druk: druk + 1", "drukte: drukte + 1"), "counter-unknown"),
    "two choices to one target": (("->r-nee]]", "->r-gegeven]]"), "choice-twice"),
    "a reaction with two ways on": (
        ("Goed zo.\n", "Goed zo.\n\n[[Klaar->veilig]]\n"),
        "reaction-choices",
    ),
    "a reaction without a way on": (
        ("Goed zo.\n\n[[Verder->auto]]", "Goed zo."),
        "reaction-choices",
    ),
    "an ending with a choice": (
        ("Het loopt slecht af.", "Slecht.\n\n[[Terug->auto]]"),
        "ending-choices",
    ),
    "an excuse outside a reaction": (("plek: 'In de auto'", "smoes: 'Het mag'"), "value-misplaced"),
    "a place in a reaction": (("smoes: 'Niemand merkt het'", "plek: 'Thuis'"), "value-misplaced"),
}


class TestRefused:
    @pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED.keys())
    def test_refuses(self, change, code):
        assert code in codes(changed(change))

    @pytest.mark.parametrize("name", ["StoryData", "kaart", "StoryTitle"])
    def test_a_story_needs_its_three_special_passages(self, name):
        code = {"StoryData": "data-missing", "kaart": "card-missing", "StoryTitle": "title-missing"}
        assert codes(without_passage(name)) == {code[name]}

    def test_every_refusal_has_a_test(self):
        tested = {code for _, code in REFUSED.values()} | {"data-missing", "card-missing"}
        assert tested == set(READING_MESSAGES) | set(RULE_MESSAGES)

    def test_a_refusal_points_at_line_and_passage(self):
        text = changed(("Goed zo.", "Goed {zo}."))
        assert refusals(text) == [("markup-forbidden", line_of("Goed {zo}", text), "r-nee")]

    def test_all_problems_come_at_once_in_the_order_of_the_text(self):
        text = changed(
            ("taal: nl", "Nederlands"),
            ("Goed zo.", "Goed <zo>."),
            ("Er ligt", "# Er ligt"),
            ("->les]]", "->veilig]]"),
            ("[[Je zegt nee->r-nee]]", "[[r-nee]]"),
        )
        found = refusals(text)
        assert [code for code, _, _ in found] == [
            "card-line-unreadable",
            "choice-unreadable",
            "markup-forbidden",
            "markup-forbidden",
        ]
        assert [line for _, line, _ in found] == sorted(line for _, line, _ in found)

    def test_a_broken_piece_gives_no_echoes(self):
        assert codes(changed(("druk 0..3 = 0", "druk = 0"))) == {"counters-unreadable"}
        assert codes(changed((":: kantine [scene", ":: kantine [sc"))) == {"kind-wrong"}
        assert codes(changed((',\n  "start": "kantine"', ""))) == {"start-missing"}
        assert codes(changed(("[[Verder->schade]]", "[[schade]]"))) == {"choice-unreadable"}

    def test_the_error_names_the_file_and_reads_as_advice(self):
        with pytest.raises(TweeError) as refused:
            parse(changed(("Goed zo.", "Goed [zo].")), name="nl.twee")
        assert str(refused.value).startswith("nl.twee\nregel ")
        assert "“r-nee”: Hier staat een vierkante haak. Dat mag niet" in str(refused.value)

    def test_nothing_at_all_is_refused_without_falling_over(self):
        assert codes("") == {"title-missing", "data-missing", "card-missing"}


DEEP = 20_000
HARD = {
    "braces in a header": (
        ' {"position":"100,100"}',
        ' {"a":' + '{"a":' * DEEP + "1" + "}" * (DEEP + 1),
    ),
    "brackets in the story's data": (
        '"format": "Chapbook"',
        '"zoom": ' + "[" * DEEP + "]" * DEEP + ', "format": "Chapbook"',
    ),
    "digits in a position": ('"100,100"', '"' + "9" * 400 + ',1"'),
    "digits in the story's data": (
        '"format": "Chapbook"',
        '"zoom": ' + "9" * DEEP + ', "format": "Chapbook"',
    ),
}


@pytest.mark.parametrize("change", HARD.values(), ids=HARD.keys())
def test_what_is_far_too_deep_or_too_large_is_refused_and_not_fallen_over(change):
    with pytest.raises(TweeError):
        parse(changed(change))


# Shapes of public Twee files, each in words of our own: what Twine, Tweego and others write.
SHAPES = {
    "Harlowe": "(set: $druk to 2)\n(if: $druk > 1)[Hij belt.]",
    "SugarCube": "<<set $druk to 2>>\n<<link [[Verder|les]]>><</link>>",
    "Snowman": "<% s.druk = 2 %>\n[Verder](les)",
    "Chapbook with a script": "[JavaScript]\nwrite('Hij belt.')\n[continue]\nKlaar.",
    "Chapbook with an insert": "Je hebt {druk} keer nee gezegd.",
    "a link with a bar": "Hij belt.\n\n[[Verder|les]]",
    "a link that points left": "Hij belt.\n\n[[les<-Verder]]",
    "a link without words": "Hij belt.\n\n[[les]]",
    "an entity": "Jan &amp; alleman.",
    "HTML": "Hij <b>belt</b>.",
    "a table": "| a | b |\n|---|---|\n| 1 | 2 |",
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
def test_what_other_formats_write_is_refused_with_what_to_do(body):
    with pytest.raises(TweeError) as refused:
        parse(changed(("Goed zo.", body)))
    assert all(found.line and found.message for found in refused.value.problems)


def test_a_file_as_twine_exports_it_is_the_same_scenario():
    """By name, sizes with the positions, three lines between passages, zoom in the data."""
    title, data, *pages = re.split(r"(?m)^:: ", EXAMPLE)[1:]
    exported = [
        f":: {title.strip()}",
        f':: {data.strip()[:-1].rstrip()},\n  "zoom": 1\n}}',
        *sorted(f":: {page.strip()}\n" for page in pages),
    ]
    text = "\n\n\n".join(exported).replace('"100,100"}', '"100,100","size":"100,100"}')
    assert text != EXAMPLE
    assert parse(text) == parse(EXAMPLE)
