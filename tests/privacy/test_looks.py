"""Every look at somebody else's data is kept, for whom it was about, and no longer than needed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.privacy import api as privacy
from leer.privacy import looks, tasks
from leer.privacy.facilities import Facility
from leer.privacy.models import Look
from tests.support import council, factories_running, learning
from tests.support import factories_content as make
from tests.support.factories_organisation import (
    LeadershipFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def decided(db: None) -> None:
    council.decide(Facility.FOLLOW)


@pytest.fixture
def ruud() -> User:
    return make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")


def whose(user: User) -> list[tuple[str, str]]:
    return [(seen.viewer, str(seen.words)) for seen in privacy.looks_at(user)]


def test_a_manager_who_opens_the_team_is_seen_by_who_is_in_it(ruud: User) -> None:
    team = LeadershipFactory(user=ruud).team
    anna, elsewhere = MembershipFactory(team=team).user, MembershipFactory().user
    learning.signed_in(ruud).get(reverse("monitoring:team", args=[team.public_id]))
    [(viewer, words)] = whose(anna)
    assert viewer == str(ruud)
    assert "Mijn team" in words
    assert whose(elsewhere) == whose(ruud) == []


def test_who_is_refused_saw_nothing(ruud: User) -> None:
    team = LeadershipFactory().team
    MembershipFactory(team=team)
    learning.signed_in(ruud).get(reverse("monitoring:team", args=[team.public_id]))
    assert not Look.objects.exists()


def test_an_administrator_who_looks_at_accounts_is_seen() -> None:
    wim, noor = UserFactory(administrator=True), UserFactory()
    browser = learning.signed_in(wim)
    browser.get(reverse("wagtailusers_users:edit", args=[noor.pk]))
    browser.get(reverse("wagtailusers_users:index"))
    [newest, first] = whose(noor)
    assert "lijst" in newest[1]
    assert "je account" in first[1]
    [alone] = whose(UserFactory())
    assert alone == newest


def test_the_programme_is_seen_by_who_is_exempt() -> None:
    hanna, noor, bram = make.user_with(Role.PROGRAMME, name="hanna"), UserFactory(), UserFactory()
    programme = factories_running.programme("m")
    programme.exemptions.create(user=noor, reason="met pensioen", given_by=hanna)
    learning.signed_in(hanna).get(reverse("rollout:exemptions", args=[programme.public_id]))
    [(viewer, words)] = whose(noor)
    assert viewer == str(hanna)
    assert "vrijstelling" in words
    assert whose(bram) == []


def test_ones_own_data_is_no_look() -> None:
    wim = UserFactory(administrator=True)
    privacy.looked(wim, "monitoring:team", [wim.pk])
    assert not Look.objects.exists()


def test_a_page_that_nobody_put_into_words_is_refused() -> None:
    with pytest.raises(KeyError):
        privacy.looked(UserFactory(), "monitoring:nergens", [1])


def test_looks_go_after_thirteen_months() -> None:
    wim, noor = UserFactory(administrator=True), UserFactory()
    privacy.looked(wim, "monitoring:team", [noor.pk])
    end = Look.objects.get().at + looks.KEEP
    assert looks.forget(now=end) == 0
    assert looks.forget(now=end + timedelta(minutes=1)) == 1
    assert whose(noor) == []


def test_the_nightly_task_removes_what_is_old_and_nothing_else() -> None:
    wim, noor = UserFactory(administrator=True), UserFactory()
    for days in (1, 500):
        privacy.looked(wim, "monitoring:team", [noor.pk])
        Look.objects.filter(pk=Look.objects.latest("pk").pk).update(
            at=timezone.now() - timedelta(days=days)
        )
    tasks.forget_old_looks()
    assert len(whose(noor)) == 1


PLACE = "00000000-0000-4000-8000-000000000000"
ARGUMENTS = {
    "certificates:check": ["x" * 32],
    "monitoring:team": [PLACE],
    "monitoring:team_csv": [PLACE],
    "organisation:import": [PLACE],
    "rollout:correction": [PLACE],
    "rollout:equivalence": [PLACE],
    "rollout:exemptions": [PLACE],
    "rollout:withdrawal": [PLACE],
    "wagtailusers_users:edit": ["1"],
}


@pytest.mark.parametrize("name", sorted(looks.PAGES))
def test_every_page_that_keeps_looks_is_a_page(name: str) -> None:
    page = name.removesuffix(looks.AS_DEPUTY)
    assert reverse(page, args=ARGUMENTS.get(page))
