"""Shares, bands and regions in words."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from leer.risk.api import BANDS, Band

register = template.Library()
ENOUGH = 99.95


@register.filter
def percent(share: float | None) -> str:
    """A share as a whole number of hundredths; never rounded up to all, or down to none."""
    if share is None:
        return _("nog niet te zeggen")
    hundredths = round(100 * share)
    if 0 < share < 1:
        hundredths = min(99, max(1, hundredths))
    return f"{hundredths} %"


@register.filter
def exposure(value: float | None, *, grouped: bool = True) -> str:
    """Exposure as it is shown: whole from a hundred on, below that with one decimal."""
    if value is None:
        return "–"
    decimals = 0 if abs(value) >= ENOUGH else 1
    return number_format(round(value, decimals), decimals, force_grouping=grouped)


@register.filter
def band_name(band: str) -> str:
    """A band in the reader's language."""
    return str(BANDS[Band(band)]) if band else _("zonder risicoprofiel")


@register.filter
def region_name(region: str) -> str:
    """A region, or that there is none."""
    return region or _("zonder regio")
