"""Where a target is: the base address of an LRS, such as ``https://lrs.example/xapi``."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def checked(endpoint: str) -> str:
    """The address without a slash at its end. Raises ``ValidationError``.

    A key travels with every request, so it is https; plain http goes to this machine only,
    unless ``XAPI_FORWARDS_OVER_HTTP`` says that the network is trusted.
    """
    try:
        parts = urlsplit(endpoint.strip())
        _check(parts, parts.port)
    except ValueError as error:  # a port that is no number, a host that cannot be
        raise ValidationError({"endpoint": _("Dit is geen webadres.")}) from error
    return parts.geturl().rstrip("/")


def _check(parts: SplitResult, port: int | None) -> None:
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ValidationError({"endpoint": _("Schrijf het hele adres, met https:// ervoor.")})
    parts.hostname.encode("idna")
    if parts.username is not None or parts.query or parts.fragment:
        reason = _("Het adres heeft geen sleutel, geen vraagteken en geen hekje.")
        raise ValidationError({"endpoint": reason})
    if parts.scheme == "http" and not (_is_here(parts.hostname) or _may_be_open()):
        raise ValidationError(
            {"endpoint": _("Gebruik https: de sleutel gaat met elk verzoek mee.")}
        )


def _may_be_open() -> bool:
    return bool(getattr(settings, "XAPI_FORWARDS_OVER_HTTP", False))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
