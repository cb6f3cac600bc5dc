"""In these tests everything is on, unless they say otherwise (``undecided``)."""

import pytest

from tests.support import council


@pytest.fixture(autouse=True)
def decided(request: pytest.FixtureRequest) -> None:
    """The works council decided that all of it is on."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        council.decide_everything()


@pytest.fixture
def undecided(decided: None) -> None:
    """The works council decided nothing yet."""
    council.forget_everything()
