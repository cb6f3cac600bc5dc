"""What the programme is for, in short texts that come from files and that editors may change."""

import hashlib
import json
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class FromFile(models.Model):
    """A row whose words came from ``cursussen/inhoud/programma``.

    ``loaded`` is the digest of the words that the loader wrote last. When the row says something
    else, an editor changed it and the file stays out. Empty: the loader never wrote it.
    """

    WORDS: ClassVar[tuple[str, ...]] = ()

    loaded = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True

    def digest(self) -> str:
        """Of the words as they are now."""
        words = [getattr(self, name) for name in self.WORDS]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()

    @property
    def is_of_an_editor(self) -> bool:
        """Somebody wrote in it: it says something else than what the loader wrote."""
        if not self.loaded:
            return any(getattr(self, name) for name in self.WORDS)
        return self.loaded != self.digest()


class Theme(FromFile):
    """One row per theme of the source document (there are six; ``set_up`` makes them).

    ``from_*`` and ``to_*`` are its VAN and NAAR: a word and a sentence each. They may be empty:
    the source has no such words for every theme, and nobody makes them up.
    """

    WORDS = ("goal", "from_word", "from_text", "to_word", "to_text")

    slug = models.SlugField(_("korte naam"), unique=True, allow_unicode=False)
    name = models.CharField(_("naam"), max_length=100)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    goal = models.TextField(_("doel"), max_length=400, blank=True)
    from_word = models.CharField(_("van, in een woord"), max_length=40, blank=True)
    from_text = models.TextField(_("van"), max_length=300, blank=True)
    to_word = models.CharField(_("naar, in een woord"), max_length=40, blank=True)
    to_text = models.TextField(_("naar"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema’s")
        ordering: ClassVar = ["order", "slug"]

    def __str__(self) -> str:
        return self.name


class Outcome(FromFile):
    """One row per kenmerk of a theme: what is so when the theme has succeeded.

    Modules say which they serve. ``key`` is what files call it by; it never changes.
    """

    WORDS = ("text",)

    key = models.SlugField(_("sleutel"), unique=True, allow_unicode=False, editable=False)
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, related_name="outcomes", editable=False
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    text = models.TextField(_("kenmerk"), max_length=400)

    panels: ClassVar = [FieldPanel("text"), FieldPanel("order")]

    class Meta:
        verbose_name = _("kenmerk")
        verbose_name_plural = _("kenmerken")
        ordering: ClassVar = ["theme__order", "order", "key"]

    def __str__(self) -> str:
        return self.text


class Goal(FromFile):
    """One row per goal of the programme: the one it is all for, and the five below it."""

    WORDS = ("name", "text")

    key = models.SlugField(_("sleutel"), unique=True, allow_unicode=False, editable=False)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    is_main = models.BooleanField(_("hoofddoel"), default=False, editable=False)
    name = models.CharField(_("kort"), max_length=60)
    text = models.TextField(_("doel"), max_length=400)

    panels: ClassVar = [FieldPanel("name"), FieldPanel("text"), FieldPanel("order")]

    class Meta:
        verbose_name = _("doel")
        verbose_name_plural = _("doelen")
        ordering: ClassVar = ["-is_main", "order", "key"]

    def __str__(self) -> str:
        return self.name


class Term(FromFile):
    """One row per word of the glossary for colleagues. ``key`` is its anchor, so it stays."""

    WORDS = ("name", "meaning")

    key = models.SlugField(_("anker"), unique=True, allow_unicode=False)
    name = models.CharField(_("woord"), max_length=80)
    meaning = models.TextField(_("betekenis"), max_length=600)
    is_shown = models.BooleanField(
        _("staat in de woordenlijst"),
        default=True,
        help_text=_("Haal het vinkje weg om een woord niet meer te tonen."),
    )

    panels: ClassVar = [FieldPanel(name) for name in ("name", "meaning", "key", "is_shown")]

    class Meta:
        verbose_name = _("woord")
        verbose_name_plural = _("woordenlijst")
        ordering: ClassVar = ["name", "key"]

    def __str__(self) -> str:
        return self.name
