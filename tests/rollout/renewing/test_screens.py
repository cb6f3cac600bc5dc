"""The screens in the CMS: one asks, another approves, and a colleague reads what is new."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cursussen.models import ModulePage
from leer.accounts.api import Role, User
from leer.rollout.models import Renewal
from leer.rollout.renewing.carrying_out import carry_out
from tests.support import factories_content as content
from tests.support import factories_running as make
from tests.support.factories_organisation import JobFunctionFactory, MembershipFactory, TeamFactory
from tests.support.learning import signed_in

pytestmark = pytest.mark.django_db
NEWS = "Sinds 1 november meld je ook een verloren pas."
ASKED = {"news": NEWS, "days": "14"}


@pytest.fixture
def module() -> ModulePage:
    return content.module("a", parts=False)


@pytest.fixture
def editor() -> Any:
    return signed_in(content.user_with(Role.EMPLOYEE, Role.EDITOR, name="redacteur"))


@pytest.fixture
def chief() -> Any:
    return signed_in(content.user_with(Role.EMPLOYEE, Role.CHIEF_EDITOR, name="eindredacteur"))


def colleagues(count: int) -> list[User]:
    team, desk = TeamFactory(), JobFunctionFactory()
    users = [MembershipFactory(team=team, job_function=desk).user for _ in range(count)]
    for user in users:
        make.progress_of(user, "a", done=True)
    return users


def declare(browser: Any, **said: str) -> Any:
    return browser.post(reverse("renewals:declare", args=["a"]), ASKED | said)


def page(browser: Any, renewal: Renewal) -> Any:
    return browser.get(reverse("renewals:renewal", args=[renewal.public_id]))


def test_from_asking_to_the_page_of_the_colleague(
    module: ModulePage, editor: Any, chief: Any
) -> None:
    [user, *_] = colleagues(12)
    looked = declare(editor, action="look")
    assert "Ten minste 10 collega’s" in looked.content.decode()
    assert not Renewal.objects.exists()
    declare(editor, action="propose")
    renewal = Renewal.objects.get()
    assert "approve" not in page(editor, renewal).content.decode()
    shown = page(chief, renewal).content.decode()
    assert NEWS in shown
    assert 'value="approve"' in shown
    chief.post(reverse("renewals:renewal", args=[renewal.public_id]), {"action": "approve"})
    carry_out(renewal)
    for url in (reverse("delivery:my_learning"), reverse("delivery:module", args=["a"])):
        text = signed_in(user).get(url).content.decode()
        assert "Er is iets nieuws:" in text
        assert NEWS in text
        assert "Bewijs van toen" in text


def test_few_people_are_not_counted(module: ModulePage, editor: Any) -> None:
    colleagues(9)
    text = declare(editor, action="look").content.decode()
    assert "Te weinig collega’s om te tellen, of niemand." in text
    assert "9 collega" not in text


def test_what_is_refused_says_why(module: ModulePage, editor: Any, chief: Any) -> None:
    declare(editor, action="propose")
    renewal = Renewal.objects.get()
    url = reverse("renewals:renewal", args=[renewal.public_id])
    assert chief.post(url, {"action": "refuse", "refusal": ""}).status_code == 422
    chief.post(url, {"action": "refuse", "refusal": "Alleen een komma."})
    assert "Alleen een komma." in page(editor, renewal).content.decode()
    again = chief.post(url, {"action": "approve"}, follow=True)
    assert "Iemand anders heeft dit al beoordeeld." in again.content.decode()


def test_an_editor_who_approves_by_hand_is_refused(module: ModulePage, editor: Any) -> None:
    declare(editor, action="propose")
    url = reverse("renewals:renewal", args=[Renewal.objects.get().public_id])
    assert editor.post(url, {"action": "approve"}).status_code in {302, 403}
    assert Renewal.objects.get().state == "proposed"


def test_nothing_new_is_nothing_to_ask_for(module: ModulePage, editor: Any) -> None:
    assert declare(editor, action="propose", news="").status_code == 422
    assert declare(editor, action="propose", days="0").status_code == 422
    assert not Renewal.objects.exists()


def test_a_second_question_about_the_same_module_shows_the_first(
    module: ModulePage, editor: Any
) -> None:
    declare(editor, action="propose")
    again = declare(editor, action="propose", follow="1")
    assert again.status_code == 302
    assert Renewal.objects.count() == 1
    text = editor.get(again.url).content.decode()
    assert "wacht op een tweede persoon" in text


def test_only_who_did_it_before_a_day(module: ModulePage, editor: Any) -> None:
    colleagues(12)
    day = make.MONDAY.isoformat()
    assert "Te weinig" in declare(editor, action="look", done_before=day).content.decode()
    declare(editor, action="propose", done_before="2030-01-01")
    assert Renewal.objects.get().done_before < timezone.now()


def test_the_list_and_an_unknown_module(module: ModulePage, editor: Any) -> None:
    text = editor.get(reverse("renewals:list")).content.decode()
    assert reverse("renewals:declare", args=["a"]) in text
    assert editor.get(reverse("renewals:declare", args=["weg"])).status_code == 404


def test_the_module_and_its_publication_lead_to_the_question(
    module: ModulePage, chief: Any
) -> None:
    url = reverse("renewals:declare", args=["a"])
    edit = reverse("wagtailadmin_pages:edit", args=[module.pk])
    assert url in chief.get(edit).content.decode()
    form = chief.get(edit).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "goals"}
    data |= {"goals-count": "0", "summary": "Iets anders.", "action-publish": "1"}
    data |= {"intro": "null", "for_everyone": "", "themes": [], "outcomes": []}
    answer = chief.post(edit, {key: value for key, value in data.items() if value is not None})
    assert answer.status_code == 302, answer.context["form"].errors
    shown = chief.get(answer.url).content.decode()
    assert "Moeten collega’s die deze module al deden" in shown
