"""Figures in words and in a bar."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def at_least(people: int) -> SafeString:
    """A figure, or that it is not to be said."""
    if not people:
        return format_html('<span class="soft">{}</span>', _("niet te zeggen"))
    return format_html('{} <span class="figures__people">{}</span>', _("minstens"), people)


@register.simple_tag
def share(hundredths: int) -> SafeString:
    """A bar for the eye only: the figure stands beside it."""
    return format_html(
        '<svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"'
        ' focusable="false"><rect class="share__whole" width="100" height="4"/>'
        '<rect class="share__part" width="{}" height="4"/></svg>',
        hundredths,
    )


@register.filter
def drawn(svg: str) -> SafeString:
    """A picture of ``leer.scenarios.drawing``, which escapes every word in it."""
    return mark_safe(svg)  # noqa: S308
