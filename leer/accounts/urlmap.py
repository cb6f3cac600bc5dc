"""Every URL pattern of the project with its rule: for the docs, and for the test of the table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from leer.accounts.access import Rule, rule_of


@dataclass(frozen=True)
class Place:
    """One URL pattern: its route as written in the code, and its view name."""

    route: str
    view_name: str

    @property
    def rule(self) -> Rule | None:
        """The rule of the access table; ``None`` when it is closed."""
        return rule_of(self.view_name, f"/{self.route}")


def places() -> Iterator[Place]:
    """Every URL pattern, in the order in which they are tried."""
    yield from _walk(get_resolver(), "", "")


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Place]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Place(here, ":".join(filter(None, [namespace, entry.name or ""])))
        else:
            inner = ":".join(filter(None, [namespace, entry.namespace or ""]))
            yield from _walk(entry, here, inner)
