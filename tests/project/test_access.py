"""Every URL, as every role: the table at the door holds, and the docs tell it as it is."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from leer.access import TABLE
from leer.accounts.api import Role, User
from leer.accounts.management.commands.access_table import document
from leer.accounts.urlmap import Place, places
from tests.support import council, learning
from tests.support import factories_content as make

ARGUMENTS: dict[str, list[Any]] = {
    "xapi": ["about"],
    "delivery:module": ["herken"],
    "delivery:begin": ["herken"],
    "delivery:proof": ["herken"],
    "delivery:elsewhere": ["herken"],
    "delivery:part": ["herken", "herken-les"],
    "delivery:finish": ["herken", "herken-les"],
    "delivery:start": ["herken", "herken-les"],
    "delivery:answer": ["herken", "herken-les"],
    "delivery:choose": ["herken", "herken-les"],
    "delivery:again": ["herken", "herken-les"],
    "delivery:correct": [uuid4()],
    "delivery:case": ["de-pas"],
    "delivery:case_read": ["de-pas"],
    "delivery:case_talk": ["de-pas"],
    "delivery:info": ["privacy"],
    "delivery:theme": ["bvi"],
    "delivery:help_situation": ["iemand-wil-iets"],
    "delivery:policy": ["nee"],
    "delivery:policy_understood": ["nee"],
    "delivery:policy_version": ["nee", 1],
    "certificates:check": ["x" * 32],
    "certificates:choose": [uuid4()],
    **{f"certificates:{name}": [uuid4()] for name in ("one", "pdf", "open", "close", "withdraw")},
    "monitoring:team": [uuid4()],
    "monitoring:team_csv": [uuid4()],
    "monitoring:below": [uuid4()],
    "monitoring:nudge": [uuid4()],
    "monitoring:guide": [uuid4()],
    "monitoring:deputies": [uuid4()],
    "monitoring:team_trend": [uuid4()],
    "monitoring:team_trend_csv": [uuid4()],
    "monitoring:end_deputy": [uuid4(), 1],
    "monitoring:programme": [uuid4()],
    "monitoring:programme_rows": [uuid4()],
    "monitoring:programme_csv": [uuid4()],
    "monitoring:programme_planning": [uuid4()],
    "monitoring:story": ["een-oude-bekende", "nl"],
    "monitoring:story_version": ["een-oude-bekende", "nl", 1],
    "monitoring:story_csv": ["een-oude-bekende", "nl", 1],
    "monitoring:question": ["herken-een"],
    "organisation:import": [uuid4()],
    "privacy:confirm": [uuid4()],
    "privacy:end": [uuid4()],
    "risk:team": [uuid4()],
    "risk:propose": [uuid4()],
    "risk:version": [uuid4(), 1],
    "risk:together": [uuid4()],
    **{
        f"rollout:{name}": [uuid4()]
        for name in ("facts", "audience", "exemptions", "seats", "blockers", "plans", "rehearsal")
    },
    "rollout:equivalence": [uuid4()],
    "rollout:equivalence_proof": [uuid4()],
    "rollout:withdrawal": [uuid4()],
    "rollout:correction": [uuid4()],
    "rollout:plan": [uuid4(), 1],
    "rollout:calculation": [uuid4(), uuid4()],
    "renewals:declare": ["herken"],
    "renewals:renewal": [uuid4()],
    "media": ["x.png"],
    "wagtaildocs_serve": [1, "x.pdf"],
    "wagtaildocs_authenticate_with_password": [1],
}
WAGTAILS_OWN_ERROR_PAGES = {"cms/failwhale/", "cms/test404/"}
OWN = [place for place in places() if not place.route.startswith("cms/")]
CMS = [place for place in places() if place.route.startswith("cms/")]


@pytest.fixture
def people(db: None) -> dict[Role, User]:
    make.module(parts=False)
    council.decide_everything()
    return {role: make.user_with(role, name=role.value) for role in Role}


def url_of(place: Place) -> str:
    return reverse(place.view_name, args=ARGUMENTS.get(place.view_name, []))


def resolves(prefix: str) -> bool:
    return prefix.startswith("/") and resolve(prefix) is not None


def asks_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and "/inloggen/?next=" in answer.url


@pytest.mark.parametrize("place", OWN, ids=lambda place: place.route)
def test_our_own_urls_as_everybody(place: Place, people: dict[Role, User]) -> None:
    url, rule = url_of(place), place.rule
    for method in ("get", "post"):
        anonymous = getattr(Client(), method)(url)
        if rule is None:
            assert anonymous.status_code == 404
            continue
        assert asks_to_sign_in(anonymous) is not rule.anyone
        for role, user in people.items():
            answer = getattr(learning.signed_in(user), method)(url)
            refused = answer.status_code == 403
            assert refused is not rule.lets_in(user), f"{method} {url} as {role}"
            assert answer.status_code < 500 or place.view_name == "healthz"


@pytest.mark.parametrize("role", list(Role))
def test_every_url_of_the_cms_without_arguments(role: Role, people: dict[Role, User]) -> None:
    client = learning.signed_in(people[role])
    tried = 0
    for place in CMS:
        if place.route in WAGTAILS_OWN_ERROR_PAGES:
            continue
        try:
            url = reverse(place.view_name)
        except NoReverseMatch:
            continue
        answer = client.get(url)
        assert answer.status_code < 500, url
        may = place.rule is not None and place.rule.lets_in(people[role])
        assert may or answer.status_code == 403, f"{url} as {role}: {answer.status_code}"
        tried += 1
    assert tried > 50


def test_the_cms_asks_strangers_to_sign_in(people: dict[Role, User]) -> None:
    assert asks_to_sign_in(Client().get(reverse("wagtailadmin_home")))


def test_an_editor_may_come_in_and_somebody_without_a_role_may_not(
    people: dict[Role, User],
) -> None:
    nobody = make.user_with(name="niemand")
    home = reverse("wagtailadmin_home")
    assert learning.signed_in(people[Role.EDITOR]).get(home).status_code == 200
    assert learning.signed_in(nobody).get(home).status_code == 403
    assert learning.signed_in(nobody).get(reverse("delivery:my_learning")).status_code == 403


def test_the_first_account_of_an_installation_is_an_administrator(db: None) -> None:
    first = User.objects.create_superuser("eerste", password="x")
    assert first.has_role(Role.ADMINISTRATOR)


def test_every_rule_is_about_a_url_that_exists() -> None:
    names = {place.view_name for place in places()}
    spaces = {f"{name.rpartition(':')[0]}:*" for name in names}
    for rule in TABLE:
        assert rule in names | spaces or resolves(rule), rule


def test_the_docs_hold_the_table_as_it_is() -> None:
    page = Path(settings.BASE_DIR) / "docs" / "developers" / "urls.md"
    assert page.read_text(encoding="utf-8") == document()
