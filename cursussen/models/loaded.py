"""What the loader put where, so that it never overwrites an editor."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedText(models.Model):
    """One row per page that came from a text file in ``cursussen/inhoud``.

    ``digest`` is of the text it was loaded from; ``revision_id`` is the revision the loader
    wrote. When the page has a later revision, somebody edited it and the file stays out.
    """

    page = models.OneToOneField(
        "cursussen.BasePage", on_delete=models.CASCADE, related_name="loaded_text"
    )
    path = models.CharField(max_length=300, help_text="file inside the content folder")
    digest = models.CharField(max_length=64, help_text="sha256 of the text and its pictures")
    revision_id = models.BigIntegerField(help_text="the revision the loader wrote")
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("geladen tekst")
        verbose_name_plural = _("geladen teksten")

    def __str__(self) -> str:
        return self.path
