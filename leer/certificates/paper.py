"""A certificate as a PDF: one A4, tagged so that it can be read aloud (PDF/UA-1).

``paper.typ`` has the form, this module the words, in the language in which it was issued. It is
made anew each time, from the row and the ledger, so that no copies lie about.
"""

import json
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leer.certificates.checking import Checked
from leer.certificates.models import Certificate
from leer.core.context_processors import CONTENT_LANGUAGE

FORM = Path(__file__).with_name("paper.typ")
LOGO = Path(settings.BASE_DIR) / "leer/static/leer/img/logo.svg"
MEDIA_TYPE = "application/pdf"


def draw(certificate: Certificate, checked: Checked) -> bytes:
    """The paper of a certificate that is true."""
    with translation.override(certificate.language):
        said = _said(certificate, checked)
    # Its own fonts only: the same paper on every machine.
    pdf: bytes = typst.compile(
        FORM.read_bytes(),
        format="pdf",
        sys_inputs={"said": json.dumps(said)},
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )
    return pdf


def address_of(certificate: Certificate) -> str:
    """Of the page where anybody with the paper checks it."""
    return settings.BASE_URL + reverse("certificates:check", args=[certificate.token])


def file_name(certificate: Certificate) -> str:
    """It says nothing of whom it is about."""
    return f"certificaat-{certificate.module_key}.pdf"


def _said(certificate: Certificate, checked: Checked) -> dict[str, Any]:
    url = address_of(certificate)
    return {
        "lang": certificate.language,
        "title": f"{_('Certificaat')}: {certificate.title}",
        "organisation": settings.ORGANISATION_NAME,
        "heading": _("Certificaat"),
        "name": certificate.name,
        "did": _did(certificate),
        "module": certificate.title,
        "module_lang": CONTENT_LANGUAGE,
        "facts": [
            {"label": str(label), "value": value} for label, value in facts(certificate, checked)
        ],
        "not_heading": _("Wat dit certificaat niet zegt"),
        "not_said": _("Het is geen cijfer en geen oordeel over iemands integriteit."),
        "check_heading": _("Controleer dit certificaat"),
        "check": _(
            "Scan de code of open het adres. Je ziet of het nog klopt, en niet meer dan hier staat."
            " Alleen voor collega’s, tenzij de houder het voor jou openzet."
        ),
        "qr": _qr(url),
        "qr_alt": _("QR-code met het adres van de controlepagina"),
        "url": url,
        "shown_url": url,
        "logo": _logo(),
    }


def _did(certificate: Certificate) -> str:
    if certificate.name:
        return _("heeft alle delen gedaan van de module")
    return _("De houder heeft alle delen gedaan van de module")


def facts(certificate: Certificate, checked: Checked) -> list[tuple[str, str]]:
    """What it says besides whose it is and of what; also for the check page."""
    assert checked.done_on is not None
    found = [(_("Gedaan op"), _day(checked.done_on))]
    if certificate.valid_until:
        found.append((_("Geldig tot"), _day(certificate.valid_until)))
    if certificate.shows_version and checked.version:
        found.append((_("Versie van de module"), checked.version))
    if certificate.shows_number:
        found.append((_("Nummer"), str(certificate.registration)))
    return found


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _qr(url: str) -> str:
    drawn = BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=0, dark="#1c2530")
    return drawn.getvalue().decode()


@cache
def _logo() -> str:
    return LOGO.read_text(encoding="utf-8")
