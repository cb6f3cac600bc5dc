"""Scenarios and their versions."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Who looks after a scenario: the files in ``scenario's/``, or the editors in the CMS."""

    FILE = "bestand", _("bestand")
    EDITORS = "redactie", _("redactie")


class Scenario(models.Model):
    """One row per scenario in one language. ``ifid`` is its identity in Twine: loading a file
    with the same ifid is loading the same scenario. Once the editors published it, ``origin``
    is theirs for good and no file changes it any more.
    """

    key = models.SlugField(_("sleutel"), max_length=100)
    language = models.CharField(_("taal"), max_length=10, default="nl")
    ifid = models.UUIDField(unique=True)
    title = models.CharField(_("titel"), max_length=200)
    origin = models.CharField(
        _("herkomst"), max_length=10, choices=Origin, default=Origin.FILE, editable=False
    )
    live_version = models.ForeignKey(
        "ScenarioVersion",
        verbose_name=_("gepubliceerde versie"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenario's")
        ordering: ClassVar = ["key", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "language"], name="scenario_once_per_language")
        ]

    def __str__(self) -> str:
        return self.title


class ScenarioVersion(models.Model):
    """One row per text of a scenario that was ever proved sound. Never changed: attempts are
    pinned to it. ``graph`` is the engine's own JSON, ``source`` the Twee text it came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("versie"))
    digest = models.CharField(max_length=64, help_text="SHA-256 of the source")
    source = models.TextField()
    graph = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("versie van een scenario")
        verbose_name_plural = _("versies van scenario's")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["scenario", "digest"], name="version_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} v{self.number}"
