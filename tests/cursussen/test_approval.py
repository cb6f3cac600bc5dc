"""A case goes live through a second person only: every way round is tried, and refused."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cursussen.models import CaseIndexPage, CasePage, HomePage, StrandPage, Theme
from leer.accounts.api import Role, User
from tests.support.factories_content import (
    approve,
    draft_case,
    live_case,
    module,
    parts_of_a_case,
    submitted_case,
    user_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"


@pytest.fixture
def author() -> User:
    return user_with(Role.EDITOR, name="schrijver")


@pytest.fixture
def chief() -> User:
    return user_with(Role.CHIEF_EDITOR, name="beoordelaar")


@pytest.fixture
def root() -> User:
    return user_with(Role.CHIEF_EDITOR, name="root", superuser=True)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def stays_draft(page: CasePage) -> bool:
    return not CasePage.objects.get(pk=page.pk).live


def choices(*texts: str) -> Any:
    said = rich_text("<p>Je wilt helpen.</p>")
    return streamfield([("item", {"text": text, "reflection": said}) for text in texts])


def form_data(**values: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    text = streamfield([("text", rich_text("<p>Iedereen kende de portier.</p>"))])
    section = {"kind": "gebeurtenis", "title": "Tien minuten", "body": text}
    options = choices("Ik geef hem mijn pas.", "Ik loop even mee.")
    moment = {"title": "En nu?", "body": text, "question": "Wat doe jij?", "options": options}
    parts = [("section", section), ("moment", moment), ("section", section)]
    data = {
        "title": "De pas", "slug": "de-pas", "key": "de-pas", "summary": "Kort.",
        "picture": "", "picture_alt": "", "sections": streamfield(parts),
        "themes": [], "origin": "geconstrueerd", "source": "Verzonnen.", "functions": "",
        "phase": "", "example": "fout", "review_on": "2027-11-01", "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    data |= values
    themes = data.pop("themes")
    return nested_form_data(data) | {"themes": themes}


@pytest.mark.parametrize("moment", ["0001-01-01 00:00", "9999-12-31 23:59"])
@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
def test_a_moment_that_the_database_cannot_read_back_is_refused(
    author: User, field: str, moment: str
) -> None:
    index = CaseIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["cursussen", "casepage", index.pk])
    answer = browser(author).post(url, form_data(**{field: moment}))
    assert answer.status_code == 200
    assert not CasePage.objects.exists()


def test_a_title_that_looks_like_a_formula_is_text_in_an_export(author: User) -> None:
    draft_case(author, title='=HYPERLINK("https://elders.nl";"Klik")')
    export = browser(author).get(reverse("wagtailadmin_reports:site_history"), {"export": "csv"})
    written = b"".join(export.streaming_content).decode()
    assert "HYPERLINK" in written
    assert ',"=HYPER' not in written
    assert "'=HYPER" in written


# The way it should go ----------------------------------------------------------------------
def test_somebody_else_of_the_chief_editors_approves_and_it_is_live(
    author: User, chief: User
) -> None:
    page = approve(submitted_case(author), chief)
    assert page.live
    assert page.live_revision == page.latest_revision


def test_the_whole_way_in_the_admin(author: User, chief: User) -> None:
    index = CaseIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["cursussen", "casepage", index.pk])
    theme = str(Theme.objects.first().pk)
    browser(author).post(url, form_data(themes=[theme]) | {"action-submit": "1"})
    page = CasePage.objects.get(slug="de-pas")
    assert page.workflow_in_progress
    assert not page.live
    act = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", page.current_workflow_task_state.pk],
    )
    browser(author).post(act, {})
    assert stays_draft(page)
    browser(chief).post(act, {})
    assert not stays_draft(page)


def test_a_changed_live_case_needs_a_second_person_again(author: User, chief: User) -> None:
    page = live_case(author, chief)
    page.title = "Een andere titel"
    revision = page.save_revision(user=author)
    with pytest.raises(PermissionDenied):
        revision.publish()
    assert CasePage.objects.get(pk=page.pk).title == "De pas"
    page = CasePage.objects.get(pk=page.pk)
    page.get_workflow().start(page, author)
    assert approve(CasePage.objects.get(pk=page.pk), chief).title == "Een andere titel"


def test_who_wrote_an_earlier_published_version_may_judge_a_later_one(chief: User) -> None:
    first = user_with(Role.CHIEF_EDITOR, name="eerste")
    page = live_case(first, chief)
    other = user_with(Role.EDITOR, name="ander")
    page.title = "Nieuw"
    page.save_revision(user=other)
    page.get_workflow().start(CasePage.objects.get(pk=page.pk), other)
    assert approve(CasePage.objects.get(pk=page.pk), first).title == "Nieuw"


# Who may not approve -----------------------------------------------------------------------
def test_the_author_cannot_approve_also_as_chief_editor_and_superuser(root: User) -> None:
    page = submitted_case(root)
    names = [name for name, *_ in page.current_workflow_task.get_actions(page, root)]
    assert names == ["reject"]
    with pytest.raises(PermissionDenied):
        approve(page, root)
    assert stays_draft(page)


def test_a_superuser_without_the_role_cannot_approve(author: User) -> None:
    page = submitted_case(author)
    with pytest.raises(PermissionDenied):
        approve(page, user_with(name="beheer", superuser=True))
    assert stays_draft(page)


def test_who_wrote_one_of_the_revisions_cannot_approve(author: User, chief: User) -> None:
    page = draft_case(author)
    page.save_revision(user=chief)
    page.save_revision(user=author)
    page.get_workflow().start(CasePage.objects.get(pk=page.pk), author)
    with pytest.raises(PermissionDenied):
        approve(CasePage.objects.get(pk=page.pk), chief)
    assert stays_draft(page)


def test_who_submitted_it_cannot_approve(author: User, chief: User) -> None:
    page = draft_case(author)
    page.get_workflow().start(page, chief)
    with pytest.raises(PermissionDenied):
        approve(CasePage.objects.get(pk=page.pk), chief)


def test_who_submitted_it_again_cannot_approve(author: User, chief: User) -> None:
    page = submitted_case(author)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, chief, "reject", comment="Maak het korter")
    page.current_workflow_state.resume(user=chief)
    with pytest.raises(PermissionDenied):
        approve(CasePage.objects.get(pk=page.pk), chief)


def test_approving_the_task_state_itself_as_author_is_undone(root: User) -> None:
    page = submitted_case(root)
    with pytest.raises(PermissionDenied):
        page.current_workflow_task_state.approve(user=root)
    assert stays_draft(page)
    assert not TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists()


def test_who_changes_the_text_while_approving_has_written_it(author: User, chief: User) -> None:
    page = submitted_case(author)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    themes = [str(theme.pk) for theme in page.themes.all()]
    data = form_data(title="Stilletjes anders", slug=page.slug, key=page.key, themes=themes)
    browser(chief).post(
        url, data | {"action-workflow-action": "1", "workflow-action-name": "approve"}
    )
    assert stays_draft(page)


def test_a_revision_that_is_judged_is_not_written_over(root: User, chief: User) -> None:
    page = submitted_case(root)
    judged = page.latest_revision
    page.title = "Na het insturen gewijzigd"
    written = page.save_revision(user=root, overwrite_revision=judged)
    assert written.pk != judged.pk
    judged.refresh_from_db()
    assert judged.content["title"] == "De pas"
    page = approve(CasePage.objects.get(pk=page.pk), chief)
    assert not page.live  # the step starts again, for the new revision


# Ways round --------------------------------------------------------------------------------
def test_publish_button_in_the_editor(root: User) -> None:
    page = draft_case(root)
    data = form_data(slug=page.slug, key=page.key, themes=[str(t.pk) for t in page.themes.all()])
    response = browser(root).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), data | {"action-publish": "1"}
    )
    assert response.status_code == 302
    assert stays_draft(page)


def test_the_publish_action_itself_also_when_it_is_told_to_skip_the_checks(root: User) -> None:
    page = draft_case(root)
    for skip in (False, True):
        with pytest.raises(PermissionDenied):
            PublishPageRevisionAction(page.latest_revision, user=root).execute(
                skip_permission_checks=skip
            )
    assert stays_draft(page)


def test_publishing_while_creating(root: User) -> None:
    index = CaseIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["cursussen", "casepage", index.pk])
    data = form_data(themes=[str(Theme.objects.first().pk)])
    browser(root).post(url, data | {"action-publish": "1"})
    assert not CasePage.objects.live().exists()


def test_adding_a_page_that_says_it_is_live() -> None:
    page = draft_case()
    page.pk = page.id = page.basepage_ptr_id = None
    page._state.adding = True
    page.slug, page.key, page.live = "nieuw", "nieuw", True
    with pytest.raises(PermissionDenied):
        CaseIndexPage.objects.get().add_child(instance=page)


def test_bulk_publish_of_the_case_and_of_a_page_above_it(root: User) -> None:
    page = draft_case(root)
    url = reverse("wagtail_bulk_action", args=["cursussen", "basepage", "publish"])
    client = browser(root)
    client.post(f"{url}?id={page.pk}", {"include_descendants": "on"})
    client.post(f"{url}?id={HomePage.objects.get().pk}", {"include_descendants": "on"})
    assert stays_draft(page)
    with pytest.raises(PermissionDenied):
        PublishBulkAction.execute_action([page], user=None)


def test_scheduling_without_approval(root: User) -> None:
    page = draft_case(root)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(user=root, approved_go_live_at=page.go_live_at)
    with pytest.raises(PermissionDenied):
        call_command("publish_scheduled")
    assert stays_draft(page)


def test_an_approved_case_with_a_date_goes_live_on_that_date(author: User, chief: User) -> None:
    page = submitted_case(author, go_live_at=timezone.now() + timedelta(days=1))
    assert not approve(page, chief).live
    revision = CasePage.objects.get(pk=page.pk).scheduled_revision
    past = timezone.now() - timedelta(minutes=1)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    content = revision.content | {"go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    call_command("publish_scheduled")
    assert not stays_draft(page)


def test_copying_a_live_case_makes_a_draft(root: User, author: User, chief: User) -> None:
    page = live_case(author, chief)
    with pytest.raises(PermissionDenied):
        CopyPageAction(page, update_attrs={"slug": "kopie"}, user=root, keep_live=True).execute()
    with pytest.raises(PermissionDenied):
        page.copy(update_attrs={"slug": "kopie"}, keep_live=True)
    browser(root).post(
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": CaseIndexPage.objects.get().pk,
            "publish_copies": "on",
            "alias": "on",
        },
    )
    copy = CasePage.objects.get(slug="kopie")
    assert not copy.live
    assert copy.alias_of is None
    assert copy.key == "kopie"
    with pytest.raises(PermissionDenied):
        copy.latest_revision.publish()


def test_an_alias_of_a_live_case(root: User, author: User, chief: User) -> None:
    page = live_case(author, chief)
    with pytest.raises((PermissionDenied, ValidationError)):
        CreatePageAliasAction(page, update_slug="alias", user=root).execute()
    with pytest.raises((PermissionDenied, ValidationError)):
        page.create_alias(update_slug="alias")
    assert CasePage.objects.count() == 1


def test_moving_a_case_to_where_publishing_is_free(root: User) -> None:
    page = draft_case(root)
    with pytest.raises(PermissionDenied):
        MovePageAction(page, StrandPage.objects.first(), pos="last-child", user=root).execute()
    MovePageAction(page, StrandPage.objects.first(), pos="last-child").execute()  # by code
    with pytest.raises(PermissionDenied):
        CasePage.objects.get(pk=page.pk).latest_revision.publish(user=root)


def test_going_back_to_an_old_version_makes_a_draft(root: User, author: User, chief: User) -> None:
    page = draft_case(author, title="Nooit beoordeeld")
    old = page.latest_revision
    page.title = "De pas"
    page.save_revision(user=author)
    page.get_workflow().start(CasePage.objects.get(pk=page.pk), author)
    page = approve(CasePage.objects.get(pk=page.pk), chief)
    back = RevertToPageRevisionAction(page, old, user=root).execute()
    with pytest.raises(PermissionDenied):
        back.publish(user=root)
    with pytest.raises(PermissionDenied):
        old.publish(user=root)
    assert CasePage.objects.get(pk=page.pk).title == "De pas"


def test_an_approval_of_another_version_does_not_count(author: User, chief: User) -> None:
    page = live_case(author, chief)
    page.title = "Anders"
    later = page.save_revision(user=author)
    TaskState.objects.filter(status=TaskState.STATUS_APPROVED).update(revision=later)
    with pytest.raises(PermissionDenied):  # written after it was approved
        later.publish()


def test_a_workflow_with_an_easier_step_does_not_count(author: User, root: User) -> None:
    easy = GroupApprovalTask.objects.create(name="Makkelijk")
    workflow = Workflow.objects.create(name="Makkelijk")
    WorkflowTask.objects.create(workflow=workflow, task=easy)
    WorkflowPage.objects.update(workflow=workflow)
    page = submitted_case(author)
    with pytest.raises(PermissionDenied):
        approve(page, root)
    assert stays_draft(page)


def test_a_workflow_without_any_step_does_not_count(author: User) -> None:
    WorkflowTask.objects.all().delete()
    page = draft_case(author)
    with pytest.raises(PermissionDenied):
        page.get_workflow().start(page, author)
    assert stays_draft(page)


def test_setting_it_live_by_saving_it(author: User) -> None:
    page = draft_case(author)
    page.live = True
    with pytest.raises(PermissionDenied):
        page.save()
    assert stays_draft(page)


# Around it ---------------------------------------------------------------------------------
def test_an_editor_changes_cases_of_others_but_not_modules_of_others(author: User) -> None:
    page = draft_case(user_with(Role.EDITOR, name="ander"))
    assert page.permissions_for_user(author).can_edit()
    assert not module("m").permissions_for_user(author).can_edit()
    assert not module("n").permissions_for_user(author).can_publish()


def test_an_employee_comes_nowhere() -> None:
    page = draft_case()
    tester = page.permissions_for_user(user_with(Role.EMPLOYEE))
    allowed = [tester.can_edit(), tester.can_publish(), tester.can_delete()]
    assert not any(allowed)


def test_while_it_is_judged_the_author_cannot_change_it(author: User, chief: User) -> None:
    page = submitted_case(author)
    assert page.get_lock().for_user(author)
    assert not page.get_lock().for_user(chief)


def test_chief_editors_take_a_case_offline_at_once_and_editors_do_not(
    author: User, chief: User
) -> None:
    page = live_case(author, chief)
    assert not page.permissions_for_user(author).can_unpublish()
    assert page.permissions_for_user(chief).can_unpublish()
    page.unpublish(user=chief)
    page = CasePage.objects.get(pk=page.pk)
    page.get_workflow().start(page, author)  # back again: judged again
    assert approve(CasePage.objects.get(pk=page.pk), chief).live


def test_a_case_without_a_review_date_does_not_go_live(author: User, chief: User) -> None:
    page = submitted_case(author, review_on=None)
    with pytest.raises(PermissionDenied, match="nog niet af"):
        approve(page, chief)
    assert stays_draft(page)


def test_an_ordinary_module_is_published_by_a_chief_editor(chief: User) -> None:
    assert module("m").permissions_for_user(chief).can_publish()


@pytest.mark.parametrize("places", [[0, 2], [0, 1], [1, 1, 2]])
def test_a_case_stops_once_for_the_reader_and_goes_on_after_that(
    author: User, chief: User, places: list[int]
) -> None:
    parts = parts_of_a_case()
    page = submitted_case(author, sections=[parts[place] for place in places])
    with pytest.raises(ValidationError, match="één keuzemoment"):
        page.check_complete()
    with pytest.raises(ValidationError) as refused:
        page.sections.stream_block.clean(page.sections)
    assert "één keuzemoment" in str(refused.value.non_block_errors)
    page.sections.stream_block.clean_deferred(page.sections)  # a draft may be unfinished
    with pytest.raises(PermissionDenied):
        approve(page, chief)
    assert stays_draft(page)


def test_a_part_that_was_a_moment_of_choice_before_there_were_options_becomes_one() -> None:
    migration = import_module("cursussen.migrations.0011_moments")
    told = {"type": "section", "id": "a", "value": {"kind": "gebeurtenis", "title": "Toen"}}
    asks = {"type": "section", "id": "b", "value": {"kind": "keuzemoment", "title": "En nu?"}}
    found = migration.MomentsToTheirOwnBlock().apply([told, asks])
    value = {"title": "En nu?", "question": "", "options": []}
    assert found == [told, {"type": "moment", "id": "b", "value": value}]
