"""Django's sessions in the database, found together with their person, in one query and with SQL
(``leer.core.sql``): every page of everybody asks for both.
"""

from contextvars import ContextVar
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from leer.accounts.models import Session, User, role_names
from leer.core.sql import RowQuery


def _find() -> str:
    return f"""
    select {{columns}}, {role_names()}, session.session_data
    from (select %s::date) today (day), accounts_session session
    left join accounts_user one on one.id = session.user_id
    where session.session_key = %s and session.expire_date > %s
    """  # noqa: S608 (nothing in it is from outside)


FIND = RowQuery(User, _find, "role_names", "session_data")

# Whose session this request read last, for ``RoleBackend``, which Django asks for the person just
# after. Django's ``get_user`` still holds the session against the person's password.
_just_found: ContextVar[User | None] = ContextVar("person of the session", default=None)


def just_found(user_id: int) -> User | None:
    """This person, when their session was just read; given out once."""
    person = _just_found.get()
    _just_found.set(None)
    return person if person and person.pk == user_id else None


def forget_just_found(**kwargs: Any) -> None:
    """When a request begins: the thread may have found somebody for another one, that did not ask
    who it was.
    """
    _just_found.set(None)


class SessionStore(db.SessionStore):
    """As Django's own in everything else."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Sessions that know their person."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """With the person who signed in, if anybody did."""
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        session.user_id = data.get(SESSION_KEY)
        return session

    def load(self) -> dict[str, Any]:
        """What it holds; nothing when there is no such session, or its time is over."""
        found = FIND.first([timezone.localdate(), self.session_key, timezone.now()])
        _just_found.set(found)
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found.session_data)  # type: ignore[attr-defined]
