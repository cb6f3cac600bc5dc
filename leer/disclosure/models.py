"""What is kept of aggregates: the running counts, and what was shown of them when."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leer.disclosure.tables import PEOPLE, Table


class Tally(models.Model):
    """One row per table of aggregates. ``counts`` are the true counts of distinct people, small
    ones too: never shown, never exported; only ``figures`` decides what becomes of them. At
    least *k* people are taken in at once, all of them up to ``until``, and nobody is taken out
    again: what was counted stays counted when the facts behind it are forgotten.
    """

    name = models.CharField(_("naam"), max_length=200, unique=True)
    structure = models.JSONField(help_text="the balances")
    counts = models.JSONField(default=dict)
    sums = models.JSONField(default=dict, help_text="what correlations are made of")
    until = models.DateTimeField(_("tot"))

    class Meta:
        verbose_name = _("telling")
        verbose_name_plural = _("tellingen")

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """One row per time that something was shown of a table; the last one is what pages read.

    Never changed and never deleted: what was shown is part of what must not be worked out.
    ``figures`` has per cell *at least so many people*, a multiple of ``k``; a cell that is not in
    it is withheld, which says nothing of it. Those of a group (a team) are about the people of this
    release only: whoever came later is in the next. ``k`` is the same in every release of a table,
    whatever the setting became since. ``measures`` are what is no count.
    """

    name = models.CharField(_("naam"), max_length=200)
    number = models.PositiveIntegerField(_("nummer"))
    until = models.DateTimeField(_("tot"), help_text="whoever is in it was counted before this")
    made_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    k = models.PositiveSmallIntegerField()
    structure = models.JSONField(help_text="the balances")
    figures = models.JSONField(default=dict)
    measures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("uitgave van cijfers")
        verbose_name_plural = _("uitgaven van cijfers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "number"], name="release_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise TypeError("A Release never changes; the next one has the next number.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never: the next release must know of this one."""
        raise TypeError("A Release is never deleted.")

    @property
    def people(self) -> int:
        """At least so many people are in it."""
        return self.at_least(PEOPLE)

    @property
    def table(self) -> Table:
        """How its cells hang together."""
        return Table.from_json(self.structure)

    def at_least(self, *cells: str) -> int:
        """At least so many people are in these cells together; 0: withheld."""
        return sum(self.figures.get(cell, 0) for cell in cells)
