"""The sign-in form, in plain words."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Name and password; the same answer whether name or password was wrong."""

    error_messages = {
        "invalid_login": _(
            "Deze naam en dit wachtwoord horen niet bij elkaar. Kijk of Caps Lock aan staat en"
            " probeer het opnieuw."
        ),
        "inactive": _("Dit account is niet actief. Vraag je beheerder om hulp."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = _("Gebruikersnaam")
        self.fields["password"].label = _("Wachtwoord")
