"""The programme proposes, decides, looks back and starts in bulk; others are not let in."""

import logging
import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.organisation.models import Team
from leer.risk.judging import Judgement
from leer.risk.models import RiskProfile, State
from leer.risk.scoring import window
from leer.risk.scoring.algorithm import CHOSEN, Factor
from tests.support import council, factories_content, learning
from tests.support import factories_risk as make
from tests.support.factories_organisation import LeadershipFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def typed(judgements: dict[Factor, Judgement], **extra: str) -> dict[str, str]:
    """What the browser sends of the form."""
    sent = {}
    for factor, said in judgements.items():
        for name in ("level", "reason", "source_kind", "source", "source_date", "uncertainty"):
            value = getattr(said, name)
            sent[f"{factor}-{name}"] = "" if value is None else str(value)
    return sent | extra


def url(name: str, team: Team | None = None, *args: object) -> str:
    return reverse(f"risk:{name}", args=[team.public_id, *args] if team else args)


def test_a_profile_goes_from_proposal_to_score(as_hanna: Client, as_olaf: Client) -> None:
    team = TeamFactory(name="Kade Noord")
    sent = typed(make.judgements(3), action="submit")
    answer = as_hanna.post(url("propose", team), sent)
    assert answer.url == url("version", team, 1)
    own = as_hanna.get(answer.url).content.decode()
    assert "Iemand anders" in own
    assert "Keur goed" not in own
    as_olaf.post(answer.url, {"action": "approve", "reason": "Klopt."})
    page = as_hanna.get(url("team", team))
    assert page.context["risk"].score == 48.75
    assert page.context["profile"].decision_reason == "Klopt."
    assert [line.adds for line in page.context["factors"]] == [0, 15, 15, 11.25, 7.5, 0]


def test_what_was_typed_is_kept_when_something_is_missing(as_hanna: Client) -> None:
    team = TeamFactory()
    sent = typed(make.judgements(3), action="submit") | {
        "power-level": "",
        "power-reason": "Alleen dit is al gezegd.",
        "access-source_date": "31 februari",
    }
    answer = as_hanna.post(url("propose", team), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Alleen dit is al gezegd." in shown
    assert 'value="31 februari"' in shown
    assert "Kies wat het best past." in shown
    assert 'href="#power"' in shown
    assert 'href="#information"' not in shown
    assert not RiskProfile.objects.exists()


def test_a_draft_waits_for_whoever_goes_on(as_hanna: Client, as_olaf: Client, olaf: User) -> None:
    team = TeamFactory()
    sent = {"power-level": "3", "power-reason": "Begonnen.", "action": "draft"}
    as_hanna.post(url("propose", team), sent)
    assert "Begonnen." in as_olaf.get(url("propose", team)).content.decode()
    as_olaf.post(url("propose", team), typed(make.judgements(2), action="submit"))
    profile = RiskProfile.objects.get(team=team)
    assert (profile.state, profile.proposed_by, profile.number) == (State.SUBMITTED, olaf, 1)


def test_a_report_is_refused_with_the_reason_why(as_hanna: Client) -> None:
    sent = typed(make.judgements(), action="submit") | {"signals-reason": "Na een melding."}
    answer = as_hanna.post(url("propose", TeamFactory()), sent)
    assert answer.status_code == 422
    assert "Meldingen van benadering horen niet in Leer" in answer.content.decode()


def test_nobody_approves_the_own_proposal_by_hand(as_hanna: Client) -> None:
    profile = make.submitted(TeamFactory())
    answer = as_hanna.post(url("version", profile.team, 1), {"action": "approve"})
    assert answer.status_code == 422
    assert RiskProfile.objects.get().state == State.SUBMITTED


def test_refusing_asks_for_a_reason_and_tells_it(as_olaf: Client) -> None:
    profile = make.submitted(TeamFactory())
    where = url("version", profile.team, 1)
    assert as_olaf.post(where, {"action": "refuse", "reason": ""}).status_code == 422
    as_olaf.post(where, {"action": "refuse", "reason": "De bron is te oud."})
    assert "De bron is te oud." in as_olaf.get(where).content.decode()


def test_who_proposed_takes_it_back(as_hanna: Client) -> None:
    profile = make.submitted(TeamFactory())
    as_hanna.post(url("version", profile.team, 1), {"action": "withdraw"})
    assert RiskProfile.objects.get().state == State.WITHDRAWN


def test_a_team_is_shown_as_it_was(as_hanna: Client) -> None:
    team, june = TeamFactory(), date(TODAY.year - 1, 6, 1)
    make.approved(team, 1, on=june)
    make.approved(team, 4)
    context = as_hanna.get(url("team", team), {"op": "2" * 9}).context
    assert context["risk"].levels[Factor.POWER] == 4
    context = as_hanna.get(url("team", team), {"op": june.isoformat()}).context
    assert context["risk"].levels[Factor.POWER] == 1
    before = as_hanna.get(url("team", team), {"op": (june - timedelta(days=1)).isoformat()})
    assert "Zonder profiel is er geen score" in before.content.decode()


def test_teams_stand_by_name_unless_asked_otherwise(as_hanna: Client) -> None:
    for name, level in (("Bb", 4), ("Aa", 1), ("Cc", 3)):
        make.approved(TeamFactory(name=name), level)
    TeamFactory(name="Dd")

    def names(**asked: str) -> list[str]:
        page = as_hanna.get(url("overview"), asked).context["page"]
        return [line.team.name for line in page]

    assert names() == ["Aa", "Bb", "Cc", "Dd"]
    assert names(volgorde="score") == ["Bb", "Cc", "Aa", "Dd"]
    assert names(band="geen") == ["Dd"]
    assert names(zoek="a") == ["Aa"]


def test_a_bulk_start_is_previewed_proposed_and_approved_in_one_go(
    as_hanna: Client, as_olaf: Client
) -> None:
    first, second = TeamFactory.create_batch(2)
    assert len(as_hanna.get(url("start")).context["rows"]) == 2
    assert not RiskProfile.objects.exists()
    where = as_hanna.post(url("start")).url
    assert as_hanna.post(where, {"action": "approve"}).status_code == 422
    as_olaf.post(where, {"action": "approve", "reason": "Als begin."})
    rows = RiskProfile.objects.values_list("team", "state", "provisional")
    assert set(rows) == {(first.pk, "approved", True), (second.pk, "approved", True)}
    assert "Hier is niets te doen" in as_hanna.get(url("start")).content.decode()


def test_what_is_overdue_and_what_waits_is_listed(as_hanna: Client) -> None:
    late = TeamFactory(name="Te laat team")
    make.approved(late, on=window.months_later(TODAY, -13))
    make.submitted(TeamFactory(name="Wachtend team"))
    shown = as_hanna.get(url("review")).content.decode()
    assert "Te laat team" in shown
    assert "Wachtend team" in shown
    assert "door jou voorgesteld" in shown


@pytest.mark.parametrize("teams", [3, 30])
def test_pages_cost_the_same_with_few_and_many(
    teams: int, as_hanna: Client, django_assert_num_queries: Any
) -> None:
    for number in range(teams):
        make.approved(TeamFactory(), number % 5)
    one = Team.objects.order_by("pk")[0]
    # 1 session, person and roles, 2 marks, 3 people per team, 4 profiles, 5 what waits, 6 teams
    with django_assert_num_queries(6):
        as_hanna.get(url("overview"))
    # 2 team, 3 marks, 4 people, 5 profiles, 6 this profile, 7 its grounds, 8 what is open,
    # 9 versions, 10 the plans that hold and their waves
    with django_assert_num_queries(10):
        as_hanna.get(url("team", one))


# Nobody else --------------------------------------------------------------------------------------

OTHERS = [role for role in Role if role is not Role.PROGRAMME]


@pytest.mark.parametrize("role", OTHERS)
def test_others_are_refused_everywhere_alike(role: Role) -> None:
    profile = make.approved(TeamFactory())
    user = factories_content.user_with(role, name="ander")
    LeadershipFactory(user=user, team=profile.team)
    client = learning.signed_in(user)
    pages = [
        *(url(name) for name in ("overview", "review", "start", "imports", "export")),
        *(url(name, profile.team) for name in ("team", "propose")),
        url("version", profile.team, 1),
        reverse("risk:together", args=[uuid4()]),
    ]
    for page in pages:
        assert client.get(page).status_code == 403, page
        assert client.post(page).status_code == 403, page


SEEN_BY_OTHERS = {
    Role.EMPLOYEE: ["delivery:my_learning", "delivery:cases"],
    Role.MANAGER: ["monitoring:teams"],
    Role.EDITOR: ["monitoring:stories", "wagtailadmin_home"],
    Role.CHIEF_EDITOR: ["monitoring:stories", "wagtailadmin_home"],
    Role.ADMINISTRATOR: ["organisation:imports", "ledger:facts", "wagtailadmin_home"],
}
TAGS = re.compile(r"<(script|style|template)\b.*?</\1>|<[^>]*>", re.DOTALL)


def look(client: Client, role: Role) -> dict[str, tuple[str, list[str]]]:
    """What is said on the pages of this role, and where their links go, in order."""
    shown = {}
    for name in SEEN_BY_OTHERS[role]:
        answer = client.get(reverse(name), follow=True)
        assert answer.status_code == 200, name
        html = answer.content.decode()
        shown[name] = (TAGS.sub("", html), re.findall(r'href="([^"]*)"', html))
    return shown


@pytest.mark.parametrize("role", OTHERS)
def test_nothing_that_others_see_depends_on_scores_or_their_order(role: Role) -> None:
    teams = TeamFactory.create_batch(3)
    user = factories_content.user_with(role, name="ander")
    for team in teams:
        LeadershipFactory(user=user, team=team)
    council.decide_everything()
    client = learning.signed_in(user)
    before = look(client, role)
    for team, level in zip(teams[::-1], (4, 0, 2), strict=True):
        make.approved(team, level)
    assert look(client, role) == before


def test_no_score_level_or_reason_is_logged(
    as_hanna: Client, as_olaf: Client, caplog: pytest.LogCaptureFixture
) -> None:
    team = TeamFactory(name="Team van het logboek")
    with caplog.at_level(logging.DEBUG):
        as_hanna.post(url("propose", team), typed(make.judgements(3), action="submit"))
        as_olaf.post(url("version", team, 1), {"action": "approve", "reason": "Klopt wel."})
        as_hanna.get(url("team", team))
        as_hanna.get(url("export"))
    ours = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("leer"))
    assert "were exported by account" in ours
    for secret in (
        "48.75",
        "48,75",
        team.name,
        "Klopt wel.",
        "Werkinstructie",
        str(team.public_id),
    ):
        assert secret not in ours


def test_keys_of_profiles_tell_no_order() -> None:
    made = [make.approved(team).pk for team in TeamFactory.create_batch(8)]
    assert all(key.version == 4 for key in made)


def test_no_title_or_message_holds_a_score(as_hanna: Client) -> None:
    team = TeamFactory()
    make.approved(team, 3)
    for page in (url("overview"), url("team", team), url("version", team, 1)):
        title = re.search("<title>(.*?)</title>", as_hanna.get(page).content.decode(), re.DOTALL)
        assert title
        assert "48" not in title[1]


def test_nothing_in_the_model_is_about_a_person() -> None:
    to_people = {
        field.name for field in RiskProfile._meta.get_fields() if field.related_model is User
    }
    assert to_people == {"proposed_by", "decided_by"}
    assert len(CHOSEN) == 5
