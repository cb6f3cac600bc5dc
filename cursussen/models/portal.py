"""What the service knows of a policy besides its text: how far it is, where it holds, and by which
words it is found.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How far a policy is, from the inventory of what there is to the portal. Only what was
    assessed is online as a policy; what was merged or withdrawn stays findable, and says so.
    """

    FOUND = "gevonden", _("gevonden: nog niet beoordeeld")
    ASSESSED = "beoordeeld", _("beoordeeld: dit geldt")
    MERGED = "samengevoegd", _("samengevoegd met een andere afspraak")
    WITHDRAWN = "ingetrokken", _("ingetrokken: dit geldt niet meer")


class Contact(models.TextChoices):
    """Whom somebody in such a situation calls first."""

    CONTACT_POINT = "contactpunt", _("het contactpunt")
    MANAGER = "leidinggevende", _("je leidinggevende")
    ADVISER = "vertrouwenspersoon", _("een vertrouwenspersoon")
    BUREAU = "bvi", _("het bureau Veiligheid en Integriteit (BVI)")
    SECURITY = "beveiliging", _("het meldpunt voor beveiligingsincidenten")
    PERSONNEL = "personeelszaken", _("personeelszaken")
