"""The language of the pages: Dutch, unless the reader chose otherwise; and of words in them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString


def lang_attribute(language: str) -> SafeString:
    """The ``lang`` attribute of words in this language; nothing where the page speaks it too."""
    same = language == translation.get_language()
    return SafeString() if same else format_html(' lang="{}"', language)


class LanguageByChoice:
    """Django's ``LocaleMiddleware`` follows the browser; work laptops are often set to English,
    while the training is Dutch. So only the choice made in the footer counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Use the chosen language for this request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
