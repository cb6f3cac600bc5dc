"""Somebody who learns, and what there is to learn."""

import pytest

from cursussen import api as content
from leer.accounts.api import Role, User
from tests.support import factories_content as make
from tests.support import learning


@pytest.fixture
def noor() -> User:
    return make.user_with(Role.EMPLOYEE, name="noor")


@pytest.fixture
def module() -> content.Module:
    return learning.whole_module()
