"""Who stands in, and when: somebody of the own team, or whoever has exactly this address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.accounts.models import User
from leer.organisation import api as organisation


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeputyForm(forms.Form):
    """No list of colleagues to look through: only the own team is offered."""

    member = forms.ChoiceField(label=_("Iemand uit je team"), required=False)
    email = forms.EmailField(
        label=_("Of het e-mailadres van een andere collega"),
        help_text=_("Het hele adres, zoals het in het personeelssysteem staat."),
        required=False,
    )
    first_day = forms.DateField(label=_("Eerste dag"), widget=_day(), initial=timezone.localdate)
    last_day = forms.DateField(
        label=_("Laatste dag"), help_text=_("Hooguit een half jaar later."), widget=_day()
    )

    def __init__(self, *args: Any, team: organisation.Team, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.user_id, one.name) for one in organisation.names_in(team)]
        others = [(pk, name) for pk, name in people if pk != reader.pk]
        self.fields["member"].choices = [("", _("niemand")), *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """With the ``deputy``: one of the two ways, and not both."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        if bool(data["member"]) == bool(data["email"]):
            raise ValidationError(_("Kies iemand uit je team, of vul een e-mailadres in."))
        data["deputy"] = self._deputy(data)
        return data

    def _deputy(self, data: dict[str, Any]) -> User:
        asked = {"pk": data["member"]} if data["member"] else {"email__iexact": data["email"]}
        found = list(User.objects.filter(is_active=True, **asked)[:2])
        if len(found) != 1:
            raise ValidationError({"email": _("Er is geen collega met dit e-mailadres.")})
        return found[0]
