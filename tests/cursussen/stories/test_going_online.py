"""A story goes online proved, and through a second person; then it is compiled to play."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Comment

from cursussen.models import ScenarioPage, StoryPage
from leer.accounts.api import Role, User
from leer.scenarios import api as scenarios
from leer.scenarios import engine
from tests.cursussen.stories.conftest import browser
from tests.scenarios.engine.examples import EXAMPLE, changed, without_passage
from tests.support.factories_content import module, published, user_with
from tests.support.factories_stories import (
    approve_story,
    change_story,
    draft_story,
    submitted_story,
)

pytestmark = pytest.mark.django_db
UNSOUND = without_passage("veilig")
REWORDED = changed(("Goed zo.", "Heel goed."))
ENGLISH = changed(
    ("D674C58C-DEFA-4F70-B7A2-27742230C0FC", "D674C58C-DEFA-4F70-B7A2-27742230C0FD"),
    ("taal: nl", "taal: en"),
    ("Goed zo.", "Well done."),
)


def played(key: str = "het-rooster", language: str = "nl") -> engine.Scenario:
    return scenarios.graph_of(scenarios.live_version_id(key, language))


def test_what_a_second_person_approved_can_be_played(author: User, chief: User) -> None:
    page = approve_story(submitted_story(author), chief)
    assert page.live
    assert played() == engine.parse(EXAMPLE)
    assert scenarios.Scenario.objects.get().origin == scenarios.Origin.EDITORS


def test_who_wrote_it_does_not_approve_it(chief: User) -> None:
    page = submitted_story(chief)
    with pytest.raises(PermissionDenied):
        approve_story(page, chief)
    assert not scenarios.Scenario.objects.exists()


def test_what_is_not_proved_is_not_approved(author: User, chief: User) -> None:
    page = submitted_story(author, UNSOUND)
    task = page.current_workflow_task
    assert [name for name, *_rest in task.get_actions(page, chief)] == ["reject"]
    with pytest.raises(PermissionDenied, match="nog niet af"):
        approve_story(page, chief)
    assert not scenarios.Scenario.objects.exists()


def test_what_is_not_proved_goes_online_in_no_other_way(author: User) -> None:
    page = draft_story(author, UNSOUND)
    page.live = True
    with pytest.raises(ValidationError, match="er niet meer is"):
        page.save()


def test_a_new_version_is_played_by_new_attempts_and_the_old_one_stays(
    author: User, chief: User
) -> None:
    page = approve_story(submitted_story(author), chief)
    before = scenarios.live_version_id("het-rooster")
    page = change_story(page, author, REWORDED)
    assert scenarios.live_version_id("het-rooster") == before  # a draft changes nothing
    page.get_workflow().start(page, author)
    approve_story(StoryPage.objects.get(pk=page.pk), chief)
    assert played() == engine.parse(REWORDED)
    assert scenarios.graph_of(before) == engine.parse(EXAMPLE)


def test_block_ids_stay_through_revision_workflow_and_publication(
    author: User, chief: User
) -> None:
    page = draft_story(author)
    ids = [block.id for block in page.scenes]
    Comment.objects.create(
        page=page.basepage_ptr, user=author, text="Mooi", contentpath=f"scenes.{ids[1]}.name"
    )
    page = change_story(page, author, REWORDED)
    page.get_workflow().start(page, author)
    page = approve_story(StoryPage.objects.get(pk=page.pk), chief)
    assert [block.id for block in page.scenes] == ids
    assert page.wagtail_admin_comments.get().contentpath == f"scenes.{ids[1]}.name"


def test_taken_offline_it_is_no_longer_begun(author: User, chief: User) -> None:
    page = approve_story(submitted_story(author), chief)
    page.unpublish(user=chief)
    with pytest.raises(scenarios.Scenario.DoesNotExist):
        played()


def test_what_a_module_shows_is_not_taken_offline(author: User, chief: User) -> None:
    page = approve_story(submitted_story(author), chief)
    assert page.permissions_for_user(chief).can_unpublish()
    part = ScenarioPage(title="Rooster", slug="deel", key="deel", scenario_key="het-rooster")
    published(module(parts=False), part)
    assert not page.permissions_for_user(chief).can_unpublish()


def test_what_a_module_shows_is_not_deleted(author: User, chief: User) -> None:
    page = approve_story(submitted_story(author), chief)
    assert page.permissions_for_user(chief).can_delete()
    part = ScenarioPage(title="Rooster", slug="deel", key="deel", scenario_key="het-rooster")
    published(module(parts=False), part)
    assert not page.permissions_for_user(chief).can_delete()


def test_deleted_it_is_no_longer_begun_and_who_plays_it_goes_on(author: User, chief: User) -> None:
    page = approve_story(submitted_story(author), chief)
    under_way = scenarios.live_version_id("het-rooster")
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    browser(chief).post(delete)
    assert not StoryPage.objects.exists()
    with pytest.raises(scenarios.Scenario.DoesNotExist):
        played()
    assert scenarios.graph_of(under_way) == engine.parse(EXAMPLE)


def test_what_was_deleted_is_taken_back_from_the_list(author: User, chief: User) -> None:
    page = approve_story(submitted_story(author), chief)
    page.delete()
    scenario = scenarios.Scenario.objects.get()
    client = browser(author)
    way_back = reverse("stories:scenario", args=[scenario.pk])
    assert way_back in client.get(reverse("stories:list")).content.decode()
    take_over = reverse("stories:take_over", args=[scenario.pk])
    assert take_over in client.get(way_back).content.decode()
    client.post(take_over)
    again = StoryPage.objects.get()
    assert (again.ifid, again.story_key) == (page.ifid, page.story_key)
    again.get_workflow().start(again, author)
    assert approve_story(StoryPage.objects.get(pk=again.pk), chief).live
    assert played() == engine.parse(EXAMPLE)


def test_a_file_does_not_change_what_the_editors_hold(author: User, chief: User) -> None:
    approve_story(submitted_story(author), chief)
    with pytest.raises(scenarios.HeldByEditorsError):
        scenarios.load(REWORDED, key="het-rooster", language="nl")
    assert played() == engine.parse(EXAMPLE)


def test_a_file_with_a_key_that_is_taken_is_refused(author: User, chief: User) -> None:
    approve_story(submitted_story(author), chief)
    other = changed(("D674C58C-DEFA", "E674C58C-DEFA"))
    with pytest.raises(scenarios.KeyTakenError):
        scenarios.load(other, key="het-rooster", language="nl")


# Two languages ------------------------------------------------------------------------------
def test_a_translation_goes_online_when_it_tells_the_same_story(author: User, chief: User) -> None:
    approve_story(submitted_story(author), chief)
    english = submitted_story(author, ENGLISH, story_key="het-rooster")
    assert approve_story(english, chief).live
    assert played(language="en") == engine.parse(ENGLISH)


def test_a_translation_that_tells_another_story_is_refused(author: User, chief: User) -> None:
    approve_story(submitted_story(author), chief)
    text = changed(("druk: druk + 1", "druk: druk + 2"), text=ENGLISH)
    english = submitted_story(author, text, story_key="het-rooster")
    with pytest.raises(PermissionDenied):
        approve_story(english, chief)
    with pytest.raises(ValidationError, match="werkt anders dan in de andere taal"):
        english.check_complete()


def test_the_leading_language_may_go_ahead(author: User, chief: User) -> None:
    page = approve_story(submitted_story(author), chief)
    approve_story(submitted_story(author, ENGLISH, story_key="het-rooster"), chief)
    page = change_story(page, author, changed(("druk: druk + 1", "druk: druk + 2")))
    page.get_workflow().start(page, author)
    assert approve_story(StoryPage.objects.get(pk=page.pk), chief).live


def test_who_goes_ahead_hears_that_the_translation_will_be_behind(
    author: User, chief: User
) -> None:
    page = approve_story(submitted_story(author), chief)
    approve_story(submitted_story(author, ENGLISH, story_key="het-rooster"), chief)
    state = reverse("stories:state", args=[page.pk])
    warning = "loopt de vertaling (Engels) achter"
    assert warning not in browser(author).get(state).json()["panel"]
    change_story(page, author, changed(("druk: druk + 1", "druk: druk + 2")))
    assert warning in browser(author).get(state).json()["panel"]
    change_story(page, author, REWORDED)  # other words are no other story
    assert warning not in browser(author).get(state).json()["panel"]


def test_two_stories_have_no_key_in_one_language(author: User) -> None:
    draft_story(author)
    other = changed(("D674C58C-DEFA", "E674C58C-DEFA"))
    assert draft_story(author, other, slug="tweede").story_key == "tweede"
    page = draft_story(author, changed(("D674C58C-DEFA", "F674C58C-DEFA")), slug="derde")
    page.story_key = "het-rooster"
    with pytest.raises(ValidationError, match="al een ander scenario"):
        page.full_clean()


def test_a_copy_is_a_story_of_its_own(author: User) -> None:
    page = draft_story(author)
    changes = {"slug": "kopie", "title": "Kopie"}
    copy = CopyPageAction(page, update_attrs=changes).execute(skip_permission_checks=True)
    latest = copy.get_latest_revision_as_object()
    assert latest.ifid == copy.ifid != page.ifid
    assert latest.story_key == "kopie"
    assert latest.checked().errors == ()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.EDITOR, True),
        (Role.CHIEF_EDITOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.PROGRAMME, False),
        (Role.MANAGER, False),
    ],
)
def test_who_may_write_stories(author: User, role: Role, may: bool) -> None:
    page = draft_story(author)
    permissions = page.permissions_for_user(user_with(role, name="iemand"))
    assert permissions.can_edit() is may
    assert not permissions.can_publish()
