"""Reports of the CMS as CSV: a title that begins like a formula must not be one in a spreadsheet.

Wagtail sees to that in xlsx; in CSV a quote before it keeps it text (OWASP, CSV injection).
"""

from typing import Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def connect() -> None:
    """Let every export pass its values through ``plain``."""
    by_value = SpreadsheetExportMixin.custom_value_preprocess
    by_value[object] = {SpreadsheetExportMixin.FORMAT_CSV: plain}


def plain(value: Any) -> Any:
    """The value as text that no spreadsheet calculates; numbers and moments as they are."""
    text = force_str(value, strings_only=True)
    if isinstance(text, str) and text.startswith(BEGINS_A_FORMULA):
        return f"'{text}"
    return text
