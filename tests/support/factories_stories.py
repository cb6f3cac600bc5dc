"""Stories of the editors for tests, in the domain's words."""

from typing import Any

from cursussen.models import StoryIndexPage, StoryPage
from leer.accounts.api import User
from leer.scenarios import engine
from leer.scenarios.api import authoring
from tests.scenarios.engine.examples import EXAMPLE


def draft_story(author: User | None = None, text: str = EXAMPLE, **values: Any) -> StoryPage:
    """A story that somebody wrote and nobody approved; sound unless the text is not."""
    page = StoryPage(owner=author, live=False)
    page.take(authoring.to_draft(engine.parse(text)))
    for name, value in values.items():
        setattr(page, name, value)
    StoryIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=author)
    return StoryPage.objects.get(pk=page.pk)


def submitted_story(author: User, text: str = EXAMPLE, **values: Any) -> StoryPage:
    """A story that its author handed in."""
    page = draft_story(author, text, **values)
    page.get_workflow().start(page, author)
    return StoryPage.objects.get(pk=page.pk)


def approve_story(page: StoryPage, user: User) -> StoryPage:
    """Approve as the CMS does: through the workflow's step."""
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")
    return StoryPage.objects.get(pk=page.pk)


def change_story(page: StoryPage, author: User, text: str) -> StoryPage:
    """A new draft of this story, with this text."""
    draft: StoryPage = page.get_latest_revision_as_object()
    draft.take(authoring.to_draft(engine.parse(text), like=draft.draft()))
    draft.save_revision(user=author)
    return StoryPage.objects.get(pk=page.pk)
