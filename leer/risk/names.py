"""Bands in words."""

from django.utils.translation import gettext_lazy as _

from leer.risk.scoring.algorithm import Band

BANDS = {
    Band.VERY_HIGH: _("zeer hoog"),
    Band.HIGH: _("hoog"),
    Band.MEDIUM: _("midden"),
    Band.BASE: _("basis"),
}
