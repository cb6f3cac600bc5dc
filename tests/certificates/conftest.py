"""Somebody who did a module, with a ledger that knows it."""

import pytest

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.certificates import issuing
from leer.certificates.models import Certificate
from leer.progress.models import ModuleProgress
from tests.support import factories_content as make
from tests.support import learning


@pytest.fixture
def noor(db: None) -> User:
    user = make.user_with(Role.EMPLOYEE, name="noor")
    user.first_name, user.last_name = "Noor", "van der Kade"
    user.save()
    return user


@pytest.fixture
def module() -> content.Module:
    return learning.whole_module()


@pytest.fixture
def done(noor: User, module: content.Module) -> ModuleProgress:
    learning.do_whole_module(noor, module)
    return ModuleProgress.objects.get(user=noor)


@pytest.fixture
def certificate(noor: User, done: ModuleProgress) -> Certificate:
    return issuing.issue(noor, done.registration, language="nl")
