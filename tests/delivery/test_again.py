"""After an ending: from any scene of one's own way again, in which language, and what counts."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.delivery import actions
from leer.progress import api as progress
from leer.progress import rebuild
from leer.scenarios import api as scenarios
from leer.scenarios import engine
from leer.xapi import api as xapi
from tests.support import factories_content as make
from tests.support import learning

pytestmark = pytest.mark.django_db

# Another story that ships, loaded as if it were the module's own.
JASPER = re.sub(
    r'"ifid": "[^"]*"',
    '"ifid": "E20B96E7-AEA9-4F3E-A444-08011154DA1C"',
    (Path(settings.SCENARIO_FOLDER) / "tot-vrijdag" / "nl.twee").read_text(encoding="utf-8"),
)
STAMPED_AND_SET_RIGHT = [
    *("r-dagen-genoemd", "een-volgverzoek", "r-account-dicht", "de-zevende-kist"),
    *("r-vast-gestempeld", "de-cello", "r-gelijk", "na-de-dienst"),
    *("r-alleen-loket", "kleedruimte", "r-mee-naar-kees", "dezelfde-regel"),
]


@pytest.fixture
def browser(noor: User) -> Client:
    return learning.signed_in(noor)


@pytest.fixture
def part(module: content.Module) -> content.Part:
    return learning.part_of(module, content.PartKind.SCENARIO)


@pytest.fixture
def ended(noor: User, module: content.Module) -> progress.Attempt:
    """The story, played to a safe ending: three choices, each with its reaction."""
    actions.begin_module(noor, module)
    attempt: progress.Attempt = learning.walk(noor, module)
    assert attempt.next_step == 7
    return attempt


def again(user: User, module: content.Module, attempt_id: Any, step: int) -> progress.Attempt:
    part = learning.part_of(module, content.PartKind.SCENARIO)
    return actions.try_again(user, module, part, attempt_id=attempt_id, step=step)


# From a scene -------------------------------------------------------------------------------------
@pytest.mark.parametrize("step", [1, 3, 5])
def test_again_from_a_scene_takes_over_the_steps_before_it_and_tells_none_of_them_twice(
    noor: User, module: content.Module, ended: progress.Attempt, step: int
) -> None:
    before = xapi.count()
    attempt = again(noor, module, ended.id, step)
    assert attempt.id != ended.id
    assert attempt.in_order() == ended.in_order()[: step - 1]
    assert (attempt.given_steps, attempt.next_step) == (step - 1, step)
    assert xapi.count() == before + 1
    ended.refresh_from_db()
    assert ended.ended_at
    assert not rebuild.check()


def test_the_new_attempt_can_be_played_to_an_ending_of_its_own(
    noor: User, module: content.Module, ended: progress.Attempt
) -> None:
    attempt = again(noor, module, ended.id, 3)
    story = scenarios.graph_of(attempt.version)
    while not attempt.ended_at:
        here = actions.states_of(attempt)[-1]
        last = engine.choices(story, here)[-1].target
        attempt, _row = learning.choose(noor, module, attempt, attempt.next_step, last)
    assert attempt.in_order()[2] != ended.in_order()[2]
    assert not rebuild.check()


def test_it_stays_on_the_version_of_the_way_it_takes_over(
    noor: User, module: content.Module, ended: progress.Attempt
) -> None:
    learning.publish_story(learning.story_text().replace("Een oude bekende", "Een nieuwe titel"))
    assert again(noor, module, ended.id, 3).version == ended.version


def test_asking_twice_is_asking_once(
    noor: User, module: content.Module, ended: progress.Attempt
) -> None:
    first = again(noor, module, ended.id, 3)
    assert again(noor, module, ended.id, 3).id == first.id
    assert progress.Attempt.objects.filter(user=noor, kind="scenario").count() == 2


def test_another_scene_while_an_attempt_is_open_is_stale(
    noor: User, module: content.Module, ended: progress.Attempt
) -> None:
    again(noor, module, ended.id, 3)
    with pytest.raises(actions.Stale):
        again(noor, module, ended.id, 5)


@pytest.mark.parametrize("step", [2, 0, -1, 7, 99])
def test_only_a_scene_of_ones_own_way_is_a_place_to_begin(
    noor: User, module: content.Module, ended: progress.Attempt, step: int
) -> None:
    """Step 2 goes on from a reaction; 7 is the ending."""
    with pytest.raises(actions.Stale):
        again(noor, module, ended.id, step)


def test_an_attempt_that_is_open_or_somebody_elses_is_no_way_to_take_over(
    noor: User, module: content.Module, ended: progress.Attempt
) -> None:
    other = make.user_with(Role.EMPLOYEE, name="ander")
    actions.begin_module(other, module)
    for user, stolen in ((other, ended.id), (noor, uuid4())):
        with pytest.raises(actions.Stale):
            again(user, module, stolen, 3)
    attempt = again(noor, module, ended.id, 3)
    with pytest.raises(actions.Stale):
        again(noor, module, attempt.id, 1)


def test_by_the_page_it_goes_on_at_that_scene_and_a_stale_page_gets_a_kind_word(
    browser: Client, module: content.Module, part: content.Part, ended: progress.Attempt
) -> None:
    url = learning.url("again", module, part)
    page = browser.post(url, {"attempt": ended.id, "step": 3}, follow=True).content.decode()
    assert "Scène 2" in page
    assert "Je bent terug bij deze scène" in page
    page = browser.post(url, {"attempt": ended.id, "step": 5}, follow=True).content.decode()
    assert "Scène 2" in page
    assert "Je was hier al verder" in page


@pytest.mark.parametrize("form", [{}, {"attempt": "x", "step": "1"}, {"attempt": "", "step": "?"}])
def test_a_broken_form_changes_nothing(
    browser: Client,
    module: content.Module,
    part: content.Part,
    ended: progress.Attempt,
    form: dict[str, str],
) -> None:
    answer = browser.post(learning.url("again", module, part), form, follow=True)
    assert "Je was hier al verder" in answer.content.decode()
    assert progress.Attempt.objects.filter(kind="scenario").count() == 1


def test_what_an_attempt_that_was_left_chose_stays_in_the_ledger(
    noor: User, module: content.Module, ended: progress.Attempt
) -> None:
    """Somebody stops half way, and another plays on: nothing of it is lost."""
    attempt = again(noor, module, ended.id, 3)
    here = actions.states_of(attempt)[-1]
    target = engine.choices(scenarios.graph_of(attempt.version), here)[-1].target
    learning.choose(noor, module, attempt, 3, target)
    from leer.xapi.models import StatementRecord

    mine = StatementRecord.objects.filter(raw__contains=str(attempt.id)).order_by("position")
    began, chose = mine.values_list("raw", flat=True)
    assert '"given"' not in chose
    assert all(attempt.version in raw for raw in (began, chose))
    assert here.passage in chose
    assert target in chose


# The ending ---------------------------------------------------------------------------------------
def test_the_ending_says_what_each_choice_did_and_which_endings_there_are(
    browser: Client, module: content.Module, part: content.Part, ended: progress.Attempt
) -> None:
    answer = browser.get(learning.url("part", module, part))
    context, page = answer.context, answer.content.decode()
    assert [turn.step for turn in context["turns"]] == [1, 3, 5]
    assert [kind.outcome for kind in context["endings"]] == ["veilig", "leermoment", "schade"]
    assert [kind.seen for kind in context["endings"]] == [1, 0, 0]
    story = scenarios.graph_of(ended.version)
    passages = [engine.passage_of(story, state) for state in actions.states_of(ended)]
    walked = [passage.name for passage in passages if passage.kind is not engine.Kind.REACTION]
    assert page.count('class="graph__box') == len(set(walked))
    assert page.count('class="graph__arrow') == len(set(pairwise(walked)))
    endings = [p for p in story.passages.values() if p.outcome]
    assert sum(kind.total for kind in context["endings"]) == len(endings)


def test_a_counter_that_counts_and_one_that_is_yes_or_no_are_told_in_their_own_words(
    browser: Client, noor: User, module: content.Module, part: content.Part
) -> None:
    learning.publish_story(JASPER)
    actions.begin_module(noor, module)
    learning.walk(noor, module, STAMPED_AND_SET_RIGHT)
    page = browser.get(learning.url("part", module, part)).content.decode()
    changes = re.findall(r'"path__change">(.*)</span>', page)
    assert [re.sub("<[^>]+>", "", change) for change in changes] == [
        "hoeveel Jasper van je weet ging van 0 naar 1",
        "gestempeld zonder te kijken: ja",
        "gestempeld zonder te kijken: niet meer",
    ]


def test_endings_of_earlier_attempts_count_as_seen(
    noor: User, browser: Client, module: content.Module, part: content.Part, ended: Any
) -> None:
    attempt = again(noor, module, ended.id, 1)
    story = scenarios.graph_of(attempt.version)
    for step, target in enumerate(way_to(story, engine.Outcome.HARM), start=1):
        attempt, _row = learning.choose(noor, module, attempt, step, target)
    kinds = browser.get(learning.url("part", module, part)).context["endings"]
    assert {kind.outcome: kind.seen for kind in kinds} == {
        "veilig": 1,
        "leermoment": 0,
        "schade": 1,
    }


def test_of_a_way_that_was_forgotten_only_that_it_was_played_is_told(
    browser: Client, module: content.Module, part: content.Part, ended: progress.Attempt
) -> None:
    progress.Attempt.objects.filter(pk=ended.pk).update(steps={}, outcome="")
    page = browser.get(learning.url("part", module, part)).content.decode()
    assert "Je hebt dit verhaal gespeeld" in page
    assert "wordt na een tijd gewist" in page
    assert "Speel het verhaal nog eens" in page


def test_an_open_attempt_of_which_a_part_was_forgotten_leads_to_the_module(
    noor: User, browser: Client, module: content.Module, part: content.Part, ended: Any
) -> None:
    attempt = again(noor, module, ended.id, 3)
    progress.Attempt.objects.filter(pk=attempt.pk).update(steps={"3": {}}, given_steps=0)
    answer = browser.get(learning.url("part", module, part), follow=True)
    assert "Je kunt niet verder" in answer.content.decode()
    with pytest.raises(actions.NothingToPlay):
        actions.start_attempt(noor, module, part)


def way_to(story: engine.Scenario, outcome: engine.Outcome) -> list[str]:
    """The shortest choices that lead to such an ending."""
    waiting: list[tuple[engine.State, list[str]]] = [(engine.begin(story), [])]
    for state, path in waiting:
        if engine.outcome(story, state) is outcome:
            return path
        for choice in engine.choices(story, state):
            waiting.append((engine.choose(story, state, choice.target), [*path, choice.target]))
    raise AssertionError(f"no ending {outcome}")


# What is enough -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "outcome", "enough"),
    [
        ("elk einde telt", engine.Outcome.HARM, True),
        ("geen schade", engine.Outcome.HARM, False),
        ("geen schade", engine.Outcome.LESSON, True),
        ("veilig einde nodig", engine.Outcome.LESSON, False),
        ("veilig einde nodig", engine.Outcome.SAFE, True),
    ],
)
def test_the_pass_rule_says_whether_an_ending_completes_the_part(
    noor: User,
    browser: Client,
    module: content.Module,
    part: content.Part,
    rule: str,
    outcome: engine.Outcome,
    enough: bool,
) -> None:
    learning.publish_story(learning.story_text().replace("elk einde telt", rule))
    actions.begin_module(noor, module)
    actions.finish_lesson(noor, module, learning.part_of(module, content.PartKind.LESSON))
    learning.answer_all(noor, module)
    before = set(told())
    story = engine.parse(learning.story_text())
    ended = learning.walk(noor, module, way_to(story, outcome))
    assert ended.outcome == outcome.value
    assert (part.key in progress.standing_of(noor, module.key).parts_done) is enough
    row = progress.standing_of(noor, module.key).row
    assert row is not None
    assert bool(row.completed_at) is enough
    verdicts = {verb for verb in set(told()) - before if verb in {"passed", "failed"}}
    scored = rule != "elk einde telt"
    assert verdicts == ({"passed" if enough else "failed"} if scored else set())
    page = browser.get(learning.url("part", module, part)).content.decode()
    assert ("Dit deel is nog niet klaar" in page) is not enough
    assert not rebuild.check()


def told() -> list[str]:
    """The verbs of every statement."""
    from leer.xapi.models import StatementRecord

    raws = StatementRecord.objects.values_list("raw", flat=True)
    return [xapi.decode(raw).verb.id.rsplit("/", 1)[-1] for raw in raws]


def test_a_story_that_is_scored_says_so_before_it_begins(
    browser: Client, noor: User, module: content.Module, part: content.Part
) -> None:
    actions.begin_module(noor, module)
    promise = "Dit deel is klaar als het verhaal goed genoeg afloopt"
    url = learning.url("part", module, part)
    assert promise not in browser.get(url).content.decode()
    learning.publish_story(learning.story_text().replace("elk einde telt", "geen schade"))
    assert promise in browser.get(url).content.decode()


# Language -----------------------------------------------------------------------------------------
def publish_in_english() -> None:
    text = learning.story_text().replace("taal: nl", "taal: en")
    text = text.replace("E20B96E7-AEA9-4F3E-A444-08011154DA1C", str(uuid4()).upper())
    text = text.replace("Je staat bij je auto", "You are standing by your car")
    loaded = scenarios.load(text, key=learning.STORY, language="en")
    scenarios.publish(loaded.version)


def test_an_attempt_plays_the_language_of_its_reader_if_the_story_has_it(
    noor: User, browser: Client, module: content.Module, part: content.Part
) -> None:
    publish_in_english()
    actions.begin_module(noor, module)
    browser.cookies["django_language"] = "en"
    browser.post(learning.url("start", module, part))
    page = browser.get(learning.url("part", module, part)).content.decode()
    assert "You are standing by your car" in page
    assert '<p class="stage__place">' in page  # the page and the story speak one language
    browser.cookies["django_language"] = "nl"
    page = browser.get(learning.url("part", module, part)).content.decode()
    assert "You are standing by your car" in page  # an attempt stays on its version
    assert '<p class="stage__place" lang="en">' in page


def test_on_an_english_page_only_the_words_of_editors_are_marked_as_dutch(
    browser: Client, module: content.Module, part: content.Part, ended: progress.Attempt
) -> None:
    browser.cookies["django_language"] = "en"
    page = browser.get(learning.url("part", module, part)).content.decode()
    assert "<span>Back to the module</span>" in page
    assert "Continue:" not in page


def test_without_a_version_in_that_language_an_attempt_is_dutch_and_says_so(
    noor: User, browser: Client, module: content.Module, part: content.Part
) -> None:
    actions.begin_module(noor, module)
    browser.cookies["django_language"] = "en"
    browser.post(learning.url("start", module, part))
    page = browser.get(learning.url("part", module, part)).content.decode()
    assert "Je staat bij je auto" in page
    assert '<p class="stage__place" lang="nl">' in page


def test_a_story_without_a_live_version_cannot_be_begun(noor: User, module: content.Module) -> None:
    scenarios.Scenario.objects.update(live_version=None)
    part = learning.part_of(module, content.PartKind.SCENARIO)
    assert not scenarios.is_scored(part.scenario_key)
    with pytest.raises(actions.NothingToPlay):
        actions.start_attempt(noor, module, part, language="en")
