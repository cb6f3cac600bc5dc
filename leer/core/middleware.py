"""What the browser may do: the strict policy everywhere, a looser one inside Wagtail's admin."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware

CMS_PATH = "/cms/"


class ContentSecurityPolicy(ContentSecurityPolicyMiddleware):
    """Django's own, with Wagtail's admin as the one exception."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Give the admin its policy and its preview frame, then let Django write the header."""
        if request.path.startswith(CMS_PATH):
            # A preview is answered from inside, by the page's own view: its header is there.
            response.headers.pop("Content-Security-Policy", None)
            response._csp_config = settings.CMS_CSP  # type: ignore[attr-defined]
            response["X-Frame-Options"] = "SAMEORIGIN"
        return super().process_response(request, response)
