"""What somebody at a browser reads on these pages."""

import base64
import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.xapi.rest_client import Lrs

FACTS = reverse("ledger:facts")
KEYS = reverse("credentials:list")
NEW_KEY = reverse("credentials:new")
TARGETS = reverse("ledger:targets")
FACT_LINK = re.compile(r'href="/cms/grootboek/([0-9a-f-]{36})/"')


def fact_url(statement_id: object) -> str:
    return reverse("ledger:fact", args=[statement_id])


def page_of(client: Client, url: str, query: dict[str, Any] | None = None) -> str:
    """The page, as text with its markup; it is there."""
    answer = client.get(url, query or {})
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def words_of(page: str) -> str:
    """What is read of it, white space evened out."""
    main = page[page.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def found(client: Client, **query: str) -> list[str]:
    """The ids of the facts that are found, in order."""
    return FACT_LINK.findall(page_of(client, FACTS, query))


def link(page: str, name: str) -> str:
    """Where the link with this name leads."""
    match = re.search(rf'href="([^"]+)">{name}</a>', page)
    assert match, f"no link {name}"
    return match[1]


def lrs_with(key: str, secret: str) -> Lrs:
    """A client with a key that was made on a page."""
    lrs = object.__new__(Lrs)
    lrs.version = "1.0.3"
    lrs.authorization = f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}"
    return lrs
