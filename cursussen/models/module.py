"""A module: what is assigned, done and proved."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from cursussen.blocks import SMALL_TEXT_FEATURES
from cursussen.models.base import BasePage
from cursussen.models.illustrated import IllustratedPage
from cursussen.panels import OutcomesPanel


class ModulePage(IllustratedPage, BasePage):
    """One row per module; its parts are the pages under it, in the tree's order."""

    needs_key = True

    summary = models.TextField(_("samenvatting"), max_length=400)
    intro = RichTextField(_("inleiding"), blank=True, features=[*SMALL_TEXT_FEATURES, "ol", "ul"])
    goals = StreamField(
        [("goal", blocks.CharBlock(label=_("leerdoel"), max_length=300))],
        verbose_name=_("leerdoelen"),
        blank=True,
    )
    minutes = models.PositiveSmallIntegerField(
        _("minuten"), default=20, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    for_everyone = models.BooleanField(
        _("basismodule"), default=False, help_text=_("Iedereen krijgt deze module.")
    )
    days_to_complete = models.PositiveSmallIntegerField(
        _("dagen de tijd"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Zoveel dagen na het klaarzetten moet de module af zijn."),
    )
    themes = ParentalManyToManyField(
        "cursussen.Theme", verbose_name=_("thema’s"), blank=True, related_name="modules"
    )
    outcomes = ParentalManyToManyField(
        "cursussen.Outcome",
        verbose_name=_("kenmerken"),
        blank=True,
        related_name="modules",
        help_text=_("Waar deze module aan bijdraagt. Kies alleen wat iemand hier echt leert."),
    )

    parent_page_types: ClassVar[list[str]] = ["cursussen.StrandPage"]
    subpage_types: ClassVar[list[str]] = [
        "cursussen.LessonPage",
        "cursussen.QuizPage",
        "cursussen.ScenarioPage",
    ]
    template = "cursussen/module_page.html"

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("intro"),
        FieldPanel("goals"),
        MultiFieldPanel(IllustratedPage.picture_panels, heading=_("Beeld")),
        MultiFieldPanel(
            [
                FieldPanel("minutes"),
                FieldPanel("days_to_complete"),
                FieldPanel("for_everyone"),
                FieldPanel("themes", widget=CheckboxSelectMultiple),
            ],
            heading=_("Voor wie en hoelang"),
        ),
        OutcomesPanel("outcomes", widget=CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def learner_path(self) -> str | None:
        """The module's own page."""
        return reverse("delivery:module", args=[self.key])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The parts in it, for the preview."""
        parts = self.get_children().live().specific() if self.pk else []
        context = super().get_context(request, *args, **kwargs)
        return context | {"parts": parts, "picture": self.picture_data()}
