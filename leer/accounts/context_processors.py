"""Roles for templates."""

from typing import Any

from django.http import HttpRequest

from leer.accounts.roles import Role


def roles(request: HttpRequest) -> dict[str, Any]:
    """Which parts of the menu this person has.

    Lazy: pages that leave no trace (help) must not even read the session.
    """
    return {"menu": LazyMenu(request)}


class LazyMenu:
    """Answers ``menu.team``, ``menu.cms`` … only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def team(self) -> bool:
        """Has teams to look after."""
        return self._has(Role.MANAGER)

    @property
    def cms(self) -> bool:
        """Writes or approves content."""
        return self._has(Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR)

    @property
    def figures(self) -> bool:
        """Reads how stories are played."""
        return self._has(Role.EDITOR, Role.CHIEF_EDITOR, Role.PROGRAMME)

    @property
    def risk(self) -> bool:
        """Knows the risk of teams."""
        return self._has(Role.PROGRAMME)

    @property
    def programme(self) -> bool:
        """Sees how the rollout stands."""
        return self._has(Role.PROGRAMME)

    @property
    def ledger(self) -> bool:
        """Looks into the ledger, which others find inside the CMS."""
        return self._has(Role.PROGRAMME) and not self.cms

    @property
    def administration(self) -> bool:
        """Looks after accounts and teams."""
        return self._has(Role.ADMINISTRATOR)

    def _has(self, *wanted: Role) -> bool:
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated and user.has_role(*wanted))
