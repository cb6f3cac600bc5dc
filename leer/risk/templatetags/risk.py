"""Texts of the algorithm in the reader's language, and where a long form went wrong."""

from django import template
from django.utils.translation import get_language

from leer.risk.forms import JudgementForm, ProfileForm
from leer.risk.scoring.algorithm import Text

register = template.Library()


@register.simple_tag(name="text")
def show_text(text: Text) -> str:
    """A text of the data file."""
    return text.in_language(get_language())


@register.simple_tag
def wrong_parts(form: ProfileForm) -> list[JudgementForm]:
    """The factors of which something must be put right."""
    return [part for part in form.parts if part.is_bound and part.errors]
