"""The parts of a module: lesson, quiz, scenario."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cursussen.blocks import BodyBlock
from cursussen.models.base import BasePage
from cursussen.quiz_blocks import Entry, QuizBlock, entries_of, problems_of
from cursussen.wording.panels import WordingPanel
from leer.questions.api import Question
from leer.scenarios.api import Scenario


class PartPage(BasePage):
    """What every part has. Abstract: each part is a page type of its own."""

    needs_key = True

    summary = models.TextField(_("samenvatting"), max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minuten"), default=5, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )

    parent_page_types: ClassVar[list[str]] = ["cursussen.ModulePage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
    ]

    class Meta:
        abstract = True

    def learner_path(self) -> str | None:
        """The part inside its module."""
        parent = self.get_parent()
        return reverse("delivery:part", args=[parent.key, self.key]) if parent else None


class LessonPage(PartPage):
    """Something short to read and look at."""

    body = StreamField(BodyBlock(), verbose_name=_("inhoud"))
    sources = models.TextField(
        _("bronnen"), blank=True, help_text=_("Eén per regel; alleen voor de redactie.")
    )

    template = "cursussen/lesson_page.html"
    content_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([WordingPanel()], heading=_("Leesgemak")),
        *PartPage.content_panels,
        FieldPanel("body"),
        FieldPanel("sources"),
    ]

    class Meta:
        verbose_name = _("les")
        verbose_name_plural = _("lessen")


class QuizPage(PartPage):
    """Questions in order, chosen or drawn from the bank by tag. Who begins it gets them frozen
    (``leer.questions.freeze_quiz``).
    """

    questions = StreamField(QuizBlock(), verbose_name=_("vragen"))

    template = "cursussen/quiz_page.html"
    content_panels: ClassVar[list[Any]] = [*PartPage.content_panels, FieldPanel("questions")]

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzen")

    def entries(self) -> Iterator[Entry]:
        """What is asked: the chosen questions that are live, and draws."""
        return entries_of(self.questions)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is asked, for the preview: with the answers, as an editor must see them, and with
        what is wrong.
        """
        entries = list(self.entries())
        shown = {
            "questions": [one.freeze() for one in entries if isinstance(one, Question)],
            "draws": [one for one in entries if not isinstance(one, Question)],
            "problems": [str(one.message) for one in problems_of(self.questions).values()],
        }
        return super().get_context(request, *args, **kwargs) | shown


class ScenarioPartForm(WagtailAdminPageForm):
    """Offers the scenarios there are, by title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(self._known())
        key = self.instance.scenario_key
        gone = {} if not key or key in known else {key: _("%s (bestaat niet)") % key}
        choices = [("", "—"), *known.items(), *gone.items()]
        self.fields["scenario_key"].widget = forms.Select(choices=choices)

    def clean_scenario_key(self) -> str:
        """Only what can be played."""
        key: str = self.cleaned_data["scenario_key"]
        if key and key not in dict(self._known()):
            raise ValidationError(
                _("Er is geen scenario ‘%(key)s’ dat online is. Kies een ander, of publiceer het.")
                % {"key": key}
            )
        return key

    def _known(self) -> Iterator[tuple[str, str]]:
        for scenario in Scenario.objects.filter(live_version__isnull=False).order_by("language"):
            yield scenario.key, f"{scenario.title} ({scenario.key})"


class ScenarioPage(PartPage):
    """A place for a scenario, which itself lives in ``leer.scenarios``: from ``scenario's/`` or
    from a ``StoryPage``.
    """

    scenario_key = models.SlugField(_("scenario"), max_length=100)

    base_form_class = ScenarioPartForm
    template = "cursussen/scenario_page.html"
    content_panels: ClassVar[list[Any]] = [*PartPage.content_panels, FieldPanel("scenario_key")]

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenario’s")
