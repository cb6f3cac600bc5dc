"""Every URL pattern of the project with its rule: for the docs, and for the test of the table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from leer.accounts.access import Rule


@dataclass(frozen=True)
class Place:
    """One URL pattern: its route as written in the code, and its view name."""

    route: str
    view_name: str

    @property
    def rule(self) -> Rule | None:
        """The rule of the access table; ``None`` when it is closed."""
        table: dict[str, Rule] = import_string(settings.ACCESS_TABLE)
        namespace = self.view_name.rpartition(":")[0]
        for name in (self.view_name, f"{namespace}:*"):
            if name in table:
                return table[name]
        path = f"/{self.route}"
        return next((r for p, r in table.items() if p[0] == "/" and path.startswith(p)), None)


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
