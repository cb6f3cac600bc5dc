"""The form of a story: drafts as they come, problems at their scene, and the way out refused."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cursussen.models import ScenarioPage, StoryIndexPage, StoryPage
from leer.accounts.api import User
from leer.scenarios import api as scenarios
from tests.cursussen.stories.conftest import browser
from tests.scenarios.engine.examples import EXAMPLE, without_passage
from tests.support.factories_content import module, published
from tests.support.factories_stories import draft_story

pytestmark = pytest.mark.django_db


def texts(*pieces: str) -> dict[str, Any]:
    return streamfield([("item", {"text": text, "conditions": streamfield([])}) for text in pieces])


def way_on(text: str, target: str) -> dict[str, Any]:
    return {"text": text, "target": target, "conditions": streamfield([])}


def scene(*choices: tuple[str, str], **values: Any) -> dict[str, Any]:
    return {
        "name": "", "place": "", "picture": "", "texts": texts("Hij vraagt je rooster."),
        "choices": streamfield([("item", way_on(*choice)) for choice in choices]),
        "phase": "", "effects": streamfield([]),
    } | values  # fmt: skip


def ending(**values: Any) -> dict[str, Any]:
    return {
        "name": "", "outcome": "veilig", "place": "", "picture": "",
        "texts": texts("Goed gedaan."), "effects": streamfield([]),
    } | values  # fmt: skip


def form_data(scenes: list[tuple[str, str, dict[str, Any]]], **values: Any) -> dict[str, Any]:
    """What the editor's form sends; a scene is its type, its block id and its fields."""
    data = {
        "title": "Het rooster", "slug": "het-rooster", "language": "nl", "story_key": "",
        "theme": "alert-en-weerbaar", "goal": "Je zegt nee.", "signals": "", "functions": "",
        "source": "Verzonnen.", "review_on": "2027-11-01", "classification": "", "pass_rule": "",
        "version": "1", "counters": streamfield([]),
        "scenes": streamfield([(kind, value) for kind, _id, value in scenes]),
        "go_live_at": "", "expire_at": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    } | values  # fmt: skip
    sent = nested_form_data(data)
    return sent | {f"scenes-{place}-id": block for place, (_kind, block, _) in enumerate(scenes)}


def sound() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("scene", "id-1", scene(("Je zegt nee", "id-2"), ("Je geeft het", "id-3"))),
        ("ending", "id-2", ending()),
        ("ending", "id-3", ending(outcome="schade", texts=texts("Het loopt slecht af."))),
    ]


def add(client: Client, data: dict[str, Any], **more: str) -> Any:
    index = StoryIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["cursussen", "storypage", index.pk])
    return client.post(url, data | more)


def test_a_draft_is_kept_however_unfinished_it_is(author: User) -> None:
    scenes = [("scene", "id-1", scene(("", ""), texts=texts("")))]
    add(browser(author), form_data(scenes, theme="", goal="", source="", review_on=""))
    page = StoryPage.objects.get()
    codes = {found.code for found in page.checked().errors}
    assert {"text-missing", "choice-empty", "choice-nowhere", "field-empty"} <= codes


def test_a_scene_without_a_name_gets_one_and_keeps_it(author: User) -> None:
    client = browser(author)
    add(client, form_data(sound()))
    page = StoryPage.objects.get()
    names = [block.value["name"] for block in page.scenes]
    assert names == ["hij-vraagt-je-rooster", "einde-goed-gedaan", "einde-het-loopt-slecht-af"]
    scenes = sound()
    scenes[0][2]["texts"] = texts("Heel andere woorden.")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, form_data(scenes))
    latest = StoryPage.objects.get().get_latest_revision_as_object()
    assert [block.value["name"] for block in latest.scenes] == names
    assert latest.checked().errors == ()


def test_a_second_story_with_the_same_title_gets_a_slug_of_its_own(author: User) -> None:
    client = browser(author)
    for _time in range(2):
        add(client, form_data(sound()))
    first, second = StoryPage.objects.order_by("pk")
    assert (first.slug, second.slug) == ("het-rooster", "het-rooster-2")
    assert first.story_key != second.story_key
    # and saved again, with what the form still holds, it keeps it
    client.post(reverse("wagtailadmin_pages:edit", args=[second.pk]), form_data(sound()))
    assert StoryPage.objects.get(pk=second.pk).get_latest_revision_as_object().slug == second.slug


def test_a_sound_story_is_handed_in(author: User) -> None:
    add(browser(author), form_data(sound()), **{"action-submit": "1"})
    assert StoryPage.objects.get().workflow_in_progress


def test_handing_in_is_refused_with_the_error_at_its_scene(author: User) -> None:
    scenes = sound()
    scenes[0][2]["choices"] = streamfield([("item", way_on("Je geeft het", "id-3"))])
    answer = add(browser(author), form_data(scenes, goal=""), **{"action-submit": "1"})
    assert not StoryPage.objects.exists()
    form = answer.context["form"]
    by_place = form.errors.as_data()["scenes"][0].block_errors
    assert set(by_place) == {1}  # the ending that nobody comes to
    assert "nooit te bereiken" in by_place[1].non_block_errors[0]
    assert form.errors["goal"] == ["Vul ‘Leerdoel’ in."]
    assert any("veilig einde" in message for message in form.non_field_errors())


def test_the_state_of_a_draft_tells_its_problems_by_block(author: User) -> None:
    page = draft_story(author, without_passage("veilig"))
    state = browser(author).get(reverse("stories:state", args=[page.pk])).json()
    wrong = next(block.id for block in page.scenes if block.value["name"] == "auto")
    assert any("er niet meer is" in told["message"] for told in state["blocks"][wrong])
    assert f"#scene-{wrong}" in state["panel"]


# Looking at it -----------------------------------------------------------------------------
def look(author: User, page: StoryPage, **asked: str) -> str:
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    return browser(author).get(url, asked).content.decode()


def test_the_map_leads_to_the_forms_of_its_scenes(author: User) -> None:
    page = draft_story(author)
    shown = look(author, page)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for block in page.scenes:
        assert f'target="_parent" href="{edit}#scene-{block.id}"' in shown
    assert "Dezelfde kaart in woorden" in shown


def test_a_draft_is_played_from_any_scene_with_any_counters(author: User) -> None:
    page = draft_story(author)
    assert "Een kennis vraagt" in look(author, page, mode="spelen")
    calm = look(author, page, mode="spelen", scene="auto")
    assert "Er ligt een envelop." in calm
    assert "nog een keer" not in calm
    assert "nog een keer" in look(author, page, mode="spelen", scene="auto", t0="2")
    by_block = next(block.id for block in page.scenes if block.value["name"] == "auto")
    assert "Er ligt een envelop." in look(author, page, mode="spelen", scene=by_block)
    assert not scenarios.Scenario.objects.exists()


@pytest.mark.parametrize("asked", [{"t0": "x"}, {"t0": "999"}, {"scene": "weg"}, {"t9": "1"}])
def test_playing_does_not_stumble_over_an_address(author: User, asked: dict[str, str]) -> None:
    assert "Een kennis vraagt" in look(author, draft_story(author), mode="spelen", **asked)


def test_a_draft_that_leads_nowhere_is_still_played(author: User) -> None:
    page = draft_story(author)
    page.scenes[0].value["choices"][0]["target"] = ""
    page.counters = []
    page.save_revision(user=author)
    assert "gaat nog nergens heen" in look(author, page, mode="spelen")
    assert "Er ligt een envelop." in look(author, page, mode="spelen", scene="auto")


# The list and the place in a module ----------------------------------------------------------
def test_the_list_takes_the_same_number_of_queries_for_one_and_for_many(
    author: User, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cursussen.stories import listing

    draft_story(author)
    with CaptureQueriesContext(connection) as one:
        assert len(listing.rows()) == 1
    for number in range(5):
        text = EXAMPLE.replace("D674C58C-DEFA", f"{number}674C58C-DEFA"[:8] + "-DEFA")
        draft_story(author, text, slug=f"verhaal-{number}")
    with django_assert_num_queries(len(one)):
        assert len(listing.rows()) == 6


def test_the_list_shows_both_origins_and_where_they_are_used(author: User) -> None:
    scenarios.publish(scenarios.load(EXAMPLE, key="het-rooster", language="nl").version)
    part = ScenarioPage(title="Deel", slug="deel", key="deel", scenario_key="het-rooster")
    published(module(parts=False), part)
    draft_story(author, EXAMPLE.replace("D674C58C", "E674C58C"), slug="ander")
    shown = browser(author).get(reverse("stories:list")).content.decode()
    assert "bestand" in shown
    assert "redactie" in shown
    assert reverse("wagtailadmin_pages:edit", args=[ScenarioPage.objects.get().pk]) in shown


def test_a_part_offers_the_scenarios_that_can_be_played(chief: User) -> None:
    scenarios.publish(scenarios.load(EXAMPLE, key="het-rooster", language="nl").version)
    parent = module(parts=False)
    url = reverse("wagtailadmin_pages:add", args=["cursussen", "scenariopage", parent.pk])
    assert "Het rooster (het-rooster)" in browser(chief).get(url).content.decode()
    data = {
        "title": "Deel", "slug": "deel", "summary": "", "minutes": "5", "key": "", "review_on": "",
        "go_live_at": "", "expire_at": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    refused = browser(chief).post(url, data | {"scenario_key": "weg"})
    assert "scenario_key" in refused.context["form"].errors
    browser(chief).post(url, data | {"scenario_key": "het-rooster"})
    assert ScenarioPage.objects.get().scenario_key == "het-rooster"
