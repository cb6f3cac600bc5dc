"""Stories as the editors write them: proved, judged by a second person, then compiled to play."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.fields import StreamField

from cursussen.models.approved import ApprovedIndexPage, ApprovedPage, ApprovedPermissions
from cursussen.models.parts import ScenarioPage
from cursussen.stories import showing
from cursussen.stories.forms import StoryForm
from cursussen.stories.panels import ProblemsPanel
from leer.scenarios import api as scenarios
from leer.scenarios.api import authoring
from leer.scenarios.blocks import CountersBlock, StoryBlock

MAP, PLAY = "kaart", "spelen"
CARD_FIELDS = {
    "versie": "version",
    "taal": "language",
    "thema": "theme",
    "signalen": "signals",
    "functies": "functions",
    "leerdoel": "goal",
    "rubricering": "classification",
    "bron": "source",
    "slaagregel": "pass_rule",
}
REVIEW = "herziening"


class StoryPermissions(ApprovedPermissions):
    """A story that a module shows cannot be taken away from under it."""

    def can_unpublish(self) -> bool:
        """Only what no module shows."""
        return super().can_unpublish() and not self.page.modules_with_it().exists()

    def can_delete(self, *args: Any, **kwargs: Any) -> bool:
        """The same: what goes online no more is gone for its module."""
        allowed: bool = super().can_delete(*args, **kwargs)
        return allowed and not (self.page.live and self.page.modules_with_it().exists())


class StoryIndexPage(ApprovedIndexPage):
    """Where the stories stand; no page for learners, who find a story in its module."""

    parent_page_types: ClassVar[list[str]] = ["cursussen.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cursussen.StoryPage"]
    max_count = 1
    preview_modes: ClassVar[list[tuple[str, str]]] = []

    class Meta:
        verbose_name = _("overzicht van scenario’s")
        verbose_name_plural = _("overzichten van scenario’s")


class StoryPage(ApprovedPage):
    """One row per story in one language that the editors write. A draft may be as unfinished as
    it is; going online compiles it to a version in ``leer.scenarios``, which learners play through
    a ``ScenarioPage``. ``ifid`` is its identity there and in Twine. ``kept`` holds what a file had
    and the form does not show: places of boxes in Twine, unknown lines of the card.
    """

    story_key = models.SlugField(
        _("sleutel"),
        max_length=100,
        blank=True,
        help_text=_(
            "Vaste naam van dit scenario, dezelfde in elke taal. Verandert nooit meer na"
            " publicatie."
        ),
    )
    language = models.CharField(
        _("taal"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    ifid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    theme = models.CharField(_("thema"), max_length=100, blank=True)
    goal = models.TextField(
        _("leerdoel"),
        blank=True,
        help_text=_("Wat een collega na afloop doet. Begin met ‘Je …’."),
    )
    signals = models.TextField(
        _("signalen"), blank=True, help_text=_("Waaraan je het in dit verhaal kunt merken.")
    )
    functions = models.TextField(_("functies"), blank=True, help_text=_("Voor wie het bedoeld is."))
    classification = models.CharField(
        _("rubricering"), max_length=100, blank=True, default="openbaar"
    )
    source = models.TextField(
        _("bron"),
        blank=True,
        help_text=_("Waar het op rust, en hoe het onherkenbaar is gemaakt. Nooit namen."),
    )
    pass_rule = models.CharField(
        _("slaagregel"), max_length=300, blank=True, default="elk einde telt"
    )
    version = models.CharField(
        _("versie"), max_length=20, blank=True, default="1", help_text=_("Een nummer van jezelf.")
    )
    counters = StreamField(
        CountersBlock(),
        verbose_name=_("tellers"),
        blank=True,
        help_text=_(
            "Een teller onthoudt wat de speler koos, zoals ‘druk’ of ‘vertrouwen’. De meeste"
            " verhalen kunnen zonder."
        ),
    )
    scenes = StreamField(
        StoryBlock(),
        verbose_name=_("het verhaal"),
        blank=True,
        help_text=_(
            "Het verhaal begint bij de bovenste scène. De andere mogen in elke volgorde staan."
        ),
    )
    kept = models.JSONField(default=dict, editable=False)

    base_form_class = StoryForm
    permissions_class = StoryPermissions
    exclude_fields_in_copy: ClassVar[list[str]] = ["key", "ifid", "story_key"]
    parent_page_types: ClassVar[list[str]] = ["cursussen.StoryIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", help_text=_("Zoals collega’s het verhaal kennen.")),
                    ProblemsPanel(),
                    FieldPanel("scenes"),
                    FieldPanel("counters"),
                ],
                heading=_("Verhaal"),
            ),
            ObjectList(
                [
                    FieldPanel("theme"),
                    FieldPanel("goal"),
                    FieldPanel("signals"),
                    FieldPanel("functions"),
                    FieldPanel("source"),
                    FieldPanel("review_on"),
                    FieldPanel("classification"),
                    FieldPanel("pass_rule"),
                    FieldPanel("version"),
                ],
                heading=_("Over dit verhaal"),
            ),
            ObjectList(
                [FieldPanel("slug"), FieldPanel("language"), FieldPanel("story_key")],
                heading=_("Instellingen"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("scenario van de redactie")
        verbose_name_plural = _("scenario’s van de redactie")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["story_key", "language"],
                condition=~Q(story_key=""),
                name="story_once_per_language",
            )
        ]

    # The story as data ------------------------------------------------------------------
    def draft(self) -> authoring.Draft:
        """What the forms hold."""
        return authoring.Draft(
            title=self.title,
            ifid=str(self.ifid).upper(),
            card=self._card(),
            counters=self.counters.get_prep_value(),
            scenes=self.scenes.get_prep_value(),
            positions=self.kept.get("positions", {}),
        )

    def take(self, draft: authoring.Draft) -> None:
        """Let the forms hold this."""
        card = dict(draft.card)
        self.title, self.ifid = draft.title, uuid.UUID(draft.ifid)
        for key, field in CARD_FIELDS.items():
            setattr(self, field, card.pop(key, ""))
        self.review_on = _day(card.get(REVIEW, ""))
        if self.review_on:
            card.pop(REVIEW)
        self.kept = {"positions": dict(draft.positions), "card": card}
        self.counters, self.scenes = list(draft.counters), list(draft.scenes)

    def checked(self) -> authoring.Checked:
        """The story as far as it goes, and what is to be said about it."""
        return authoring.check(self.draft())

    def other_languages(self) -> list[scenarios.engine.Problem]:
        """Where its graph differs from what is live in the leading language.

        A translation follows: statistics are counted over both by scene and target. The leading
        language itself may go ahead, or neither could ever change.
        """
        if self.language == settings.LANGUAGE_CODE:
            return []
        leading = scenarios.sister_graphs(self.story_key, self.language)
        graph = leading.get(settings.LANGUAGE_CODE)
        return scenarios.engine.compare(graph, self.checked().graph) if graph else []

    def left_behind(self) -> list[str]:
        """The languages whose live translation would tell another story than this one, once the
        leading language goes online like this.
        """
        if self.language != settings.LANGUAGE_CODE:
            return []
        graph = self.checked().graph
        return [
            get_language_info(language)["name_translated"]
            for language, sister in scenarios.sister_graphs(self.story_key, self.language).items()
            if scenarios.engine.compare(graph, sister)
        ]

    def _card(self) -> dict[str, str]:
        card = {key: getattr(self, field) for key, field in CARD_FIELDS.items()}
        card[REVIEW] = self.review_on.isoformat() if self.review_on else ""
        return card | self.kept.get("card", {})

    # Going online -----------------------------------------------------------------------
    def check_complete(self) -> None:
        """Nothing unproved goes online, nor a translation that tells another story."""
        found = [error.message for error in self.checked().errors]
        found += [problem.message for problem in self.other_languages()]
        if self._key_is_taken():
            found.append(str(_("Er is al een ander scenario met deze sleutel in deze taal.")))
        if found:
            raise ValidationError(found)

    def went_live(self) -> None:
        """New attempts play this from now on; attempts under way stay on their version."""
        text = authoring.to_text(self.draft())
        loaded = scenarios.load(
            text, key=self.story_key, language=self.language, origin=scenarios.Origin.EDITORS
        )
        scenarios.publish(loaded.version)

    def modules_with_it(self) -> models.QuerySet[ScenarioPage]:
        """The places where learners meet it."""
        return ScenarioPage.objects.live().filter(scenario_key=self.story_key)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Give it a key, also on the ways in that skip validation."""
        self.fill_key()
        return super().save(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The slug of a draft is made here, and the key of the slug."""
        super().minimal_clean()
        self.fill_key()

    def fill_key(self) -> None:
        """Take the key from the slug, where none is given: free in every language."""
        super().fill_key()
        if self.story_key or not self.slug:
            return
        self.story_key, number = self.slug[:90], 1
        while self._key_is_taken() or self._key_is_used():
            number += 1
            self.story_key = f"{self.slug[:90]}-{number}"

    def clean(self) -> None:
        """The key belongs to this story, and stays once it is online."""
        super().clean()
        if self._key_is_taken() or self._key_is_used(self.language):
            raise ValidationError(
                {"story_key": _("Er is al een ander scenario met deze sleutel in deze taal.")}
            )
        before = StoryPage.objects.filter(pk=self.pk, first_published_at__isnull=False).first()
        if before and (before.story_key, before.language) != (self.story_key, self.language):
            raise ValidationError(
                {"story_key": _("Dit scenario is al gepubliceerd; sleutel en taal blijven zo.")}
            )

    def _key_is_taken(self) -> bool:
        same = scenarios.Scenario.objects.filter(key=self.story_key, language=self.language)
        return same.exclude(ifid=self.ifid).exists()

    def _key_is_used(self, language: str = "") -> bool:
        same = StoryPage.objects.filter(story_key=self.story_key).exclude(pk=self.pk)
        return (same.filter(language=language) if language else same).exists()

    # Looking at it ----------------------------------------------------------------------
    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The map with its problems, and playing it."""
        return [(MAP, _("Kaart en problemen")), (PLAY, _("Spelen"))]

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Let the preview know how far one has played; Wagtail leaves the query behind."""
        asked = original_request.GET if original_request else {}
        attrs = (extra_request_attrs or {}) | {"asked": asked}
        return super().make_preview_request(original_request, preview_mode, attrs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The map or the play; nothing of it is kept."""
        asked = getattr(request, "asked", {})
        if mode_name == PLAY:
            keep = {"mode": PLAY}
            if "in_preview_panel" in asked:
                keep["in_preview_panel"] = asked["in_preview_panel"]
            context = showing.play(self.draft(), asked, keep)
            return TemplateResponse(request, "cursussen/stories/play.html", context)
        context = showing.story_map(self.draft(), edit_url=self._edit_url())
        context["differences"] = self.other_languages()
        context["behind"] = self.left_behind()
        return TemplateResponse(request, "cursussen/stories/map.html", context)

    def _edit_url(self) -> str | None:
        return showing.edit_url(self.pk) if self.pk else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
