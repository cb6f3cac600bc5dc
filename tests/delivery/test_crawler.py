"""Nothing unplayed ever leaves the server: every answer is held against the graph of its story.

Whole stories are played through the pages. Of a drawn story (``tests.support.stories``) every
text, name and counter has a mark, and an answer must have exactly the marks of what is played: at
every state, along every choice, as a page, as a fragment and as a redirect, headers included. Of
the stories that ship every arrow is walked, and no sentence of another passage may be in any
answer.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from cursussen.models import ScenarioPage
from leer.accounts.api import User
from leer.delivery import actions
from leer.progress import api as progress
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine
from leer.scenarios.engine import Kind, Passage, Scenario, State
from tests.support import factories_content as make
from tests.support import learning, stories

pytestmark = pytest.mark.django_db
SHIPPED = sorted(Path(settings.SCENARIO_FOLDER).glob("*/*.twee"))
every_shipped_story = pytest.mark.parametrize(
    "path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
LONG_ENOUGH = 20  # characters; shorter sentences ("Verder") may be anywhere
HTMX = {"HX-Request": "true"}


@pytest.fixture
def module() -> content.Module:
    make.module("proef", parts=False)
    return content.module("proef")


@dataclass
class Crawler:
    """Somebody who plays one story through the pages, from any state at once."""

    user: User
    client: Client
    module: content.Module
    part: content.Part
    story: Scenario
    version: str

    @classmethod
    def of(cls, user: User, story: Scenario) -> "Crawler":
        """With this story published in a module that was begun."""
        key = f"verhaal-{uuid4().hex[:8]}"
        loaded = scenarios.load(engine.write(story), key=key, language="nl").version
        scenarios.publish(loaded)
        parent = make.ModulePage.objects.get(key="proef")
        title = {"title": "Een verhaal", "slug": key, "key": key, "scenario_key": key}
        make.published(parent, ScenarioPage(**title))
        module = content.module("proef")
        actions.begin_module(user, module)
        client = learning.signed_in(user)
        return cls(user, client, module, module.part(key), story, str(loaded.id))

    def at(self, way: tuple[str, ...]) -> progress.Attempt:
        """An attempt of which this way was walked before."""
        progress.Attempt.objects.filter(user=self.user).delete()
        given = (self.story.start, *way) if way else ()
        facts = {"actor": self.user.actor_name, "module": self.module.key, "at": timezone.now()}
        pinned = {"registration": uuid4(), "version": self.version, "part": self.part.key}
        progress.record(self.user, [progress.ScenarioStarted(**facts, **pinned, given=given)])
        return progress.Attempt.objects.get(user=self.user)

    def page(self) -> HttpResponse:
        """The page of the story as it stands."""
        return self.client.get(learning.url("part", self.module, self.part))

    def choose(self, attempt: progress.Attempt, target: str, **options: Any) -> HttpResponse:
        """Choose the way to ``target``."""
        step = attempt.next_step
        key = actions.choice_key(attempt.id, step, target)
        form = {"attempt": attempt.id, "step": step, "choice": key}
        url = learning.url("choose", self.module, self.part)
        return self.client.post(url, form, **options)


def source(answer: HttpResponse) -> str:
    """Every byte of an answer, read: status line, headers, cookies, body."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return html.unescape(f"{head}\n{answer.cookies.output()}\n{answer.content.decode()}")


# Drawn stories ------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", [0, 2, 4])
def test_answers_hold_exactly_what_is_played_at_every_state_of_a_drawn_story(
    noor: User, module: content.Module, seed: int
) -> None:
    story = stories.marked_story(seed)
    crawler = Crawler.of(noor, story)
    ways = stories.states_with_way(story)
    steps = [
        (way, choice.target)
        for state, way in ways.items()
        for choice in engine.choices(story, state)
    ]
    for way, target in steps:
        attempt = crawler.at(way)
        assert stories.marks_in(source(crawler.page())) == shown(story, way)
        refused = crawler.choose(attempt, "bestaat-niet", headers=HTMX)
        assert stories.marks_in(source(refused)) == shown(story, way)
        assert stories.marks_in(source(crawler.choose(attempt, target))) == set()
        assert stories.marks_in(source(crawler.page())) == shown(story, (*way, target))
        again = crawler.at(way)
        fragment = crawler.choose(again, target, headers=HTMX)
        assert stories.marks_in(source(fragment)) == shown(story, (*way, target))


def test_other_pages_hold_nothing_of_a_story_while_it_is_played(
    noor: User, module: content.Module
) -> None:
    story = stories.marked_story(7)
    crawler = Crawler.of(noor, story)
    names = [reverse("delivery:my_learning"), learning.url("module", crawler.module)]
    assert stories.marks_in(source(crawler.page())) == set()  # before the beginning
    for way in stories.states_with_way(story).values():
        crawler.at(way)
        for name in names:
            assert stories.marks_in(source(crawler.client.get(name))) == set()


def test_trying_again_from_a_scene_holds_only_that_scene(
    noor: User, module: content.Module
) -> None:
    story = stories.marked_story(8)
    crawler = Crawler.of(noor, story)
    url = learning.url("again", crawler.module, crawler.part)
    ways = stories.states_with_way(story)
    for way in [way for state, way in ways.items() if engine.is_over(story, state)]:
        for step, state in enumerate(states_on(story, way)[:-1], start=1):
            ended = ended_at(crawler, way)
            answer = crawler.client.post(url, {"attempt": ended.id, "step": step})
            assert stories.marks_in(source(answer)) == set()
            is_scene = engine.passage_of(story, state).kind is Kind.SCENE
            expected = shown(story, way[: step - 1]) if is_scene else shown(story, way)
            assert stories.marks_in(source(crawler.page())) == expected


def ended_at(crawler: Crawler, way: tuple[str, ...]) -> progress.Attempt:
    """An attempt that came to its ending along this way."""
    attempt = crawler.at(way[:-1])
    crawler.choose(attempt, way[-1])
    return progress.Attempt.objects.get(pk=attempt.pk)


def states_on(story: Scenario, way: tuple[str, ...]) -> list[State]:
    """The states that somebody came by."""
    states = [engine.begin(story)]
    for target in way:
        states.append(engine.choose(story, states[-1], target))
    return states


def shown(story: Scenario, way: tuple[str, ...]) -> set[str]:
    """The marks that the page must have after this way, and may have."""
    return stories.marks_in(" ".join(words(story, way)))


def words(story: Scenario, way: tuple[str, ...]) -> Iterator[str]:
    """What is to be read after this way: of the passage of now, or of the way at its end."""
    states = states_on(story, way)
    here = engine.passage_of(story, states[-1])
    yield engine.visible_text(story, states[-1])
    if here.kind is Kind.ENDING:
        yield from words_of_the_way(story, states)
        return
    yield from (choice.text for choice in engine.choices(story, states[-1]))
    yield from (here.place, here.rationalisation)
    if here.kind is Kind.REACTION:
        yield wording(engine.passage_of(story, states[-2]), here.name)


def words_of_the_way(story: Scenario, states: list[State]) -> Iterator[str]:
    """Where one was, what one chose, what was said to it, and the counters that changed."""
    last_scene = states[0]
    for here, there in pairwise(states):
        passage = engine.passage_of(story, here)
        if passage.kind is Kind.SCENE:
            yield from (passage.place, wording(passage, there.passage))
            yield from changed(story, last_scene, here)
            last_scene = here
        else:
            yield from (engine.visible_text(story, here), passage.rationalisation)
    yield from changed(story, last_scene, states[-1])


def wording(passage: Passage, target: str) -> str:
    """The words of a choice."""
    return next(choice.text for choice in passage.choices if choice.target == target)


def changed(story: Scenario, before: State, after: State) -> Iterator[str]:
    """The counters that differ."""
    for counter, old, new in zip(story.counters, before.counters, after.counters, strict=True):
        if old != new:
            yield counter.name


# Stories that ship --------------------------------------------------------------------------------
@every_shipped_story
def test_no_answer_of_a_story_that_ships_tells_what_was_not_played(
    noor: User, module: content.Module, path: Path
) -> None:
    story = engine.parse(path.read_text(encoding="utf-8"))
    crawler = Crawler.of(noor, story)
    secrets = Secrets(story)
    for way in stories.walks_over_every_arrow(story):
        attempt = crawler.at(way.before)
        for place, target in enumerate(way.then, start=1):
            answer = crawler.choose(attempt, target, headers=HTMX)
            attempt.refresh_from_db()
            assert secrets.told_by(answer, (*way.before, *way.then[:place])) == []
        assert secrets.told_by(crawler.page(), (*way.before, *way.then)) == []


@every_shipped_story
def test_every_ending_of_a_story_that_ships_is_told_to_who_comes_there(
    noor: User, module: content.Module, path: Path
) -> None:
    story = engine.parse(path.read_text(encoding="utf-8"))
    crawler = Crawler.of(noor, story)
    ways = ways_to_every_telling(story)
    named = {passage.name for passage in story.passages.values() if passage.outcome}
    assert {ending for ending, _told in ways} == named
    for (ending, told), way in ways.items():
        fragment = crawler.choose(crawler.at(way[:-1]), way[-1], headers=HTMX)
        for answer in (fragment, crawler.page()):
            assert answer.context["outcome"] == story.passages[ending].outcome
            assert reads(answer).count(_plain(told)) == 1


def ways_to_every_telling(story: Scenario) -> dict[tuple[str, str], tuple[str, ...]]:
    """The shortest way to each text that an ending can have: its counters may change it."""
    ways: dict[tuple[str, str], tuple[str, ...]] = {}
    for state, way in stories.states_with_way(story).items():
        if engine.is_over(story, state):
            ways.setdefault((state.passage, engine.visible_text(story, state)), way)
    return ways


def reads(answer: HttpResponse) -> str:
    """An answer as it reads: no tags, no marks. What is emphasised stays in its sentence."""
    return _plain(re.sub(r"<[^>]+>", " ", re.sub(r"</?(em|strong)>", "", source(answer))))


class Secrets:
    """Every sentence and name of a story that is long enough to know it by."""

    def __init__(self, story: Scenario) -> None:
        self._story = story
        texts = {part for passage in story.passages.values() for part in _texts(passage)}
        self._sentences = {text for text in texts if len(text) >= LONG_ENOUGH}
        # Not with what else a page may say: the story's key, the drawn places.
        self._names = {name for name in story.passages if "-" in name}

    def told_by(self, answer: HttpResponse, way: tuple[str, ...]) -> list[str]:
        """What this answer tells that was not to be read after this way."""
        assert answer.status_code == 200
        raw = source(answer)
        plain = reads(answer)
        allowed = _plain(" ".join(words(self._story, way)))
        names = [name for name in self._names if re.search(rf"\b{re.escape(name)}\b", raw)]
        told = [one for one in self._sentences if (one in plain or one in raw)]
        return sorted([*names, *(one for one in told if one not in allowed)])


def _texts(passage: Passage) -> Iterator[str]:
    for block in passage.blocks:
        for part in block.text.split("\n"):
            yield from filter(None, re.split(r"(?<=[.?!]) ", _plain(part)))
    yield from (_plain(choice.text) for choice in passage.choices)
    yield from (_plain(passage.place), _plain(passage.rationalisation))


def _plain(text: str) -> str:
    """Markdown as it reads: no marks, white space evened out."""
    return " ".join(text.replace("*", "").split())
