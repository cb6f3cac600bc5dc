"""Leer with one protection taken away: the same facts are counted anew, night by night.

An attack that never wins proves nothing. So there is a way to win for every rule of
``leer/disclosure``, and for whatever else keeps a person out of a figure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import transaction
from django.test import override_settings

from leer.disclosure import actions
from leer.disclosure.figures import next_figures
from leer.disclosure.models import Release, Tally
from leer.monitoring.figures.items import count_questions
from leer.monitoring.figures.stories import count_stories
from leer.monitoring.models import CountedAttempt
from tests.attacker.campaign import Campaign

type Figures = dict[str, int]
type Leak = Callable[[], AbstractContextManager[Any]]


@contextmanager
def counted_anew(attacked: Campaign, ks: Sequence[int], leak: Leak = nullcontext) -> Iterator[None]:
    """What Leer had shown if it had leaked like this; ``ks`` is the setting of each night."""
    with transaction.atomic(), leak():
        Release.objects.all()._raw_delete("default")
        Tally.objects.all()._raw_delete("default")
        CountedAttempt.objects.all()._raw_delete("default")
        for until, k in zip(attacked.days, ks, strict=True):
            with override_settings(DISCLOSURE_K=k):
                count_stories(until)
                count_questions(until)
        yield
        transaction.set_rollback(True)


# Figures that are made otherwise -----------------------------------------------------------------
def as_counted(table: Any, counts: Mapping[str, int], **_: Any) -> Figures:
    """No threshold at all."""
    return {cell: count for cell, count in counts.items() if count}


def small_ones_hidden(table: Any, counts: Mapping[str, int], *, k: int, **_: Any) -> Figures:
    """What many systems do, and call anonymous."""
    return {cell: count for cell, count in counts.items() if count >= k}


def rounded(table: Any, counts: Mapping[str, int], *, k: int, **_: Any) -> Figures:
    """Steps of *k*, and nobody stays in the middle: what is left of a whole is known."""
    return {cell: count // k * k for cell, count in counts.items() if count >= k}


def forgotten(table: Any, counts: Mapping[str, int], *, k: int, **_: Any) -> Figures:
    """As if nothing had been shown before; and at once, for who waits has luck."""
    return next_figures(table, counts, k=k, shown={}, patience=lambda *_: 0)


def at_once(table: Any, counts: Mapping[str, int], **options: Any) -> Figures:
    """Without the secret wait; else as it is."""
    return next_figures(table, counts, **options | {"patience": lambda *_: 0})


# What is taken away -------------------------------------------------------------------------------
def figures(made: Any) -> Leak:
    """Figures are made like this."""
    return partial(mock.patch.object, actions, "next_figures", made)


@contextmanager
def one_by_one() -> Iterator[None]:
    """Nobody waits until *k* have come, and what was counted is shown."""
    with figures(as_counted)(), mock.patch.object(actions, "_step", return_value=1):
        yield


@contextmanager
def k_as_set_today() -> Iterator[None]:
    """The *k* of a table is not that of its first release."""

    def promise(_: str) -> int:
        return int(settings.DISCLOSURE_K)

    with mock.patch.object(actions, "_promise", promise), figures(at_once)():
        yield


def teams_as_counted() -> AbstractContextManager[Any]:
    """What is said of a team does not hang on what is said of everybody."""

    def alone(
        table: Any, counts: Mapping[str, int], *, room: Any = None, **options: Any
    ) -> Figures:
        made = next_figures if room is None else as_counted
        return made(table, counts, **options)

    return figures(alone)()
