"""Questions and the frozen quizzes made of them.

The kinds of question are polymorphic *proxies*: all data is on ``Question``, a subclass only
adds rules. So mixed questions are listed in one query and made with ``bulk_create``
(design/stack.md, Polymorphic models with Wagtail).
"""

import uuid
from collections import Counter
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import model_from_serializable_data
from polymorphic.models import PolymorphicModel
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin

from leer.core.moments import check_moments
from leer.questions.blocks import OptionBlock
from leer.questions.marking import FrozenOption, FrozenQuestion, Kind, Quiz


class Question(DraftStateMixin, RevisionMixin, PolymorphicModel):
    """One row per question, of whatever kind, for use in any quiz.

    A quiz that somebody began never looks here again: it plays its ``QuizVersion``.
    """

    kind: ClassVar[Kind | None] = None

    key = models.SlugField(
        _("sleutel"),
        max_length=100,
        unique=True,
        help_text=_("Vaste naam van deze vraag. Verandert nooit meer na publicatie."),
    )
    prompt = models.TextField(_("vraag"))
    explanation = models.TextField(
        _("uitleg"), blank=True, help_text=_("Lees je na het antwoord, wat je ook koos.")
    )
    options = StreamField([("option", OptionBlock())], verbose_name=_("antwoorden"))

    panels = [
        FieldPanel("key"),
        FieldPanel("prompt"),
        FieldPanel("options"),
        FieldPanel("explanation"),
    ]

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.prompt[:80]

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> "Question | None":
        """Make the object of a revision again, as the class it was (not as the base)."""
        found: Question | None = model_from_serializable_data(
            cls, data, check_fks=check_fks, strict_fks=strict_fks
        )
        return found

    def clean(self) -> None:
        """Keys are there once, the key stays, and the kind's own rule holds."""
        super().clean()
        check_moments(self, "go_live_at", "expire_at")
        self._check_key_stays()
        options = self.frozen_options()
        repeated = [key for key, times in Counter(o.key for o in options).items() if times > 1]
        if repeated:
            raise ValidationError(
                {"options": _("De sleutel ‘%(key)s’ staat er twee keer.") % {"key": repeated[0]}}
            )
        self.check_options(options)

    def check_options(self, options: tuple[FrozenOption, ...]) -> None:
        """Raise ``ValidationError`` when these options make no question of this kind."""

    def frozen_options(self) -> tuple[FrozenOption, ...]:
        """The options as plain data."""
        return tuple(
            FrozenOption(**{name: child.value[name] for name in FrozenOption.__slots__})
            for child in self.options
        )

    def freeze(self) -> FrozenQuestion:
        """This question as plain data, as it is now."""
        if self.kind is None:
            raise TypeError("A bare Question has no kind; save it as one of its subclasses.")
        return FrozenQuestion(
            kind=self.kind,
            key=self.key,
            prompt=self.prompt,
            explanation=self.explanation,
            options=self.frozen_options(),
        )

    def _check_key_stays(self) -> None:
        if not self.pk or self.first_published_at is None:
            return
        was = Question.objects.non_polymorphic().filter(pk=self.pk).values_list("key", flat=True)
        if was and was[0] != self.key:
            raise ValidationError(
                {"key": _("Deze vraag is al gepubliceerd; de sleutel verandert niet meer.")}
            )


class SingleChoiceQuestion(Question):
    """Exactly one answer is right, and one is chosen."""

    kind = Kind.SINGLE

    class Meta:
        proxy = True
        verbose_name = _("vraag met één goed antwoord")
        verbose_name_plural = _("vragen met één goed antwoord")

    def check_options(self, options: tuple[FrozenOption, ...]) -> None:
        """One right, at least one wrong."""
        right = sum(option.correct for option in options)
        if right != 1:
            raise ValidationError(
                {
                    "options": _("Geef precies één antwoord aan als goed; nu zijn het er %(n)d.")
                    % {"n": right}
                }
            )
        if len(options) == right:
            raise ValidationError({"options": _("Voeg ook een antwoord toe dat niet klopt.")})


class MultipleChoiceQuestion(Question):
    """Several answers may be right; part of the mark for part of them."""

    kind = Kind.MULTIPLE

    class Meta:
        proxy = True
        verbose_name = _("vraag met meer goede antwoorden")
        verbose_name_plural = _("vragen met meer goede antwoorden")

    def check_options(self, options: tuple[FrozenOption, ...]) -> None:
        """At least one right and one wrong."""
        if not any(option.correct for option in options):
            raise ValidationError({"options": _("Geef minstens één antwoord aan als goed.")})
        if all(option.correct for option in options):
            raise ValidationError({"options": _("Voeg ook een antwoord toe dat niet klopt.")})


class QuizVersion(models.Model):
    """One row per text a quiz ever had when somebody began it. Never changed, never deleted
    while an attempt points at it: the same text again is the same row.

    ``body`` holds the title and the whole questions, right answers included: it never goes
    to a browser as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quiz_key = models.CharField(_("sleutel van de quiz"), max_length=100)
    digest = models.CharField(max_length=64, help_text="sha256 of the canonical body")
    body = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("versie van een quiz")
        verbose_name_plural = _("versies van quizzen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz_key", "digest"], name="quizversion_once")
        ]

    def __str__(self) -> str:
        return f"{self.quiz_key} {self.digest[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once; a change would rewrite what somebody was asked."""
        if not self._state.adding:
            raise TypeError("A QuizVersion never changes; freeze the quiz again instead.")
        super().save(*args, **kwargs)

    @property
    def quiz(self) -> Quiz:
        """The frozen quiz as plain data."""
        return Quiz.from_json(self.body)
