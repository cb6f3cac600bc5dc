"""The page that every page is (Wagtail's swappable base page)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta

from cursussen.copying import PlainCopyForm
from leer.core.moments import check_moments


class BasePage(AbstractPage):
    """One row per page of any type.

    ``key`` is what ties history (statements, progress, assignments) to content: it stays the
    same when a page is renamed, moved or made anew, and is never given to another page.
    """

    needs_key: ClassVar[bool] = False
    copy_form_class = PlainCopyForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["key"]

    key = models.CharField(
        _("sleutel"),
        max_length=100,
        blank=True,
        validators=[validate_slug],
        help_text=_("Vaste naam van deze pagina. Verandert nooit meer na publicatie."),
    )
    review_on = models.DateField(
        _("herzien op"),
        null=True,
        blank=True,
        help_text=_("Dag waarop iemand kijkt of dit nog klopt."),
    )

    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("slug"),
        FieldPanel("key"),
        FieldPanel("review_on"),
    ]

    class Meta(AbstractPageMeta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="page_key_once")
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Give a page that needs a key one, also on the ways in that skip validation."""
        if self._state.adding and self.alias_of_id:
            raise ValidationError(
                _("Een sleutel hoort bij één pagina: maak een kopie in plaats van een alias.")
            )
        self.fill_key()
        return super().save(*args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Fill the key before anybody looks whether it is right."""
        self.fill_key()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """The key stays what it was once the page has been published."""
        super().clean()
        check_moments(self, "go_live_at", "expire_at")
        self._check_key_stays()

    def fill_key(self) -> None:
        """Take the key from the slug, made unique, where one is needed and none is given."""
        if not self.needs_key or self.key or not self.slug:
            return
        self.key, number = self.slug, 1
        while BasePage.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            number += 1
            self.key = f"{self.slug}-{number}"

    def _check_key_stays(self) -> None:
        if not self.pk or not self.first_published_at:
            return
        was = BasePage.objects.filter(pk=self.pk).values_list("key", flat=True).first()
        if was and was != self.key:
            raise ValidationError(
                {
                    "key": _("Deze pagina is al gepubliceerd; de sleutel blijft ‘%(key)s’.")
                    % {"key": was}
                }
            )

    def learner_path(self) -> str | None:
        """Where a learner reads this page; ``None`` when it is no page of its own."""
        return None

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[Any, Any, Any] | None:
        """The learner's URL, so that the admin's links lead where learners go."""
        sites = self._get_relevant_site_root_paths(request)
        if not sites:
            return None
        try:
            path = self.learner_path()
        except NoReverseMatch:  # the learner's part is not installed
            path = None
        return (sites[0][0], sites[0][2] if path else None, path)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wagtail's own URL of a page leads to the learner's."""
        url = self.get_url(request)
        if not url:
            raise Http404
        return redirect(url)
