"""Words for what an import changes; the page and the command share them."""

from django.utils.translation import gettext_lazy as _

# By the names in ``ImportPlan.counts`` and in the preview.
KINDS = {
    "functions_created": _("nieuwe functies"),
    "functions_changed": _("gewijzigde functies"),
    "teams_created": _("nieuwe teams"),
    "teams_changed": _("gewijzigde teams"),
    "parts_changed": _("teams die onder een ander team komen"),
    "people_created": _("nieuwe medewerkers"),
    "people_changed": _("medewerkers met gewijzigde gegevens"),
    "moved": _("medewerkers die van team of functie veranderen"),
    "left": _("medewerkers die uit dienst gaan"),
    "leaders": _("wijzigingen in de leiding van teams"),
    "leaders_started": _("keer wordt iemand leidinggevende van een team"),
    "leaders_stopped": _("keer stopt iemand als leidinggevende van een team"),
    "roles": _("wijzigingen in rollen"),
    "roles_given": _("rollen gegeven"),
    "roles_taken": _("rollen ingetrokken"),
    "untouched": _("mensen in dienst die niet in het bestand staan: met hen gebeurt niets"),
}

FIELDS = {
    "name": _("naam"),
    "high_risk": _("meest risicovolle functie"),
    "region": _("regio"),
    "parent": _("onderdeel van"),
    "username": _("gebruikersnaam"),
    "first_name": _("voornaam"),
    "last_name": _("achternaam"),
    "email": _("e-mailadres"),
    "is_active": _("in dienst"),
    "team": _("team"),
    "function": _("functie"),
    "since": _("vanaf"),
    "leads": _("leidt team"),
    "role": _("rol"),
}
