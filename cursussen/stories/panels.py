"""What stands in the form beside its fields."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class ProblemsPanel(Panel):
    """How far the story is: its problems with links, refreshed whenever the form is saved.

    Filled by ``story-editor.js`` from ``stories:state``, which also puts every problem at its
    scene. The map itself is a preview, beside the form.
    """

    class BoundPanel(Panel.BoundPanel):
        """The empty place, and what the script needs to know."""

        template_name = "cursussen/stories/problems_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Where to ask for the state of this page; a new page has none yet."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            page_id = self.instance.pk
            url = reverse("stories:state", args=[page_id]) if page_id else ""
            return context | {
                "state_url": url,
                "state_url_of_any": reverse("stories:state", args=[0]),
            }
