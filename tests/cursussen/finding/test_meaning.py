"""Texts that mean the same, without a database and without the net."""

import socket
from typing import Any

import numpy as np
import pytest

from cursussen.finding.meaning import meanings_of


@pytest.mark.parametrize(
    ("said", "same", "other"),
    [
        ("mijn badge is gepikt", "iemand heeft mijn pas gestolen", "mijn collega is ziek"),
        ("een fles champagne van een klant", "wijn gekregen van een bedrijf", "een klant is boos"),
        ("met wie kan ik praten", "wie luistert naar mij", "ik kan niet slapen"),
    ],
    ids=["stolen", "given", "listening"],
)
def test_what_means_the_same_is_nearer_than_what_has_a_word_in_common(
    said: str, same: str, other: str
) -> None:
    asked, near, far = meanings_of([said, same, other])
    assert asked @ near > asked @ far


def test_each_has_length_one_and_nothing_has_no_rows() -> None:
    found = meanings_of(["een vraag", ""])
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1], abs=1e-3)
    assert len(meanings_of([])) == 0


def test_it_needs_no_net(monkeypatch: Any) -> None:
    def refuse(*_args: Any) -> None:
        raise AssertionError("it went out")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    meanings_of.__globals__["_encoder"].cache_clear()
    assert len(meanings_of(["een vraag"])) == 1
