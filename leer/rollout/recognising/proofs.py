"""The gate for a proof: a PDF or a picture by content, not by name. Of a picture only the pixels
are kept; a PDF is kept as it is, and given back as a file to save and never as a page.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cursussen.pictures import clean_image

MOST_BYTES = 5 * 1024 * 1024
TOO_HEAVY = _("Dit bestand is groter dan 5 MB. Maak het kleiner en probeer het opnieuw.")
NEITHER = _("Dit bestand is geen PDF en geen foto. Sla het op als PDF, JPEG of PNG.")
DAMAGED = _("Deze PDF is niet compleet. Sla hem opnieuw op en probeer het nog eens.")


@dataclass(frozen=True)
class CleanProof:
    """What may be kept, and the ending that belongs to it."""

    data: bytes
    extension: str


def clean_proof(data: bytes) -> CleanProof:
    """Raises ``ValidationError`` with words for whoever sends it."""
    if len(data) > MOST_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_heavy")
    if data.startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise ValidationError(DAMAGED, code="damaged")
        return CleanProof(data, ".pdf")
    try:
        image = clean_image(data)
    except ValidationError as error:
        if error.code == "no_picture":
            raise ValidationError(NEITHER, code="neither") from error
        raise
    return CleanProof(image.data, image.extension)
