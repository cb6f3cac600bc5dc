"""The history of a policy, in the form where it is edited."""

from typing import Any

from django.apps import apps
from django.conf import settings
from wagtail.admin.panels import Panel

from cursussen.policies.counting import at_least_by_version


class VersionsPanel(Panel):
    """Each published version: what changed, and how many acknowledged it, rounded down."""

    class BoundPanel(Panel.BoundPanel):
        """The list; a policy that was never published has none."""

        template_name = "cursussen/policies/versions_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The last version first."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            key = self.instance.key
            versions = apps.get_model("cursussen", "PolicyVersion").objects
            rows = list(versions.filter(policy_key=key).order_by("-number")) if key else []
            counts = at_least_by_version(key) if rows else {}
            shown = [(row, counts.get(row.number, 0)) for row in rows]
            return context | {"rows": shown, "step": settings.DISCLOSURE_K}
