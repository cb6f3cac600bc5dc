"""Signing in with name and password; the person and the roles come with the session."""

from django.contrib.auth.backends import ModelBackend

from leer.accounts.models import User
from leer.accounts.sessions import just_found


class RoleBackend(ModelBackend):
    """Django's own backend, but each request's user arrives with ``role_names``."""

    def get_user(self, user_id: int) -> User | None:
        """The active user of this session, roles included."""
        user = just_found(user_id) or User.objects.with_roles(user_id)
        return user if user and self.user_can_authenticate(user) else None
