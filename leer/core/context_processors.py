"""What every page's frame needs to know."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

CONTENT_LANGUAGE = "nl"


def frame(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demo organisation, so that each page says so; and the ``lang``
    attribute of content, which is Dutch also when the interface is not (WCAG 3.1.2).
    """
    foreign = get_language() != CONTENT_LANGUAGE
    attribute = SafeString(f' lang="{CONTENT_LANGUAGE}"') if foreign else SafeString()
    return {"is_demo": settings.DEMO, "content_lang": attribute}
