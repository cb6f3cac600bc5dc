"""A module that can be learned from begin to end, and somebody who does."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from cursussen import api as content
from leer.accounts.api import User
from leer.delivery import actions
from leer.questions import api as questions
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine
from tests.support import factories_content as make

STORY = "een-oude-bekende"


def story_text() -> str:
    """The scenario that ships, from its real path (whose apostrophe breaks unquoted shells)."""
    return (Path(settings.SCENARIO_FOLDER) / STORY / "nl.twee").read_text(encoding="utf-8")


def publish_story(text: str | None = None) -> None:
    """Load and publish the scenario."""
    scenarios.publish(scenarios.load(text or story_text(), key=STORY, language="nl").version)


def whole_module(key: str = "herken", **values: Any) -> content.Module:
    """A live module with a lesson, a quiz of two questions and the scenario."""
    make.module(key, **values)
    publish_story()
    return content.module(key)


def safe_path() -> list[str]:
    """The shortest choices that lead to a safe ending."""
    story = engine.parse(story_text())
    waiting: list[tuple[engine.State, list[str]]] = [(engine.begin(story), [])]
    for state, path in waiting:
        if engine.outcome(story, state) is engine.Outcome.SAFE:
            return path
        for choice in engine.choices(story, state):
            waiting.append((engine.choose(story, state, choice.target), [*path, choice.target]))
    raise AssertionError("this story has no safe ending")


def part_of(module: content.Module, kind: content.PartKind) -> content.Part:
    """The module's part of this kind."""
    return next(part for part in module.parts if part.kind is kind)


def url(name: str, module: content.Module, part: content.Part | None = None) -> str:
    """A learner's URL."""
    keys = [module.key, part.key] if part else [module.key]
    return reverse(f"delivery:{name}", args=keys)


def do_whole_module(user: User, module: content.Module) -> None:
    """Every part, by the same actions that the pages use; all answers right, all ends safe."""
    actions.begin_module(user, module)
    actions.finish_lesson(user, module, part_of(module, content.PartKind.LESSON))
    answer_all(user, module)
    walk(user, module)


def answer_all(user: User, module: content.Module) -> None:
    """The quiz, all right."""
    part = part_of(module, content.PartKind.QUIZ)
    attempt = actions.start_attempt(user, module, part)
    asked = questions.quiz_version(attempt.version).asked(attempt.drawn)
    for step in range(1, len(asked) + 1):
        respond = questions.right_answer
        actions.answer(user, module, part, attempt_id=attempt.id, step=step, respond=respond)


def walk(user: User, module: content.Module, path: list[str] | None = None) -> Any:
    """The scenario, by this path or to a safe ending; returns the attempt."""
    part = part_of(module, content.PartKind.SCENARIO)
    attempt = actions.start_attempt(user, module, part)
    for step, target in enumerate(path or safe_path(), start=1):
        attempt, _row = choose(user, module, attempt, step, target)
    return attempt


def choose(user: User, module: content.Module, attempt: Any, step: int, target: str) -> Any:
    """Make a choice by where it leads, in this module's story."""
    key = actions.choice_key(attempt.id, step, target)
    part = part_of(module, content.PartKind.SCENARIO)
    return actions.choose(user, module, part, attempt_id=attempt.id, step=step, choice=key)


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client
