"""What an editor sees first in the CMS: where to begin, what waits, and how a case gets online."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from cursussen.faces.waiting import waiting
from cursussen.models import Picture
from cursussen.planning.beginning import new_case_url


class FrontPanel(Component):
    """Above what Wagtail itself tells: what this person wrote, and what they have to judge."""

    name = "leer_front"
    template_name = "cursussen/planning/front.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """For this person."""
        user = parent_context["request"].user
        mine = policy_registry.get_by_type(Picture).instances_user_has_permission_for(
            user, "change"
        )
        return {
            "write_url": new_case_url(user),
            "pictures": waiting().filter(pk__in=mine).count(),
        }
