"""Two worlds of one seed, in which others may know the same: every page is the same.

This needs no knowledge of what is on a page.
"""

from typing import Any
from unittest import mock

import pytest
from django.db import transaction

from leer.disclosure import actions
from leer.disclosure.figures import Patience, secret_patience
from tests.attacker.campaign import Campaign
from tests.attacker.collecting import differences
from tests.attacker.world import Secret

pytestmark = pytest.mark.django_db
LARGEST = "leider 3"
OWN_FILE = "/mijn-gegevens/bestand/"


def world_with(secret: Secret) -> Campaign:
    """The same organisation with other secrets, and forgotten. The waits do not hang on the names
    of tables: ids of versions are drawn.
    """

    def patience(key: str, _: str, k: int) -> Patience:
        return secret_patience(key, "de tabel", k)

    with mock.patch.object(actions, "secret_patience", patience), transaction.atomic():
        found = Campaign(3, steps=3, secret=secret, most=3)
        found.run(everything_at=[3], by={LARGEST})
        transaction.set_rollback(True)
    return found


def test_pages_hang_on_nothing_that_nobody_may_know(settings: Any) -> None:
    """Who of a team gave which answer makes no difference anywhere. What everybody answers makes
    none to a manager but in what is worth talking about, and risk and turns of other teams none.
    """
    settings.DISCLOSURE_K = 5
    plain, swapped, other = map(world_with, Secret)
    assert any(text.startswith("200") for text in plain.figures[-1].values())
    assert figures_changed(plain, swapped) == []
    assert figures_changed(plain, other)
    assert changed(plain, swapped) == []
    assert all(url.endswith("/gespreksgids/") for url in changed(plain, other))


def figures_changed(plain: Campaign, other: Campaign) -> list[str]:
    """The pages and files with figures that are not the same, at any time."""
    pairs = zip(plain.figures, other.figures, strict=True)
    return [url for mine, theirs in pairs for url in differences(mine, theirs)]


def changed(plain: Campaign, other: Campaign) -> list[str]:
    """The pages at which the leader of the largest team sees a difference; but for the file of
    what is known of the leader, which has numbers of rows.
    """
    mine, theirs = (one.managers[3].answers[-1] for one in (plain, other))
    return [url for url in differences(mine, theirs) if url != OWN_FILE]
