"""A page that explains: help, privacy, accessibility."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cursussen.blocks import BodyBlock
from cursussen.models.base import BasePage


class InfoPage(BasePage):
    """Text that belongs to the site itself."""

    needs_key = True

    body = StreamField(BodyBlock(), verbose_name=_("inhoud"))

    parent_page_types: ClassVar[list[str]] = ["cursussen.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cursussen/info_page.html"
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("informatiepagina")
        verbose_name_plural = _("informatiepagina’s")

    def learner_path(self) -> str | None:
        """The page under its key."""
        return reverse("delivery:info", args=[self.key])
