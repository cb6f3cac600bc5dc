"""A manager asks a colleague to stand in: who sees Mijn team, when, and who can see that."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.monitoring.models import Nudge
from leer.organisation.models import Deputyship, Team
from leer.privacy import api as privacy
from tests.support import factories_content as make
from tests.support import learning
from tests.support.factories_organisation import LeadershipFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruud() -> User:
    return make.user_with(Role.EMPLOYEE, Role.MANAGER, name="ruud")


@pytest.fixture
def team(ruud: User) -> Team:
    found: Team = LeadershipFactory(user=ruud).team
    return found


@pytest.fixture
def anna(team: Team) -> User:
    found: User = MembershipFactory(team=team).user
    return found


def pages_of(team: Team) -> dict[str, str]:
    names = ("team", "team_csv", "guide", "deputies")
    return {name: reverse(f"monitoring:{name}", args=[team.public_id]) for name in names}


def ask(ruud: User, team: Team, **filled: Any) -> Any:
    """Fill in the form: today and a week from now unless told otherwise."""
    today = timezone.localdate()
    days = {"first_day": today, "last_day": today + timedelta(days=7)}
    return learning.signed_in(ruud).post(pages_of(team)["deputies"], days | filled)


def statuses(client: Client, team: Team) -> dict[str, int]:
    return {name: client.get(url).status_code for name, url in pages_of(team).items()}


def test_somebody_of_the_team_stands_in_and_all_can_see_it(
    ruud: User, team: Team, anna: User
) -> None:
    bram = MembershipFactory(team=team).user
    assert statuses(learning.signed_in(anna), team)["team"] == 403
    assert ask(ruud, team, member=anna.pk).status_code == 302
    client = learning.signed_in(anna)
    assert statuses(client, team) == {"team": 200, "team_csv": 200, "guide": 200, "deputies": 404}
    source = client.get(pages_of(team)["team"]).content.decode()
    assert "Je vervangt de leidinggevende van dit team tot en met" in source
    assert (
        reverse("monitoring:teams") in client.get(reverse("delivery:my_learning")).content.decode()
    )
    words = [str(seen.words) for seen in privacy.looks_at(bram)]
    assert len(words) == 3
    assert all("als vervanger van je leidinggevende" in one for one in words)
    assert list(privacy.looks_at(anna)) == []


def test_a_deputy_may_nudge(ruud: User, team: Team, anna: User) -> None:
    ask(ruud, team, member=anna.pk)
    learning.signed_in(anna).post(reverse("monitoring:nudge", args=[team.public_id]))
    assert Nudge.objects.get().asked_by == anna


def test_a_colleague_is_found_by_the_whole_address_only(ruud: User, team: Team) -> None:
    noor = UserFactory()
    gone = UserFactory(gone=True)
    for address in (noor.email[1:], gone.email, "niemand@voorbeelddouane.example"):
        answer = ask(ruud, team, email=address)
        assert answer.status_code == 422
        assert "Er is geen collega met dit e-mailadres" in answer.content.decode()
    assert ask(ruud, team, email=noor.email.upper()).status_code == 302
    assert Deputyship.objects.get().user == noor


def test_the_form_offers_nobody_but_the_own_team(ruud: User, team: Team, anna: User) -> None:
    stranger = UserFactory()
    source = learning.signed_in(ruud).get(pages_of(team)["deputies"]).content.decode()
    assert str(anna) in source
    assert str(stranger) not in source
    assert ask(ruud, team, member=stranger.pk).status_code == 422
    assert not Deputyship.objects.exists()


@pytest.mark.parametrize("filled", [{}, {"both": True}])
def test_one_way_to_name_somebody(
    ruud: User, team: Team, anna: User, filled: dict[str, Any]
) -> None:
    both = {"member": anna.pk, "email": anna.email} if filled else {}
    answer = ask(ruud, team, **both)
    assert answer.status_code == 422
    assert "Kies iemand uit je team, of vul een e-mailadres in." in answer.content.decode()


def test_what_cannot_be_is_told_at_the_field(ruud: User, team: Team, anna: User) -> None:
    answer = ask(ruud, team, member=anna.pk, last_day=timezone.localdate() + timedelta(days=400))
    assert answer.status_code == 422
    assert "Vervangen kan hooguit een half jaar achter elkaar." in answer.content.decode()
    assert ask(ruud, team, member=anna.pk, first_day=date(2020, 1, 1)).status_code == 422


def test_the_manager_ends_it(ruud: User, team: Team, anna: User) -> None:
    ask(ruud, team, member=anna.pk)
    number = Deputyship.objects.get().pk
    address = reverse("monitoring:end_deputy", args=[team.public_id, number])
    assert learning.signed_in(anna).post(address).status_code == 404
    learning.signed_in(ruud).post(address)
    assert statuses(learning.signed_in(anna), team)["team"] == 403
    assert Deputyship.objects.get().ended_by == ruud


def test_of_another_team_nothing_can_be_ended(ruud: User, team: Team, anna: User) -> None:
    ask(ruud, team, member=anna.pk)
    other = LeadershipFactory()
    address = reverse(
        "monitoring:end_deputy", args=[other.team.public_id, Deputyship.objects.get().pk]
    )
    assert learning.signed_in(other.user).post(address).status_code == 404
    assert Deputyship.objects.get().ended_at is None


def test_an_administrator_sees_and_ends_it(ruud: User, team: Team, anna: User) -> None:
    ask(ruud, team, member=anna.pk)
    wim = UserFactory(administrator=True)
    client, address = learning.signed_in(wim), reverse("organisation:deputies")
    assert str(anna) in client.get(address).content.decode()
    assert [seen.viewer for seen in privacy.looks_at(anna)] == [str(wim)]
    assert client.post(address, {"deputyship": "onzin"}).status_code == 404
    client.post(address, {"deputyship": Deputyship.objects.get().pk})
    assert Deputyship.objects.get().ended_by == wim
    assert str(anna) not in client.get(address).content.decode()
