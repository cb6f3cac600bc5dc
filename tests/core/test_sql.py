"""A connection that answered a moment ago is not asked whether it is still there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, connection

from leer.core import sql

type Break = Callable[[], None]


@pytest.fixture
def break_it(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Break:
    """Ends a connection that is kept between requests, as in production."""
    connection.ensure_connection()
    monkeypatch.setattr(connection, "close_at", None)
    monkeypatch.setattr(connection, "health_check_enabled", True)

    def end() -> None:
        ((process,),) = sql.rows("select pg_backend_pid()")
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 5000)", [process])
        other.close()

    return end


def begin_request() -> None:
    # After Django's own, as when Leer starts: Django's test client puts its own at the end.
    assert request_started.disconnect(sql.trust_what_just_answered)
    request_started.connect(sql.trust_what_just_answered)
    request_started.send(sender=None)


def test_one_that_answered_long_ago_is_asked_and_replaced(break_it: Break) -> None:
    """Also when requests came meanwhile that had nothing to ask it."""
    break_it()
    sql._ANSWERED.at -= 2 * sql.FRESH
    begin_request()
    begin_request()
    assert sql.rows("select 1") == [(1,)]


def test_one_that_broke_just_after_it_answered_is_missed_once(
    break_it: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "FRESH", 600.0)  # ending it may take longer than a second
    break_it()
    begin_request()
    with pytest.raises(OperationalError):
        sql.rows("select 1")
    request_finished.send(sender=None)
    begin_request()
    assert sql.rows("select 1") == [(1,)]


def test_one_that_broke_makes_the_others_be_asked(
    break_it: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the database goes, those of all threads break at once: that is missed once, in all."""
    monkeypatch.setattr(sql, "FRESH", 600.0)
    break_it()
    in_another_thread(fail)
    begin_request()
    assert sql.rows("select 1") == [(1,)]


def in_another_thread(work: Callable[[], None]) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def fail() -> None:
    """A connection that is gone when it is used."""
    try:
        with pytest.raises(OperationalError):
            sql.rows("select pg_terminate_backend(pg_backend_pid())")
    finally:
        connection.close()
