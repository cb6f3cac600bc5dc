"""The alternate request syntax of 1.0 (Communication, 1.3): the real request in a form.

For browsers that could only POST, and for filters longer than a URL may be. 2.0 has it no more.
"""

from leer.xapi.rest.http import Request, bad_request, parse_query
from leer.xapi.rest.versions import HEADER

FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "authorization", HEADER, "content-type", "content-length", "if-match", "if-none-match",
    "accept-language",
}  # fmt: skip
METHODS = {"GET", "PUT", "POST", "DELETE", "HEAD"}


def is_alternate(request: Request) -> bool:
    """Whether the method stands in the query."""
    return request.method == "POST" and "method" in request.query


def unfolded(request: Request) -> Request:
    """The request that is meant. Raises ``Problem``."""
    method = request.query["method"].upper()
    if method not in METHODS:
        raise bad_request(f"the parameter method is one of {', '.join(sorted(METHODS))}")
    if len(request.query) > 1:
        raise bad_request("beside method, parameters belong in the form")
    form = _form(request)
    content = form.pop("content", None)
    if content is None and method in {"PUT", "POST"}:
        raise bad_request("the form has no content")
    headers = {name.lower(): value for name, value in form.items() if name.lower() in HEADERS}
    query = {name: value for name, value in form.items() if name.lower() not in HEADERS}
    inherited = {k: v for k, v in request.headers.items() if k not in {"content-type"}}
    if content is not None:
        headers.setdefault("content-type", "application/json")
    return Request(
        method=method,
        path=request.path,
        query=query,
        headers=inherited | headers,
        body=(content or "").encode(),
        secure=request.secure,
        assumed_version=request.assumed_version,
    )


def _form(request: Request) -> dict[str, str]:
    if request.content_type not in {FORM, ""}:
        raise bad_request(f"the Content-Type is {FORM}")
    try:
        return parse_query(request.body.decode(), what="form")
    except UnicodeDecodeError as error:
        raise bad_request("the form is not UTF-8") from error
