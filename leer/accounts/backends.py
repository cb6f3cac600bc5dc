"""Signing in with name and password; the person and the roles come in one query."""

from django.contrib.auth.backends import ModelBackend

from leer.accounts.models import User


class RoleBackend(ModelBackend):
    """Django's own backend, but each request's user arrives with ``role_names``."""

    def get_user(self, user_id: int) -> User | None:
        """The active user of this session, roles included."""
        user = User.objects.with_roles(user_id)
        return user if user and self.user_can_authenticate(user) else None
