"""The health page tells the parts apart."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leer.celery import app
from leer.core.models import WorkerPulse

pytestmark = pytest.mark.django_db


def ask() -> Any:
    return Client().get("/healthz")


def beat(ago: timedelta = timedelta()) -> None:
    WorkerPulse.objects.create(name="celery@here", seen_at=timezone.now() - ago)


def test_all_well() -> None:
    beat()
    answer = ask()
    assert answer.status_code == 200
    assert set(answer.json()["parts"].values()) == {"ok"}


@pytest.mark.parametrize("ago", [None, timedelta(minutes=1)])
def test_a_worker_that_is_silent_ails_and_nothing_else_does(ago: timedelta | None) -> None:
    if ago:
        beat(ago)
    answer = ask()
    assert answer.status_code == 503
    assert answer.json()["parts"] == {
        "web": "ok",
        "database": "ok",
        "broker": "ok",
        "worker": "fails",
    }


def test_a_broker_that_is_away_ails_and_nothing_else_does(monkeypatch: Any) -> None:
    beat()
    monkeypatch.setattr(app.conf, "broker_url", "amqp://127.0.0.1:1//")
    monkeypatch.setattr(app.conf, "broker_read_url", "amqp://127.0.0.1:1//")
    parts = ask().json()["parts"]
    assert parts == {"web": "ok", "database": "ok", "broker": "fails", "worker": "ok"}


def test_the_health_page_is_never_kept_and_says_nothing_about_people() -> None:
    answer = ask()
    assert "no-store" in answer["Cache-Control"]
    assert set(answer.json()) == {"status", "parts"}
