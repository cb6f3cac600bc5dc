"""Who may approve a case or a story: never somebody who wrote it or handed it in.

One place for the rule; the workflow task asks it before it offers the button, the page asks it
again before anything goes live, whichever way that came about.
"""

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import PageLogEntry, Revision, TaskState, WorkflowState

from leer.accounts.api import Role, User

if TYPE_CHECKING:
    from cursussen.models.approved import ApprovedPage


def writers(page: "ApprovedPage", *, until: Revision | None = None) -> set[int]:
    """Everybody who wrote a revision since the one that is live (up to and with ``until``)."""
    return set(_revisions_since_live(page, until).exclude(user=None).values_list("user", flat=True))


def submitters(state: WorkflowState) -> set[int]:
    """Who handed it in, and who handed it in again after changes were asked for."""
    resumed = PageLogEntry.objects.filter(
        page_id=state.object_id,
        action="wagtail.workflow.resume",
        timestamp__gte=state.created_at,
        user__isnull=False,
    )
    return {*resumed.values_list("user", flat=True), *filter(None, [state.requested_by_id])}


def may_approve(user: User, page: "ApprovedPage") -> bool:
    """This person may approve the page as it is now: the role, and a second pair of eyes."""
    state = page.current_workflow_state
    if state is None or not user.is_active or not user.has_role(Role.CHIEF_EDITOR):
        return False
    return user.pk not in writers(page) | submitters(state)


def in_judgement(kind: "type[ApprovedPage]") -> set[int]:
    """Pages of this kind that were handed in; not those of which changes were asked."""
    mine = ContentType.objects.get_for_model(kind, for_concrete_model=False)
    states = WorkflowState.objects.filter(
        content_type=mine, status=WorkflowState.STATUS_IN_PROGRESS
    )
    return {int(pk) for pk in states.values_list("object_id", flat=True)}


def is_approved(page: "ApprovedPage", revision: Revision) -> bool:
    """A second person approved exactly this revision, as it is now."""
    return any(
        state.finished_by_id not in writers(page, until=revision) | submitters(state.workflow_state)
        for state in _approvals(page, revision)
    )


def _approvals(page: "ApprovedPage", revision: Revision) -> QuerySet[TaskState]:
    """Approvals of this revision that came after its last change, by a person."""
    return TaskState.objects.filter(
        revision=revision,
        revision__object_id=str(page.pk),
        status=TaskState.STATUS_APPROVED,
        task__secondpersonapprovaltask__isnull=False,
        finished_by__isnull=False,
        finished_at__gte=revision.created_at,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
    ).select_related("workflow_state")


def _revisions_since_live(page: "ApprovedPage", until: Revision | None) -> QuerySet[Revision]:
    revisions = Revision.objects.for_instance(page)
    live = Revision.objects.filter(pk=_live_revision_id(page)).first()
    if live:
        revisions = revisions.filter(
            Q(created_at__gt=live.created_at) | Q(created_at=live.created_at, pk__gt=live.pk)
        )
    if until:
        revisions = revisions.filter(created_at__lte=until.created_at) | Revision.objects.filter(
            pk=until.pk
        )
    return revisions


def _live_revision_id(page: "ApprovedPage") -> int | None:
    """From the database: the page in hand may already point at what wants to go live."""
    stored = type(page).objects.filter(pk=page.pk, live=True)
    return stored.values_list("live_revision_id", flat=True).first()
