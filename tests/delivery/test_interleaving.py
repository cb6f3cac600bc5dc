"""Whatever is sent twice, late, or from another tab: the attempt is as if it had not been."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cursussen import api as content
from leer.accounts.api import Role
from leer.delivery import actions
from leer.progress import rebuild
from leer.scenarios import engine
from leer.scenarios.engine import Scenario, State
from leer.xapi import api as xapi
from tests.support import factories_content as make
from tests.support import learning, stories

STORIES = [stories.marked_story(seed) for seed in (0, 2, 4, 8)]


def walk_of(data: st.DataObject, story: Scenario) -> list[tuple[State, str]]:
    """A walk to an ending, or as far as somebody feels like."""
    state, taken = engine.begin(story), []
    while (open_ := engine.choices(story, state)) and len(taken) < data.draw(st.integers(8, 20)):
        target = data.draw(st.sampled_from([choice.target for choice in open_]))
        taken.append((state, target))
        state = engine.choose(story, state, target)
    return taken


class Interleaving(TestCase):
    """Drawn stories, drawn walks, drawn nuisance."""

    @settings(max_examples=15, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_duplicate_stale_and_invented_requests_change_nothing(
        self, data: st.DataObject
    ) -> None:
        story = data.draw(st.sampled_from(STORIES))
        make.module("herken")
        learning.publish_story(engine.write(story))
        noor, module = make.user_with(Role.EMPLOYEE, name="noor"), content.module("herken")
        actions.begin_module(noor, module)
        part = learning.part_of(module, content.PartKind.SCENARIO)
        attempt = actions.start_attempt(noor, module, part)
        walk = walk_of(data, story)
        before = xapi.count()
        for step, (_state, target) in enumerate(walk, start=1):
            for other in data.draw(nuisance(story, step)):
                with suppress(actions.Stale):
                    learning.choose(noor, module, attempt, *other)
            if attempt.in_order()[step - 1 :]:
                raise AssertionError("a nuisance made a step")
            attempt, _row = learning.choose(noor, module, attempt, step, target)
        targets = [taken["target"] for taken in attempt.in_order()]
        assert targets == [target for _state, target in walk]
        assert xapi.count() == before + len(walk) + bool(attempt.ended_at)
        assert not rebuild.check()


def nuisance(story: Scenario, step: int) -> st.SearchStrategy[list[tuple[int, str]]]:
    """Requests for steps that are past or far, and for ways that are not open at this one."""
    names = st.sampled_from(sorted(story.passages))
    late = st.tuples(st.integers(1, step - 1), names) if step > 1 else st.nothing()
    early = st.tuples(st.integers(step + 1, step + 3), names)
    invented = st.tuples(st.just(step), st.sampled_from(["", "nergens"]))
    return st.lists(late | early | invented, max_size=3)
