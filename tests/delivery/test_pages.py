"""The learner's pages: what they show, what they cost, and what they never show."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText

from cursussen import api as content
from cursussen.models import LessonPage
from leer.accounts.api import User
from leer.delivery import actions, where
from leer.progress import api as progress
from leer.rollout import api as rollout
from leer.rollout.models import Exemption
from leer.scenarios.api import engine
from tests.support import factories_content as make
from tests.support import factories_running as running
from tests.support import learning

pytestmark = pytest.mark.django_db
SCENARIO, QUIZ, LESSON = content.PartKind.SCENARIO, content.PartKind.QUIZ, content.PartKind.LESSON


@pytest.fixture
def browser(noor: User) -> Client:
    return learning.signed_in(noor)


@pytest.fixture
def module(noor: User) -> content.Module:
    found = learning.whole_module()
    due = timezone.localdate() + timedelta(days=14)
    rollout.assign([noor], module_key=found.key, due_on=due, reason="test")
    return found


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_mijn_leren_of_somebody_with_nothing_helps_on(browser: Client) -> None:
    assert "Je bent bij" in text(browser.get(reverse("delivery:my_learning")))


def test_mijn_leren_shows_what_is_mine_and_by_when(browser: Client, module: content.Module) -> None:
    page = text(browser.get(reverse("delivery:my_learning")))
    assert module.title in page
    assert "Begin" in page
    assert str((timezone.localdate() + timedelta(days=14)).year) in page


def test_mijn_leren_goes_on_where_one_was(
    browser: Client, noor: User, module: content.Module
) -> None:
    actions.begin_module(noor, module)
    actions.finish_lesson(noor, module, learning.part_of(module, LESSON))
    page = text(browser.get(reverse("delivery:my_learning")))
    assert "Verder waar je was" in page
    assert learning.url("part", module, learning.part_of(module, QUIZ)) in page


def test_mijn_leren_folds_what_is_done_with_its_proof(
    browser: Client, noor: User, module: content.Module
) -> None:
    learning.do_whole_module(noor, module)
    page = text(browser.get(reverse("delivery:my_learning")))
    assert "Je bent bij" in page
    assert learning.url("proof", module) in page


def test_a_module_that_was_done_gives_what_its_lessons_ask_to_remember_to_pass_on(
    browser: Client, noor: User, module: content.Module
) -> None:
    lesson = LessonPage.objects.get(key=learning.part_of(module, LESSON).key)
    lesson.body = [
        ("text", RichText("<p>Tekst.</p>")),
        ("remember", {"text": RichText("<p>Zeg <b>vroeg</b> nee.</p>")}),
    ]
    lesson.save_revision().publish()
    module = content.module(module.key)
    before = text(browser.get(learning.url("module", module)))
    assert "Zeg <b>vroeg</b> nee." not in before
    learning.do_whole_module(noor, module)
    page = text(browser.get(learning.url("module", module)))
    assert "Om door te vertellen" in page
    assert "<p>Zeg <b>vroeg</b> nee.</p>" in page


def test_mijn_leren_tells_what_need_not_be_done_and_why(
    browser: Client, noor: User, module: content.Module
) -> None:
    programme = running.programme(module.key, title="Weerbaar")
    running.exempt(programme, noor)
    other = User.objects.create(username="ander")
    Exemption.objects.filter(pk=running.exempt(programme, other).pk).update(reason="Van een ander")
    page = text(browser.get(reverse("delivery:my_learning")))
    assert "Je hoeft niet mee te doen aan Weerbaar. De reden: Werkt elders." in page
    assert "Van een ander" not in page
    Exemption.objects.update(ended_at=timezone.now())
    assert "niet mee te doen" not in text(browser.get(reverse("delivery:my_learning")))


def test_a_module_tells_what_it_is_about_before_its_parts_until_somebody_began(
    browser: Client, noor: User
) -> None:
    goals = [("goal", "Je kunt nee zeggen.")]
    module = learning.whole_module(intro="<p>Hier leer je nee zeggen.</p>", goals=goals)

    def order() -> list[str]:
        page = text(browser.get(learning.url("module", module)))
        words = ("Hier leer je nee zeggen", "Wat je doet:", "Na afloop")
        return sorted(words, key=page.index)

    assert order() == ["Hier leer je nee zeggen", "Wat je doet:", "Na afloop"]
    actions.begin_module(noor, module)
    assert order() == ["Wat je doet:", "Hier leer je nee zeggen", "Na afloop"]


def test_a_module_tells_where_one_is_and_how_much_there_still_is(
    browser: Client, noor: User, module: content.Module
) -> None:
    url = learning.url("module", module)
    quiz = learning.part_of(module, QUIZ)
    assert "Je bent bij:" not in text(browser.get(url))
    actions.begin_module(noor, module)
    actions.finish_lesson(noor, module, learning.part_of(module, LESSON))
    page = text(browser.get(url))
    assert f"Je bent bij: <strong>{quiz.title}</strong>" in page
    assert "1 van de 3 delen gedaan" in page
    assert page.index("Verder waar je was") < page.index("Wat je doet:")


def test_a_module_that_is_done_is_not_gone_on_with(
    browser: Client, noor: User, module: content.Module
) -> None:
    learning.do_whole_module(noor, module)
    page = text(browser.get(learning.url("module", module)))
    assert "Je bent bij:" not in page
    assert "Bekijk je bewijs" in page


def test_getting_a_page_never_writes(browser: Client, module: content.Module) -> None:
    for name in ("module", "proof"):
        browser.get(learning.url(name, module))
    for part in module.parts:
        browser.get(learning.url("part", module, part))
    assert not progress.Attempt.objects.exists()
    assert not progress.ModuleProgress.objects.exists()


def test_a_part_of_a_module_that_was_not_begun_leads_to_its_beginning(
    browser: Client, module: content.Module
) -> None:
    answer = browser.get(learning.url("part", module, module.parts[0]))
    assert answer.url == learning.url("module", module)


def test_the_whole_module_by_the_pages(browser: Client, module: content.Module) -> None:
    lesson, quiz, story = (learning.part_of(module, kind) for kind in (LESSON, QUIZ, SCENARIO))
    assert browser.post(learning.url("begin", module)).url == learning.url("part", module, lesson)
    assert browser.post(learning.url("finish", module, lesson)).url == learning.url(
        "part", module, quiz
    )
    browser.post(learning.url("start", module, quiz))
    for _ in range(2):
        page = browser.get(learning.url("part", module, quiz))
        form = {"attempt": page.context["attempt_id"], "step": page.context["step"]}
        answered = browser.post(learning.url("answer", module, quiz), form | {"option": "a"})
        assert "Reactie 0" in text(browser.get(answered.url))
    assert "alle vragen" in text(browser.get(learning.url("part", module, quiz)))
    browser.post(learning.url("start", module, story))
    for target in learning.safe_path():
        page = browser.get(learning.url("part", module, story))
        form = {"attempt": page.context["attempt_id"], "step": page.context["step"]}
        form["choice"] = actions.choice_key(*form.values(), target)
        browser.post(learning.url("choose", module, story), form)
    end = text(browser.get(learning.url("part", module, story)))
    assert "Oefen je zin" in end
    assert learning.url("proof", module) in text(browser.get(learning.url("module", module)))
    assert "noor" in text(browser.get(learning.url("proof", module)))


def test_a_proof_is_there_only_for_who_did_the_module(
    browser: Client, noor: User, module: content.Module
) -> None:
    assert browser.get(learning.url("proof", module)).status_code == 404
    learning.do_whole_module(noor, module)
    assert browser.get(learning.url("proof", module)).status_code == 200


def test_an_answer_without_a_choice_comes_back_with_what_to_do(
    browser: Client, noor: User, module: content.Module
) -> None:
    quiz = learning.part_of(module, QUIZ)
    actions.begin_module(noor, module)
    attempt = actions.start_attempt(noor, module, quiz)
    answer = browser.post(learning.url("answer", module, quiz), {"attempt": attempt.id, "step": 1})
    assert answer.status_code == 422
    assert "Kies eerst een antwoord" in text(answer)


@pytest.mark.parametrize("form", [{}, {"attempt": "x", "step": "1"}, {"attempt": "", "step": "?"}])
@pytest.mark.parametrize("name", ["answer", "choose"])
def test_a_broken_form_gets_the_current_page_and_a_kind_word(
    browser: Client, noor: User, module: content.Module, name: str, form: dict[str, str]
) -> None:
    part = learning.part_of(module, QUIZ if name == "answer" else SCENARIO)
    actions.begin_module(noor, module)
    actions.start_attempt(noor, module, part)
    answer = browser.post(learning.url(name, module, part), form | {"choice": "x"}, follow=True)
    assert answer.status_code == 200
    assert "Je was hier al verder" in text(answer)


def test_a_scene_holds_nothing_of_what_may_follow(
    browser: Client, noor: User, module: content.Module
) -> None:
    """Every scene on a path: no text of any other passage is in the page or the fragment."""
    story = engine.parse(learning.story_text())
    part = learning.part_of(module, SCENARIO)
    actions.begin_module(noor, module)
    attempt = actions.start_attempt(noor, module, part)
    state = engine.begin(story)
    for step, target in enumerate(learning.safe_path(), start=1):
        page = text(browser.get(learning.url("part", module, part)))
        for name, other in story.passages.items():
            if name not in {state.passage, *(attempt.steps.get(str(step - 1)) or {}).values()}:
                assert not _tells(page, other), f"{state.passage} gives {name} away"
                assert f'"{name}"' not in page, f"{state.passage} names {name}"
        state = engine.choose(story, state, target)
        attempt, _row = learning.choose(noor, module, attempt, step, target)


def _tells(page: str, passage: engine.Passage) -> bool:
    """Whether a whole line of this passage's text is in the page."""
    lines = [line for block in passage.blocks for line in block.text.splitlines()]
    return any(len(line) > 40 and line in page for line in lines)


def test_a_case_and_its_list_are_for_people_who_are_signed_in(browser: Client) -> None:
    case = make.live_case()
    assert "Iemand leent" in text(browser.get(reverse("delivery:cases")))
    url = reverse("delivery:case", args=[case.slug])
    assert "Iedereen kende de portier" in text(browser.get(url))
    assert Client().get(url).status_code == 302


def test_help_opens_without_an_account_and_touches_nothing(
    django_assert_num_queries: Any, module: content.Module
) -> None:
    client = Client()
    make.info("hulp-tekst")
    client.get(reverse("delivery:help"))
    # 1 the content's stamp; nothing about the reader, not even a session.
    with django_assert_num_queries(1):
        answer = client.get(reverse("delivery:help"))
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "112" in text(answer)


def test_help_of_somebody_who_is_signed_in_does_not_read_the_session(
    browser: Client, django_assert_num_queries: Any
) -> None:
    make.info("hulp-tekst")
    browser.get(reverse("delivery:help"))
    with django_assert_num_queries(1):
        answer = browser.get(reverse("delivery:help"))
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


class TestQueries:
    """Queries per page, warm; each is named where it is counted."""

    def count(self, url: str, browser: Client, expected: int, queries: Any) -> None:
        browser.get(url)
        with queries(expected):
            browser.get(url)

    def test_mijn_leren(
        self, browser: Client, noor: User, module: content.Module, django_assert_num_queries: Any
    ) -> None:
        actions.begin_module(noor, module)
        # 1 session with person and roles, 2 content stamp, 3 modules begun, 4 parts done,
        # 5 assignments, 6 the stamp again for policies (there are none), 7 exemptions
        url = reverse("delivery:my_learning")
        self.count(url, browser, 7, django_assert_num_queries)

    def test_lesson(
        self, browser: Client, noor: User, module: content.Module, django_assert_num_queries: Any
    ) -> None:
        actions.begin_module(noor, module)
        # 1 session with person, 2 stamp, 3 module row with the parts done
        url = learning.url("part", module, learning.part_of(module, LESSON))
        self.count(url, browser, 3, django_assert_num_queries)

    def test_scene(
        self, browser: Client, noor: User, module: content.Module, django_assert_num_queries: Any
    ) -> None:
        actions.begin_module(noor, module)
        part = learning.part_of(module, SCENARIO)
        actions.start_attempt(noor, module, part)
        # 1 session with person, 2 stamp, 3 module row, 4 attempt
        self.count(learning.url("part", module, part), browser, 4, django_assert_num_queries)

    def test_module(
        self, browser: Client, noor: User, module: content.Module, django_assert_num_queries: Any
    ) -> None:
        actions.begin_module(noor, module)
        # 1 session with person, 2 stamp, 3 assignment, 4 module row with the parts done,
        # 5 what was asked to count as done elsewhere
        self.count(learning.url("module", module), browser, 5, django_assert_num_queries)

    @pytest.mark.parametrize("htmx", [False, True])
    def test_scenario_step(
        self,
        browser: Client,
        noor: User,
        module: content.Module,
        htmx: bool,
        django_assert_num_queries: Any,
    ) -> None:
        actions.begin_module(noor, module)
        step = self.next_step(browser, noor, module, learning.safe_path()[:1])
        # 1 session with person, 2 stamp, 3 attempt, held, 4 the ledger, 5 attempt
        with django_assert_num_queries(5 + SAVEPOINTS):
            browser.post(*step, headers={"HX-Request": "true"} if htmx else {})

    @pytest.mark.parametrize("htmx", [False, True])
    def test_the_very_last_step_of_a_module(
        self,
        browser: Client,
        noor: User,
        module: content.Module,
        htmx: bool,
        django_assert_num_queries: Any,
    ) -> None:
        """It also completes part and module, and with htmx the answer is the ending itself."""
        actions.begin_module(noor, module)
        actions.finish_lesson(noor, module, learning.part_of(module, LESSON))
        learning.answer_all(noor, module)
        step = self.next_step(browser, noor, module, learning.safe_path()[:-1])
        # As above, where 5 writes module and part too, and 6 the module, held, 7 its parts; then
        # with htmx 8 the endings that were seen before.
        with django_assert_num_queries(7 + htmx + SAVEPOINTS):
            browser.post(*step, headers={"HX-Request": "true"} if htmx else {})
        row = progress.standing_of(noor, module.key).row
        assert row is not None
        assert row.completed_at

    def next_step(
        self, browser: Client, noor: User, module: content.Module, path: list[str]
    ) -> tuple[str, dict[str, Any]]:
        """Where and what to post for the step after this path; all is warm."""
        part = learning.part_of(module, SCENARIO)
        attempt = learning.walk(noor, module, path)
        browser.get(learning.url("part", module, part))
        step = attempt.next_step
        key = actions.choice_key(attempt.id, step, learning.safe_path()[step - 1])
        form = {"attempt": attempt.id, "step": step, "choice": key}
        return learning.url("choose", module, part), form


# Inside a test, which is one transaction, each atomic block is a savepoint and its release;
# outside, the outer block costs no statement of its own.
SAVEPOINTS = 2


@pytest.mark.parametrize("situation", where.SITUATIONS, ids=lambda one: one.slug)
def test_each_situation_says_whom_to_call_and_what_to_do_without_an_account(
    client: Client, situation: where.Situation
) -> None:
    answer = client.get(reverse("delivery:help_situation", args=[situation.slug]))
    page = html.unescape(answer.content.decode())
    assert str(where.contacts()[situation.contact].name) in page
    assert all(str(line) in page for line in (*situation.now, *situation.let_be))
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_a_number_that_is_not_filled_in_is_a_gap_that_says_so(
    client: Client, settings: Any
) -> None:
    address = reverse("delivery:help_situation", args=["eerst-met-iemand-praten"])
    settings.HELP_ADVISER_PHONE = ""
    assert "[Vul in: telefoonnummer van een vertrouwenspersoon]" in client.get(address).text
    settings.HELP_ADVISER_PHONE = "012-345 67 89"
    assert 'href="tel:0123456789"' in client.get(address).text


@pytest.mark.parametrize("path", ["/hulp/", "/hulp/hier-klopt-iets-niet/"])
def test_advice_from_outside_is_reached_and_is_not_told_from_where(
    client: Client, settings: Any, path: str
) -> None:
    site = 'href="https://www.huisvoorklokkenluiders.nl/" rel="noreferrer noopener"'
    answer = client.get(path)
    assert site in answer.text
    assert 'href="tel:0881331000"' in answer.text
    assert answer["Referrer-Policy"] == "no-referrer"
    settings.HELP_HOUSE_PHONE = ""
    page = client.get(path).text
    assert site in page
    assert "0881331000" not in page
    assert "telefoonnummer van Huis" not in page


def test_a_situation_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/hulp/iets-anders/").status_code == 404
