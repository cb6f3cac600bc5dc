"""The places that were drawn (``static/leer/places``); a story names one with ``beeld``. Their
place line says what they show, so they need no words of their own.
"""

from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def drawn_places() -> tuple[str, ...]:
    """The names of the drawings, as a story uses them."""
    folder = Path(settings.BASE_DIR) / "leer/static/leer/places"
    return tuple(sorted(drawing.stem for drawing in folder.glob("*.svg")))
