"""What the settings of disclosure must keep to."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LEAST_K = 5


@register()
def check_k(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Below five people nothing hides anybody (design, domain.md)."""
    if settings.DISCLOSURE_K >= LEAST_K:
        return []
    return [
        Error(
            f"DISCLOSURE_K is {settings.DISCLOSURE_K}: groups of fewer than {LEAST_K} people"
            " would be shown.",
            hint=f"Set LEER_K to {LEAST_K} or more.",
            id="disclosure.E001",
        )
    ]
