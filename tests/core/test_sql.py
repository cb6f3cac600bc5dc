"""A connection is asked whether it is still there, but not when it answered a moment ago."""

from types import SimpleNamespace

import pytest
from django.core.signals import request_started

from leer.core import sql


@pytest.mark.parametrize(("fresh", "trusted"), [(60.0, True), (0.0, False)])
def test_a_connection_is_trusted_while_it_is_fresh(
    monkeypatch: pytest.MonkeyPatch, fresh: float, trusted: bool
) -> None:
    connection = SimpleNamespace(connection=object(), health_check_done=False)
    monkeypatch.setattr(sql, "connection", connection)
    monkeypatch.setattr(sql, "FRESH", fresh)
    sql.trust_what_just_answered()
    connection.health_check_done = False  # as Django does when a request begins
    sql.trust_what_just_answered()
    assert connection.health_check_done is trusted


def test_every_request_begins_with_it() -> None:
    receivers = [receiver() for _, receiver, *_ in request_started.receivers]
    assert sql.trust_what_just_answered in receivers
