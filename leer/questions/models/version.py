"""Quizzes as they were when somebody began them."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leer.questions.marking.frozen import Quiz


class QuizVersion(models.Model):
    """One row per text a quiz ever had when somebody began it. Never changed, never deleted
    while an attempt points at it: the same text again is the same row.

    ``body`` holds the title, the places, and every question that may be asked in them, right
    answers included: it never goes to a browser as it is.
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
