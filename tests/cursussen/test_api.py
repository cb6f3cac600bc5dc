"""The front door: what is live, at the cost of one query."""

from collections.abc import Iterator
from dataclasses import make_dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.translation import override
from wagtail.actions.move_page import MovePageAction
from wagtail.rich_text import RichText

from cursussen import api
from cursussen.models import LessonPage, ModulePage, QuizPage
from leer.questions.api import Question, QuizVersion
from tests.support.factories_content import info, live_case, module, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_a_module_comes_with_its_parts_in_order() -> None:
    module(picture=picture(), picture_alt="Een haven.", goals=[("goal", "Je herkent het.")])
    found = api.module("herken")
    assert [part.kind for part in found.parts] == list(api.PartKind)
    assert found.goals == ("Je herkent het.",)
    assert found.picture is not None
    assert (found.picture.width, found.picture.height) == (64, 48)
    assert found.days_to_complete == 90


def test_a_module_knows_what_comes_after_a_part() -> None:
    module()
    found = api.module("herken")
    following = found.after("herken-les")
    assert following is not None
    assert following.key == "herken-quiz"
    assert found.after("herken-scenario") is None
    assert found.position("herken-quiz") == 1
    with pytest.raises(api.UnknownPart):
        found.part("anders")


def test_what_is_not_live_is_not_there() -> None:
    page = module()
    LessonPage.objects.get(key="herken-les").unpublish()
    assert [part.key for part in api.module("herken").parts] == ["herken-quiz", "herken-scenario"]
    page.unpublish()
    with pytest.raises(api.UnknownModule):
        api.module("herken")


def test_modules_stand_in_the_order_of_the_tree() -> None:
    first, second = module("een"), module("twee", parts=False)
    assert list(api.modules()) == ["een", "twee"]
    MovePageAction(second, first, pos="left").execute()
    assert list(api.modules()) == ["twee", "een"]


def test_a_lesson_is_no_quiz() -> None:
    module()
    assert "hardop nee" in api.lesson_html(api.module("herken"), "herken-les")
    with pytest.raises(api.UnknownPart):
        api.lesson_html(api.module("herken"), "herken-quiz")
    with pytest.raises(api.UnknownPart):
        api.freeze_quiz(api.module("herken"), "herken-les")


def test_a_case_by_its_slug_and_by_its_key() -> None:
    live_case(slug="de-pas-geleend", key="de-pas")
    assert api.case("de-pas").sections[0].title == "Tien minuten"
    assert api.case("de-pas-geleend") == api.case("de-pas")
    (summary,) = api.cases()
    assert [str(theme) for theme in summary.themes] == ["Alert en weerbaar"]
    assert summary.minutes == 1
    with pytest.raises(api.UnknownCase):
        api.case("anders")


def test_what_an_older_leer_left_in_the_cache_is_not_read(monkeypatch: Any) -> None:
    live_case(slug="de-pas")
    before = api._name("case:de-pas", api.content_stamp())
    monkeypatch.setattr(api.shapes, "Case", make_dataclass("Case", ["title"]))
    monkeypatch.setattr(api, "SHAPE", api._shape())
    assert api._name("case:de-pas", api.content_stamp()) != before


def test_an_information_page() -> None:
    info("privacy")
    assert "Wat Leer over jou weet" in api.info_page("privacy").html
    with pytest.raises(api.UnknownPage):
        api.info_page("anders")


def test_warm_reading_costs_one_query_each_and_none_for_what_belongs_to_a_module(
    django_assert_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    module(picture=picture(), picture_alt="Een haven.")
    live_case()
    info("privacy")

    def read() -> None:
        api.modules()
        found = api.module("herken")
        api.lesson_html(found, "herken-les")
        api.freeze_quiz(found, "herken-quiz")
        api.cases()
        api.case("de-pas")
        api.info_page("privacy")

    with django_capture_on_commit_callbacks(execute=True):
        read()
    with django_assert_num_queries(5):  # the stamp, five times
        read()


def test_cold_reading_of_modules_does_not_grow_with_their_number(
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(6):
        module(f"m{number}")
    api.content_stamp()
    with django_assert_max_num_queries(8):
        assert len(api.modules()) == 6


@pytest.mark.parametrize(
    "change", ["publish", "unpublish", "delete", "question", "picture", "move"]
)
def test_each_change_of_what_learners_see_gives_a_new_stamp(change: str) -> None:
    page = module(picture=picture(), picture_alt="Een haven.")
    before = api.content_stamp()
    match change:
        case "publish":
            page.save_revision().publish()
        case "unpublish":
            page.unpublish()
        case "delete":
            LessonPage.objects.get(key="herken-les").delete()
        case "question":
            Question.objects.get(key="herken-een").save()
        case "picture":
            page.picture.save()
        case "move":
            MovePageAction(QuizPage.objects.get(), LessonPage.objects.get(), pos="left").execute()
    assert api.content_stamp() != before


def test_a_draft_does_not_change_the_stamp() -> None:
    page = module()
    before = api.content_stamp()
    page.title = "Concept"
    page.save_revision()
    assert api.content_stamp() == before
    assert api.module("herken").title == "Herken een benadering"


def test_a_change_is_read_at_once() -> None:
    module()
    api.lesson_html(api.module("herken"), "herken-les")
    page = LessonPage.objects.get(key="herken-les")
    page.body = [("text", RichText("<p>Vertel het dezelfde dag.</p>"))]
    page.save_revision().publish()
    assert "dezelfde dag" in api.lesson_html(api.module("herken"), "herken-les")
    page.refresh_from_db()
    assert api.module("herken").part("herken-les").version == page.live_revision_id


def test_a_quiz_that_was_begun_stays_what_it_was() -> None:
    module()
    begun = api.freeze_quiz(api.module("herken"), "herken-quiz")
    assert api.freeze_quiz(api.module("herken"), "herken-quiz") == begun
    question = Question.objects.get(key="herken-een")
    question.prompt = "Anders gevraagd"
    question.save()
    now = api.freeze_quiz(api.module("herken"), "herken-quiz")
    assert now != begun
    assert QuizVersion.objects.get(pk=begun.pk).quiz.questions[0].prompt == "Wat doe je?"
    assert now.quiz.questions[0].prompt == "Anders gevraagd"


def test_a_question_that_is_not_published_is_not_asked() -> None:
    module()
    Question.objects.get(key="herken-een").unpublish()
    assert [q.key for q in api.freeze_quiz(api.module("herken"), "herken-quiz").quiz.questions] == [
        "herken-meer"
    ]


def test_what_is_rendered_is_kept_per_language() -> None:
    module()
    with override("nl"):
        api.lesson_html(api.module("herken"), "herken-les")
    with override("en"):
        assert api.lesson_html(api.module("herken"), "herken-les")


def test_the_front_door_lists_what_there_is() -> None:
    assert all(hasattr(api, name) for name in api.__all__)


def test_the_module_page_is_the_one_of_the_tree() -> None:
    page = module()
    assert api.module("herken").page_id == page.pk == ModulePage.objects.get().pk
