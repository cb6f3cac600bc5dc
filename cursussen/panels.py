"""Panels of the editor that listen to the address."""

from typing import Any

from wagtail.admin.panels import FieldPanel

OUTCOME = "kenmerk"  # in the address of a new module: the key of an outcome that it is to serve


class OutcomesPanel(FieldPanel):
    """The outcomes to tick; of a new page those that the address asks for are ticked already."""

    class BoundPanel(FieldPanel.BoundPanel):
        """Somebody else may have taken the outcome away meanwhile: then nothing is ticked."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            keys = self.request.GET.getlist(OUTCOME) if self.request else []
            if keys and self.instance.pk is None:
                known = self.panel.db_field.related_model.objects.filter(key__in=keys)
                self.form.initial[self.field_name] = list(known)
