"""Who may see which URL: one table, and everything that is not in it is closed.

A rule names a URL by its view name (``namespace:name``) or a whole namespace
(``namespace:*``) or a path prefix (``/cms/``) for URLs of libraries. It says which roles may
come in. Finer questions (is this *your* team?) are the view's. The table itself stands in
``leer.access``; ``docs/developers/urls.md`` is generated from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from leer.accounts.models import User
from leer.accounts.roles import Role


@dataclass(frozen=True)
class Rule:
    """Who may come in. ``anyone`` needs no account; otherwise one of ``roles``."""

    anyone: bool = False
    roles: frozenset[Role] = field(default_factory=frozenset)

    def lets_in(self, user: User) -> bool:
        """Whether this signed-in person may come in."""
        return self.anyone or user.has_role(*self.roles)


ANYONE = Rule(anyone=True)
SIGNED_IN = Rule(roles=frozenset(Role))


def only(*roles: Role) -> Rule:
    """A rule for these roles."""
    return Rule(roles=frozenset(roles))


def rule_for(request: HttpRequest) -> Rule | None:
    """The rule of the URL that was resolved; ``None`` when the table does not know it."""
    match = request.resolver_match
    return rule_of(match.view_name if match else "", request.path)


def rule_of(view_name: str, path: str) -> Rule | None:
    """The rule for this view at this path; ``None`` when the table does not know it."""
    table: Mapping[str, Rule] = import_string(settings.ACCESS_TABLE)
    return named(table, view_name, path)


def named[Entry](table: Mapping[str, Entry], view_name: str, path: str) -> Entry | None:
    """The entry of a table that goes by view, then by namespace, then by prefix of the path."""
    namespace = view_name.rpartition(":")[0]
    for name in (view_name, f"{namespace}:*"):
        if name in table:
            return table[name]
    prefixes = (prefix for prefix in table if prefix.startswith("/"))
    return next((table[prefix] for prefix in prefixes if path.startswith(prefix)), None)
