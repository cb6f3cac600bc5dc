"""What is asked on the ledger's screens in the admin."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leer.xapi.admin.finding import OUTCOME, Question, System
from leer.xapi.admin.words import OUTCOME as OUTCOME_WORD
from leer.xapi.admin.words import SCOPES, VERBS
from leer.xapi.models import Credential
from leer.xapi.scopes import DEFAULT, Scope
from leer.xapi.statements.formats import IRI

ALL = ("", _("Alle"))


class Calendar(forms.DateInput):
    """The browser's own calendar: it works by keyboard, by voice and without a script."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that the ledger can have a place for, or none."""

    widget = Calendar

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Kies een dag tussen 2000 en 2100.")
        bounds = [
            MinValueValidator(date(2000, 1, 1), wrong),
            MaxValueValidator(date(2099, 12, 31), wrong),
        ]
        super().__init__(required=False, validators=bounds, **kwargs)


def check_iri(value: str) -> None:
    """An IRI, in full."""
    if not re.match(IRI, value):
        raise ValidationError(
            _("Schrijf het hele adres, zoals https://voorbeeld.nl/cursus/1, zonder spaties.")
        )


class AdminForm(forms.Form):
    """A form whose fields point to their help and to their errors, where ``xapi/_field.html`` puts
    these: Wagtail's own name only one of the two.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            about = [f"id_{name}-helptext"] if field.help_text else []
            field.widget.attrs.setdefault(
                "aria-describedby", " ".join([*about, f"id_{name}_error"])
            )


class LookForm(AdminForm):
    """Which facts to look for. There is no question for a person: a trail of what one person did
    is nobody's but that person's own.
    """

    verb = forms.ChoiceField(label=_("Werkwoord"), required=False)
    other_verb = forms.CharField(
        label=_("Ander werkwoord (IRI)"), required=False, max_length=1000, validators=[check_iri]
    )
    activity = forms.CharField(
        label=_("Activiteit (IRI)"), required=False, max_length=1000, validators=[check_iri]
    )
    related = forms.BooleanField(
        label=_("Ook feiten over onderdelen van deze activiteit"), required=False
    )
    since = DayField(label=_("Opgeslagen vanaf"))
    until = DayField(label=_("Opgeslagen tot en met"))
    system = forms.ChoiceField(label=_("Systeem"), required=False)
    voided = forms.BooleanField(label=_("Alleen ingetrokken feiten"), required=False)

    def __init__(self, *args: Any, systems: Sequence[System], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._accounts = {system.id: system.account for system in systems}
        verbs = sorted((str(word.label), iri) for iri, word in VERBS.items())
        choices = [(iri, label) for label, iri in verbs]
        self._choices("verb", [ALL, *choices, (OUTCOME, OUTCOME_WORD.label)])
        self._choices("system", [ALL, *((system.id, system.name) for system in systems)])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """One verb, and a period with a beginning before its end."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verb") and cleaned.get("other_verb"):
            self.add_error(
                "other_verb", _("Kies een werkwoord uit de lijst of vul er een in, niet allebei.")
            )
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("Kies een dag die niet voor de eerste dag ligt."))
        return cleaned

    def question(self) -> Question:
        """What was asked, as far as it could be understood."""
        said = self.cleaned_data
        return Question(
            verb=said.get("other_verb") or said.get("verb", ""),
            activity=said.get("activity", ""),
            related=said.get("related", False),
            since=said.get("since"),
            until=said.get("until"),
            system=self._accounts.get(said.get("system", ""), ""),
            voided=said.get("voided", False),
        )


class KeyForm(AdminForm):
    """What a new key may do. The names are those of ``credentials.make``."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=100,
        help_text=_("Welk systeem krijgt deze sleutel? Bijvoorbeeld: E-learning inkoop 2026."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Wat mag het systeem?"),
        widget=forms.CheckboxSelectMultiple({"aria-describedby": ""}),  # their group is described
        initial=[scope.value for scope in DEFAULT],
        help_text=_("Geef niet meer dan nodig is. Wijzigen kan niet: maak dan een nieuwe sleutel."),
    )
    activity_prefix = forms.CharField(
        label=_("Alleen activiteiten die beginnen met"),
        required=False,
        max_length=1000,
        validators=[check_iri],
        help_text=_("Het begin van een IRI. Leeg betekent: alle activiteiten."),
    )
    trusted = forms.BooleanField(
        label=_("Feiten van dit systeem tellen mee voor voortgang"),
        required=False,
        widget=forms.CheckboxInput({"aria-describedby": "id_trusted-helptext"}),
        help_text=_(
            "Let op. Zet je dit aan, dan kan het systeem voor iedereen een module van Leer op "
            "gedaan zetten. Dat telt voor leidinggevenden en voor het bewijs. Doe het alleen bij "
            "een systeem dat je vertrouwt, en nooit bij iets dat in de browser van een medewerker "
            "draait."
        ),
    )
    rate_limit = forms.IntegerField(
        label=_("Verzoeken per minuut"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Leeg betekent: geen grens."),
    )
    expires_on = DayField(
        label=_("Geldig tot en met"),
        help_text=_("Leeg betekent: tot je de sleutel intrekt."),
    )
    version = forms.ChoiceField(
        label=_("xAPI-versie"),
        choices=[(Credential.NEW, Credential.NEW), (Credential.OLD, Credential.OLD)],
        help_text=_("Voor antwoorden op een verzoek dat zelf geen versie noemt."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        scopes.choices = [(scope.value, _explained(scope)) for scope in SCOPES]

    def clean_expires_on(self) -> date | None:
        """A day on which it can still be used."""
        day: date | None = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Kies vandaag of een latere dag."))
        return day

    def values(self) -> dict[str, Any]:
        """For ``credentials.make``."""
        said = dict(self.cleaned_data)
        day = said.pop("expires_on")
        said["expires_at"] = _end_of(day) if day else None
        said["scopes"] = [Scope(scope) for scope in said["scopes"]]
        return said


def _explained(scope: Scope) -> SafeString:
    """What it is called here, what it allows, and what others call it."""
    name, meaning = SCOPES[scope]
    return format_html(
        '<strong>{}</strong> <code translate="no">{}</code><br>{}', name, scope.value, meaning
    )


def _end_of(day: date) -> datetime:
    """The moment at which this day is over."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(midnight)
