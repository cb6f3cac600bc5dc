"""Real workers and a real target, killed in the middle: nothing is lost, ids stay the same."""

import time

import pytest
from django.db import connection

from leer.core.models import BrokerMessage
from leer.xapi.models import ForwardTarget
from leer.xapi.tasks import forward_due
from tests.support.processes import wait_until, worker
from tests.xapi.forwarding.facts import be_readable, store_many, target_at
from tests.xapi.forwarding.lrs import Came, Lrs, Says

pytestmark = pytest.mark.processes
COUNT = 300


@pytest.fixture(autouse=True)
def _nothing_waits(transactional_db: None) -> None:
    BrokerMessage.objects.all().delete()


def slowly(came: Came) -> None:
    """Kept, and the answer takes its time: the moment in which a worker is killed."""
    time.sleep(0.05)


def ask(target: ForwardTarget) -> None:
    """What the clock does every ten seconds; here without waiting for the back-off."""
    ForwardTarget.objects.filter(pk=target.pk).update(try_again_at=None)
    forward_due()
    connection.close()


def is_delivered(target: ForwardTarget) -> bool:
    """Asked again and again, as the clock does."""
    ask(target)
    time.sleep(0.4)
    target.refresh_from_db()
    return target.delivered == COUNT


def test_a_worker_killed_while_the_target_answers_loses_nothing(lrs: Lrs) -> None:
    ids = store_many(COUNT)
    target = target_at(lrs, batch_size=10)
    lrs.afterthought = slowly
    be_readable()
    with worker() as first:
        ask(target)
        wait_until(lambda: len(lrs.came) >= 8, seconds=40)
        first.kill()
    target.refresh_from_db()
    assert 0 < target.delivered < COUNT
    assert len(lrs.kept) < COUNT
    with worker():
        wait_until(lambda: is_delivered(target), seconds=60)
    assert list(lrs.kept) == ids
    sent = [one for came in lrs.came for one in came.ids]
    twice = {one for one in sent if sent.count(one) > 1}
    assert len(twice) <= 10  # the batch whose answer nobody heard


def test_a_target_that_dies_in_the_middle_gets_everything_after_all(lrs: Lrs) -> None:
    ids = store_many(COUNT)
    target = target_at(lrs, batch_size=10)
    lrs.afterthought = slowly
    be_readable()
    with worker():
        ask(target)
        wait_until(lambda: len(lrs.came) >= 5, seconds=40)
        lrs.close()
        wait_until(lambda: ForwardTarget.objects.filter(failures__gt=0).exists())
        arrived = len(lrs.kept)
        assert arrived < COUNT
        lrs.open(lrs.port)
        wait_until(lambda: is_delivered(target), seconds=60)
    assert list(lrs.kept) == ids


def test_a_target_that_answers_badly_now_and_then_gets_everything(lrs: Lrs) -> None:
    ids = store_many(COUNT)
    target = target_at(lrs, batch_size=10)
    lrs.mood = lambda came: Says(502) if len(lrs.came) % 3 == 0 else None
    lrs.afterthought = lambda came: Says(500) if len(lrs.came) % 5 == 0 else None
    be_readable()
    with worker():
        wait_until(lambda: is_delivered(target), seconds=90)
    assert set(lrs.kept) == set(ids)
