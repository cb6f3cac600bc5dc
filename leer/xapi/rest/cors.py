"""Pages of other sites may speak to the ledger, with a credential of their own (CORS).

``XAPI_CORS_ORIGIN`` is the site that may, or ``*``. No cookie is ever looked at here, so that
``*`` gives away nothing.
"""

from django.conf import settings

from leer.xapi.rest.http import Response, no_content

METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"
ASKED = (
    "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match,"
    " Accept-Language"
)
TOLD = (
    "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through,"
    " Retry-After"
)


def headers() -> list[tuple[str, str]]:
    """For every answer."""
    return [
        ("Access-Control-Allow-Origin", settings.XAPI_CORS_ORIGIN),
        ("Access-Control-Expose-Headers", TOLD),
    ]


def preflight() -> Response:
    """What a browser asks before it lets a page send its request."""
    response = no_content()
    response.headers += [
        ("Access-Control-Allow-Methods", METHODS),
        ("Access-Control-Allow-Headers", ASKED),
        ("Access-Control-Max-Age", "86400"),
    ]
    return response
