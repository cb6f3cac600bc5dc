"""The workflow step that asks for a second person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from cursussen.approval import may_approve
from leer.accounts.api import Role, User

NOT_YOU = _(
    "Je schreef hier zelf aan mee of diende het in. Iemand anders van de eindredactie beoordeelt"
    " het."
)
NOT_COMPLETE = _("Dit is nog niet af: los eerst op wat er niet klopt.")


class SecondPersonApprovalTask(Task):
    """Approval by somebody of the role *eindredacteur* who neither wrote nor submitted it.

    The role is fixed: an administrator who could choose the group could choose the writers.
    """

    class Meta:
        verbose_name = _("goedkeuring door een tweede persoon")
        verbose_name_plural = _("goedkeuringen door een tweede persoon")

    @classmethod
    def get_description(cls) -> str:
        """What an administrator reads when choosing a step."""
        return str(_("Iemand van de eindredactie die niet meeschreef, keurt goed."))

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        """The chief editors read what they judge."""
        return _is_chief(user)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        """While it is judged, only the chief editors can change it."""
        return not _is_chief(user)

    def user_can_lock(self, obj: Any, user: User) -> bool:
        """The chief editors can hold it."""
        return _is_chief(user)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        """Ask for changes: every chief editor. Approve: a second person, and what is complete."""
        if not _is_chief(user):
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("Vraag om wijzigingen"), True)]
        page = obj.specific
        if may_approve(user, page) and page.get_latest_revision_as_object().is_complete():
            actions += [
                ("approve", _("Keur goed en publiceer"), False),
                ("approve", _("Keur goed met een toelichting"), True),
            ]
        return actions

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Look again: the button may have been offered before somebody wrote something."""
        page = task_state.workflow_state.content_object.specific
        if action_name == "approve" and not may_approve(user, page):
            raise PermissionDenied(NOT_YOU)
        if action_name == "approve" and not task_state.revision.as_object().is_complete():
            raise PermissionDenied(NOT_COMPLETE)
        if action_name == "reject" and not _is_chief(user):
            raise PermissionDenied(NOT_YOU)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> QuerySet[TaskState]:
        """What waits for this person on the admin's first page."""
        if not _is_chief(user):
            return TaskState.objects.none()
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting.exclude(workflow_state__requested_by=user)


def _is_chief(user: User) -> bool:
    return user.is_active and user.has_role(Role.CHIEF_EDITOR)
