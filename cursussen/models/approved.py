"""What goes online through a second person only: cases and stories."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.models import PagePermissionTester, Revision, TaskState

from cursussen.approval import is_approved
from cursussen.models.base import BasePage
from leer.accounts.api import Role, User

NEEDS_SECOND_PERSON = _(
    "Dit gaat pas online als een tweede persoon deze versie heeft goedgekeurd. Dien het in ter"
    " beoordeling."
)


class ApprovedPermissions(PagePermissionTester):
    """What somebody may do with such a page: everything but publish it alone, superuser or not."""

    def can_publish(self) -> bool:
        """Nobody; publishing is what an approval does."""
        return False

    def can_unpublish(self) -> bool:
        """Taking it away must be possible at once, by those who look after these pages."""
        return self._looks_after_these() and self.page.live and not self.page_locked()

    def can_unschedule(self) -> bool:
        """The same people can call off what is planned."""
        return self._looks_after_these()

    def can_set_view_restrictions(self) -> bool:
        """Who reads it is not an editor's to decide."""
        return False

    def _looks_after_these(self) -> bool:
        active: bool = self.user.is_active
        return active and (
            self.user.is_superuser or self.user.has_role(Role.CHIEF_EDITOR, Role.ADMINISTRATOR)
        )


class ApprovedIndexPermissions(PagePermissionTester):
    """The index is an ordinary page, but what is made under it is never live at once."""

    def can_publish_subpage(self) -> bool:
        """Nobody; see ``ApprovedPermissions.can_publish``."""
        return False


class ApprovedIndexPage(BasePage):
    """Where such pages stand; the workflow hangs here. Abstract."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> ApprovedIndexPermissions:
        """No publishing on creation or copy under this page."""
        return ApprovedIndexPermissions(user, self)


class ApprovedPage(BasePage):
    """Live only with an approval of exactly the revision that is live (``cursussen.approval``);
    ``save`` keeps that rule, so that no way in can go round it. Abstract.
    """

    permissions_class: ClassVar[type[ApprovedPermissions]] = ApprovedPermissions
    _trusted = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> ApprovedPermissions:
        """Nobody publishes this alone."""
        return self.permissions_class(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """A revision that somebody is judging, or judged, is never written over."""
        judged = kwargs.get("overwrite_revision")
        if judged and TaskState.objects.filter(revision=judged).exists():
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to go live without an approval, whatever code asks for it."""
        goes_live = self._goes_live(kwargs.get("update_fields"))
        if goes_live:
            self.check_complete()
            if not self._trusted and not self._has_approval():
                raise PublishPagePermissionError(NEEDS_SECOND_PERSON)
        saved = super().save(*args, **kwargs)
        if goes_live:
            self.went_live()
        return saved

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish an approved revision: the approval is the permission, ``save`` checks it."""
        if not is_approved(self, revision):
            raise PublishPagePermissionError(NEEDS_SECOND_PERSON)
        return super().publish(revision, *args, **kwargs | {"skip_permission_checks": True})

    @transaction.atomic
    def publish_loaded(self, revision: Revision) -> None:
        """Publish what came from the content folder, whose texts were judged in review.

        The loader's door, and the only one without an approval. It leaves its own line in
        the page's history.
        """
        action = PublishPageRevisionAction(revision, log_action="cursussen.load")
        action.object._trusted = True
        action.execute(skip_permission_checks=True)

    def check_complete(self) -> None:
        """Raise a ``ValidationError`` with what stands in the way of going online."""

    def is_complete(self) -> bool:
        """Nothing stands in the way of going online but the approval."""
        try:
            self.check_complete()
        except ValidationError:
            return False
        return True

    def went_live(self) -> None:
        """Do what belongs to going online, in the same transaction."""

    def _goes_live(self, update_fields: Any) -> bool:
        """This save would show readers something that they do not see now."""
        if not self.live or (update_fields is not None and "live" not in update_fields):
            return False
        stored = type(self)._base_manager.filter(pk=self.pk, live=True) if self.pk else None
        if stored is None:
            return True
        was_live = stored.values_list("live_revision_id", flat=True)
        return not was_live or was_live[0] != self.live_revision_id

    def _has_approval(self) -> bool:
        revision = self.live_revision
        return bool(self.pk and revision and is_approved(self, revision))
