"""Pages: keys that stay, addresses that lead to the learner, previews, and blocks."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from wagtail.actions.copy_page import CopyPageAction
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cursussen import api
from cursussen.models import (
    BasePage,
    CaseIndexPage,
    CasePage,
    HomePage,
    LessonPage,
    ModulePage,
    PolicyPage,
    QuizPage,
    ScenarioPage,
    StoryPage,
    StrandPage,
)
from leer.accounts.api import Role
from leer.questions.api import Draw, Question
from tests.support.factories_content import (
    draft_case,
    info,
    lesson,
    live_case,
    module,
    picture,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"


# Keys --------------------------------------------------------------------------------------
def test_a_page_without_a_key_takes_its_slug_and_makes_it_unique() -> None:
    module("herken", parts=False)
    page = ModulePage(title="Herken", slug="herken", summary="Kort.")
    StrandPage.objects.last().add_child(instance=page)
    assert page.key == "herken-2"


def test_a_key_may_change_until_it_is_published_and_never_after() -> None:
    draft = draft_case()
    draft.key = "anders"
    draft.full_clean()
    page = module("herken", parts=False)
    page.key = "anders-ook"
    with pytest.raises(ValidationError, match="blijft"):
        page.full_clean()


def test_a_copied_module_has_keys_of_its_own_also_for_its_parts() -> None:
    module("herken")
    CopyPageAction(
        ModulePage.objects.get(),
        recursive=True,
        update_attrs={"slug": "kopie", "title": "Kopie"},
        keep_live=False,
    ).execute()
    copy = ModulePage.objects.get(slug="kopie")
    assert copy.key == "kopie"
    keys = set(copy.get_children().values_list("key", flat=True))
    assert keys == {"herken-les-2", "herken-quiz-2", "herken-scenario-2"}
    assert copy.get_latest_revision_as_object().key == "kopie"


# Addresses ---------------------------------------------------------------------------------
def test_each_page_has_the_learners_address() -> None:
    module()
    live_case(slug="de-pas")
    assert ModulePage.objects.get().url == "/module/herken"
    assert LessonPage.objects.get().url == "/module/herken/herken-les"
    assert info("privacy").url == "/over/privacy"
    assert CaseIndexPage.objects.get().url == "/casussen"
    assert HomePage.objects.get().url == "/"
    assert StrandPage.objects.first().url is None


def test_wagtails_own_address_leads_to_the_learners(rf: RequestFactory) -> None:
    module()
    response = LessonPage.objects.get().serve(rf.get("/"))
    assert (response.status_code, response["Location"]) == (302, "/module/herken/herken-les")


# Previews ----------------------------------------------------------------------------------
def every_page() -> list[Any]:
    module(picture=picture(), picture_alt="Een haven.")
    return [
        HomePage.objects.get(),
        StrandPage.objects.first(),
        ModulePage.objects.get(),
        LessonPage.objects.get(),
        QuizPage.objects.get(),
        ScenarioPage.objects.get(),
        CaseIndexPage.objects.get(),
        draft_case(),
        info(),
    ]


def test_each_type_of_page_has_a_preview_in_the_sites_look() -> None:
    user = user_with(Role.EDITOR)
    for page in every_page():
        response = page.make_preview_request(extra_request_attrs={"user": user})
        html = response.content.decode()
        assert response.status_code == 200
        assert page.title in html
        assert 'class="foot"' in html


def test_each_type_of_page_can_be_opened_in_the_admin(client: Client) -> None:
    pages = every_page()
    client.force_login(user_with(Role.ADMINISTRATOR), backend="leer.accounts.backends.RoleBackend")
    assert client.get("/cms/").status_code == 200
    for page in pages:
        assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
        assert client.get(f"/cms/pages/{page.pk}/").status_code == 200
    for name in ("singlechoicequestion", "multiplechoicequestion"):
        assert client.get(f"/cms/snippets/questions/{name}/").status_code == 200
        assert client.get(f"/cms/snippets/questions/{name}/add/").status_code == 200
    assert client.get("/cms/snippets/choose/questions/question/").status_code == 200
    assert client.get("/cms/snippets/questions/question/add/").status_code == 302


def test_a_draw_that_the_bank_cannot_fill_is_told_at_the_draw(client: Client) -> None:
    module()
    quiz_page = QuizPage.objects.get()
    client.force_login(user_with(Role.ADMINISTRATOR), backend="leer.accounts.backends.RoleBackend")
    draw = [("draw", {"tag": " Signalen ", "count": "2"})]
    form = nested_form_data(
        {
            "title": quiz_page.title,
            "slug": quiz_page.slug,
            "key": quiz_page.key,
            "summary": "",
            "minutes": "5",
            "questions": streamfield(draw),
            "comments": inline_formset([]),
        }
    )
    url = f"/cms/pages/{quiz_page.pk}/edit/"
    page = client.post(url, form | {"action-publish": "1"}).content.decode()
    assert "2 gepubliceerde vragen te weinig met trefwoord" in page
    Question.objects.update(tags=["signalen"])
    assert client.post(url, form | {"action-publish": "1"}).status_code == 302
    assert list(QuizPage.objects.get().entries()) == [Draw("signalen", 2)]


# Blocks ------------------------------------------------------------------------------------
def body() -> list[tuple[str, Any]]:
    image = picture()
    return [
        ("text", RichText("<h2>Kop</h2><p>Tekst</p>")),
        ("picture", {"image": image, "alt": "Een kade.", "caption": "Bijschrift"}),
        (
            "film",
            {
                "still": image,
                "alt": "Een kantine.",
                "title": "Een biertje",
                "duration": "2 minuten",
                "video": None,
                "transcript": RichText("<p><b>Ilse:</b> Nee.</p>"),
            },
        ),
        ("remember", {"text": RichText("<p>Zeg nee.</p>")}),
        ("quote", {"text": RichText("<p>Dat ben ik.</p>"), "who": "Medewerker"}),
    ]


def test_a_lesson_is_clean_html() -> None:
    lesson(module(parts=False), key="les", body=body())
    html = api.lesson_html(api.module("herken"), "les")
    for wanted in (
        '<figure class="picture">',
        '<figure class="film">',
        '<aside class="remember"',
        '<figure class="quote">',
        '<details class="transcript" open>',
        'alt="Een kade."',
        'loading="lazy"',
        'width="64"',
        'height="48"',
        "srcset=",
        ".webp",
        "<figcaption>Medewerker</figcaption>",
    ):
        assert wanted in html
    for forbidden in ("style=", "<script", "onclick", "<style"):
        assert forbidden not in html


def test_words_an_editor_types_are_not_html() -> None:
    blocks = body()[1:2]
    blocks[0][1]["caption"] = "<script>alert(1)</script>"
    lesson(module(parts=False), key="les", body=blocks)
    assert "<script>" not in api.lesson_html(api.module("herken"), "les")


@pytest.mark.parametrize(
    "model", [CasePage, PolicyPage, StoryPage, ModulePage, LessonPage, QuizPage]
)
def test_a_draft_needs_no_more_than_a_title(model: type[BasePage]) -> None:
    """Wagtail saves while somebody writes: what is still empty must not stop it."""
    form_class = model.get_edit_handler().get_form_class()
    user = user_with(Role.CHIEF_EDITOR)
    form = form_class(instance=model(), for_user=user)
    sent = {name: form[name].value() for name in form.fields} | {
        "title": "Nog leeg",
        "slug": "nog-leeg",
    }
    streams = {f"{name}-count": "0" for name in form.fields}
    comments = inline_formset([]) if "comments" in form.formsets else {}
    data = {
        name: value for name, value in sent.items() if isinstance(value, str | int | date) and value
    }
    given = data | streams | nested_form_data(dict.fromkeys(form.formsets, comments))
    form = form_class(given, instance=model(), for_user=user)
    form.defer_required_fields()
    assert form.errors == {}
