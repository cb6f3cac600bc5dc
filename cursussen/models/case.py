"""Cases: true stories made unrecognisable. They go live through a second person only."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.actions.publish_page_revision import (
    PublishPagePermissionError,
    PublishPageRevisionAction,
)
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PagePermissionTester, Revision, TaskState

from cursussen.approval import is_approved
from cursussen.blocks import SECTION_KINDS, SectionBlock
from cursussen.content import CaseSection
from cursussen.models.base import BasePage
from cursussen.models.illustrated import IllustratedPage
from leer.accounts.api import Role, User

NEEDS_SECOND_PERSON = _(
    "Een casus gaat pas online als een tweede persoon deze versie heeft goedgekeurd. Dien hem in"
    " ter beoordeling."
)


class Origin(models.TextChoices):
    """Where a case comes from (herkomst): the inputs that the programme itself names."""

    KPMG = "kpmg-rapport", _("KPMG-rapport")
    BASELINE = "nulmeting", _("nulmeting")
    WEBINAR = "webinar", _("webinar")
    MAILBOX = "postbus", _("postbus")
    WALK_IN = "inloopsessie", _("inloopsessie")
    SOUNDING_BOARD = "klankbordgroep", _("klankbordgroep")
    RUNNING = "lopend-initiatief", _("lopend initiatief")
    CONSTRUCTED = "geconstrueerd", _("geconstrueerd")


class Phase(models.TextChoices):
    """The phases of our working model of an approach."""

    SCOUTING = "verkennen", _("verkennen")
    CONTACT = "contact", _("contact")
    BONDING = "binding", _("binding")
    SMALL_FAVOUR = "kleine-gunst", _("kleine gunst")
    GIFT = "gift", _("gift")
    HOLD = "vastzetten", _("vastzetten")
    THREAT = "dreiging", _("dreiging")


class Example(models.TextChoices):
    """Whether the story shows how it can be done or what went wrong."""

    GOOD = "goed", _("goed voorbeeld")
    BAD = "fout", _("het ging mis")


class CasePermissions(PagePermissionTester):
    """What somebody may do with a case: everything but publish it alone, superuser or not."""

    def can_publish(self) -> bool:
        """Nobody; publishing is what an approval does."""
        return False

    def can_unpublish(self) -> bool:
        """Taking a case away must be possible at once, by those who look after cases."""
        return self._looks_after_cases() and self.page.live and not self.page_locked()

    def can_unschedule(self) -> bool:
        """The same people can call off what is planned."""
        return self._looks_after_cases()

    def can_set_view_restrictions(self) -> bool:
        """Who reads cases is not an editor's to decide."""
        return False

    def _looks_after_cases(self) -> bool:
        active: bool = self.user.is_active
        return active and (
            self.user.is_superuser or self.user.has_role(Role.CHIEF_EDITOR, Role.ADMINISTRATOR)
        )


class CaseIndexPermissions(PagePermissionTester):
    """The index is an ordinary page, but what is made under it is never live at once."""

    def can_publish_subpage(self) -> bool:
        """Nobody; see ``CasePermissions.can_publish``."""
        return False


class CaseIndexPage(BasePage):
    """Where the cases stand; the workflow hangs here."""

    intro = models.TextField(_("inleiding"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cursussen.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cursussen.CasePage"]
    max_count = 1
    template = "cursussen/case_index_page.html"
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("overzicht van casussen")
        verbose_name_plural = _("overzichten van casussen")

    def learner_path(self) -> str | None:
        """The list of cases."""
        return reverse("delivery:cases")

    def permissions_for_user(self, user: User) -> CaseIndexPermissions:
        """No publishing on creation or copy under this page."""
        return CaseIndexPermissions(user, self)


class CaseForm(WagtailAdminPageForm):
    """Fields that a draft may lack and a case that is submitted may not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("review_on", "source", "themes"):
            if name in self.fields:
                self.fields[name].required = True


class CasePage(IllustratedPage, BasePage):
    """One row per case. Live only with an approval of exactly the revision that is live
    (``cursussen.approval``); ``save`` keeps that rule, so that no way in can go round it.
    """

    needs_key = True

    summary = models.TextField(_("samenvatting"), max_length=400)
    sections = StreamField([("section", SectionBlock())], verbose_name=_("delen"))
    themes = ParentalManyToManyField(
        "cursussen.Theme", verbose_name=_("thema’s"), blank=True, related_name="cases"
    )
    origin = models.CharField(_("herkomst"), max_length=20, choices=Origin)
    source = models.TextField(
        _("bron"),
        blank=True,
        help_text=_("Hoe de casus is gemaakt en onherkenbaar is gemaakt. Nooit namen."),
    )
    functions = models.CharField(_("functies"), max_length=300, blank=True)
    phase = models.CharField(_("fase"), max_length=20, choices=Phase, blank=True)
    example = models.CharField(_("voorbeeld"), max_length=4, choices=Example, default=Example.GOOD)

    base_form_class = CaseForm
    parent_page_types: ClassVar[list[str]] = ["cursussen.CaseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cursussen/case_page.html"

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(IllustratedPage.picture_panels, heading=_("Beeld")),
        FieldPanel("sections"),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldPanel("origin"),
                FieldPanel("source"),
                FieldPanel("functions"),
                FieldPanel("phase"),
                FieldPanel("example"),
                FieldPanel("review_on"),
            ],
            heading=_("Over deze casus"),
        ),
    ]
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug"), FieldPanel("key")]

    class Meta:
        verbose_name = _("casus")
        verbose_name_plural = _("casussen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The story and its picture, for the preview: the same parts as learners get."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"sections": self.read_sections(), "picture": self.picture_data()}

    def read_sections(self) -> tuple[CaseSection, ...]:
        """The parts of the story, rendered."""
        return tuple(_read_section(child.value) for child in self.sections)

    def learner_path(self) -> str | None:
        """The case as colleagues read it."""
        return reverse("delivery:case", args=[self.slug])

    def permissions_for_user(self, user: User) -> CasePermissions:
        """Nobody publishes a case alone."""
        return CasePermissions(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """A revision that somebody is judging, or judged, is never written over."""
        judged = kwargs.get("overwrite_revision")
        if judged and TaskState.objects.filter(revision=judged).exists():
            kwargs["overwrite_revision"] = None
        return super().save_revision(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to go live without an approval, whatever code asks for it."""
        if self._goes_live(kwargs.get("update_fields")):
            self._check_complete()
            if not self._trusted and not self._has_approval():
                raise PublishPagePermissionError(NEEDS_SECOND_PERSON)
        return super().save(*args, **kwargs)

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

    _trusted = False

    def _goes_live(self, update_fields: Any) -> bool:
        """This save would show readers something that they do not see now."""
        if not self.live or (update_fields is not None and "live" not in update_fields):
            return False
        stored = CasePage.objects.filter(pk=self.pk, live=True) if self.pk else None
        if stored is None:
            return True
        was_live = stored.values_list("live_revision_id", flat=True)
        return not was_live or was_live[0] != self.live_revision_id

    def _has_approval(self) -> bool:
        revision = self.live_revision
        return bool(self.pk and revision and is_approved(self, revision))

    def _check_complete(self) -> None:
        if not self.review_on:
            raise ValidationError({"review_on": _("Vul in wanneer iemand deze casus herziet.")})


def _read_section(section: Any) -> CaseSection:
    html = render_to_string("cursussen/partials/body.html", {"body": section["body"]})
    label = str(dict(SECTION_KINDS).get(section["kind"], section["kind"]))
    return CaseSection(section["kind"], label, section["title"], html)
