"""The request that a view behind the access table gets."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from leer.accounts.models import User


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in: ``AccessByTable`` has seen to that."""

    user: User
    htmx: HtmxDetails
