"""The top of the tree and its strands."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cursussen.models.base import BasePage


class HomePage(BasePage):
    """The one page at the top; learners start at *Mijn leren* instead."""

    parent_page_types: ClassVar[list[str]] = ["cursussen.BasePage"]
    subpage_types: ClassVar[list[str]] = [
        "cursussen.StrandPage",
        "cursussen.CaseIndexPage",
        "cursussen.StoryIndexPage",
        "cursussen.PolicyIndexPage",
        "cursussen.InfoPage",
    ]
    max_count = 1
    template = "cursussen/strand_page.html"

    class Meta:
        verbose_name = _("startpagina")
        verbose_name_plural = _("startpagina’s")

    def learner_path(self) -> str | None:
        """The start of the site."""
        return "/"


class StrandPage(BasePage):
    """A strand (leerlijn): modules that belong together."""

    summary = models.TextField(_("samenvatting"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cursussen.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cursussen.ModulePage"]
    template = "cursussen/strand_page.html"

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("leerlijn")
        verbose_name_plural = _("leerlijnen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The modules in it."""
        children = self.get_children().live().specific()
        return super().get_context(request, *args, **kwargs) | {"children": children}
