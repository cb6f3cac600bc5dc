"""What every page's frame needs to know."""

from django.conf import settings
from django.http import HttpRequest

from leer.core.language import lang_attribute

CONTENT_LANGUAGE = "nl"


def frame(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demo organisation, so that each page says so; and the ``lang``
    attribute of content, which is Dutch also when the interface is not (WCAG 3.1.2).
    """
    return {"is_demo": settings.DEMO, "content_lang": lang_attribute(CONTENT_LANGUAGE)}
