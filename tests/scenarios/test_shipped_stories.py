"""The stories in ``scenario's``: sound, complete, in each language the same, and drawn."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from leer.delivery.stage import DRAWN_PLACES
from leer.scenarios import engine

FILES = sorted(Path(settings.SCENARIO_FOLDER).glob("*/*.twee"))
TO_REMEMBER = {"nl": "**Onthoud:**", "en": "**Remember:**"}
every_story = pytest.mark.parametrize(
    "file", [pytest.param(file, id=f"{file.parent.name}-{file.stem}") for file in FILES]
)


def read(file: Path) -> engine.Scenario:
    return engine.parse(file.read_text(encoding="utf-8"))


def passages(file: Path, kind: engine.Kind) -> list[engine.Passage]:
    return [passage for passage in read(file).passages.values() if passage.kind is kind]


@every_story
def test_a_story_is_proved_without_errors_or_advice(file: Path) -> None:
    proof = engine.prove(read(file))
    assert [str(found) for found in (*proof.errors, *proof.warnings)] == []


@every_story
def test_a_story_stands_in_the_form_that_the_writer_gives_it(file: Path) -> None:
    assert engine.write(read(file)) == file.read_text(encoding="utf-8")


@every_story
def test_every_ending_says_what_to_remember(file: Path) -> None:
    for ending in passages(file, engine.Kind.ENDING):
        assert TO_REMEMBER[file.stem] in ending.blocks[-1].text, ending.name


@every_story
def test_every_picture_of_a_story_is_drawn(file: Path) -> None:
    named = {passage.picture for passage in read(file).passages.values()} - {""}
    assert named <= DRAWN_PLACES
    assert all(finders.find(f"leer/places/{name}.svg") for name in named)


@every_story
def test_every_counter_of_a_story_has_words_for_who_played_it(file: Path) -> None:
    words = engine.counter_words(read(file))
    assert [name for name, said in words.items() if " " not in said] == []


@pytest.mark.parametrize("file", [file for file in FILES if file.stem != "nl"])
def test_another_language_tells_the_same_story(file: Path) -> None:
    dutch = read(file.with_name("nl.twee"))
    assert engine.compare(dutch, read(file)) == []
    assert read(file).ifid != dutch.ifid


def test_there_are_more_good_examples_than_bad_ones() -> None:
    endings = Counter(
        ending.outcome
        for file in FILES
        if file.stem == "nl"
        for ending in passages(file, engine.Kind.ENDING)
    )
    assert endings[engine.Outcome.SAFE] > endings[engine.Outcome.HARM] > 0


def test_no_two_stories_have_the_same_identity() -> None:
    identities = [read(file).ifid for file in FILES]
    assert len(set(identities)) == len(identities)
