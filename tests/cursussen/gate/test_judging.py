"""A case in which somebody can be recognised does not go online, whoever wants it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import PageLogEntry, Revision

from cursussen.gate import judging
from cursussen.models import AcceptedFinding, CasePage
from leer.accounts.api import Role, User
from leer.deidentification.api import Kind
from tests.support import factories_content as make
from tests.support.factories_organisation import JobFunctionFactory, MembershipFactory, TeamFactory

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
NAME, PLATE = "Yasmina Bouzidi", "XJ-123-B"
INVENTED = "Dit is verzonnen."


@pytest.fixture
def author() -> User:
    return make.user_with(Role.EDITOR, name="schrijver")


@pytest.fixture
def chief() -> User:
    return make.user_with(Role.CHIEF_EDITOR, name="beoordelaar")


def telling(text: str) -> dict[str, Any]:
    return {"sections": make.parts_of_a_case(text)}


def draft(page: CasePage) -> CasePage:
    found: CasePage = CasePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def opened(page: CasePage) -> set[str]:
    return {found.finding.text for found in judging.judge(draft(page)).texts if found.is_open}


def accept_all(page: CasePage, by: User) -> None:
    for found in judging.judge(draft(page)).open:
        judging.accept(draft(page), found.digest, reason=INVENTED, by=by)


# What is found ------------------------------------------------------------------------------------
def test_a_case_that_names_nobody_passes() -> None:
    assert judging.judge(draft(make.draft_case())).lets_pass


def test_a_name_and_a_plate_are_found_where_they_stand() -> None:
    page = make.draft_case(**telling(f"<p>Toen kwam {NAME} aan in de {PLATE}.</p>"))
    assert opened(page) == {NAME, PLATE}


def test_one_person_has_one_other_name_in_the_whole_case() -> None:
    page = make.draft_case(title=f"{NAME} zegt nee", **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    found = [one for one in judging.judge(draft(page)).texts if one.finding.text == NAME]
    assert len({one.passage.where for one in found}) == 2
    assert len({one.finding.suggestion for one in found}) == 1


@pytest.mark.parametrize(
    "values",
    [
        {"title": f"Hoe {NAME} nee zei"},
        {"picture_alt": f"{NAME} bij het hek"},
        {"source": f"Verteld door {NAME}."},
        telling(f'<p>Lees <a href="https://voorbeeld.nl/?naam=x">dit</a> van {NAME}.</p>'),
        telling("<p>Toen kwam Yasmina&nbsp;Bouzidi aan.</p>"),  # as a word processor pastes it
        telling("<p>Toen kwam Yas\u00admina Bou\u00adzidi aan.</p>"),
        telling("<p>Toen kwam <b>Yasmina</b> <i>Bouzidi</i> aan.</p>"),
    ],
    ids=["title", "alt text", "source", "beside a link", "hard space", "soft hyphens", "tags"],
)
def test_a_name_is_found_wherever_it_hides(values: dict[str, Any]) -> None:
    page = make.draft_case(**values)
    assert not judging.judge(draft(page)).lets_pass


def test_a_name_is_found_in_the_name_of_a_file() -> None:
    picture = make.picture("foto_Yasmina_Bouzidi_kade.jpg")
    page = make.draft_case(picture=picture, picture_alt="Een hek")
    kinds = {found.finding.kind for found in judging.judge(draft(page)).texts}
    assert Kind.PERSON in kinds


def placed(function: str, region: str, *days: date) -> None:
    """One person for each day, from then on."""
    values = {"job_function": JobFunctionFactory(name=function), "team": TeamFactory(region=region)}
    for day in days:
        MembershipFactory(valid_from=day, **values)


def test_a_function_that_few_people_have_in_a_region_points_at_them(settings: Any) -> None:
    placed("Visiteur", "Limburg", *[LONG_AGO] * (settings.DISCLOSURE_K - 1))
    placed("Visiteur", "Utrecht", *[LONG_AGO] * settings.DISCLOSURE_K)
    few = make.draft_case(**telling("<p>Een visiteur in Limburg stond aan de band.</p>"))
    many = make.draft_case(**telling("<p>Een visiteur in Utrecht stond aan de band.</p>"))
    (group,) = judging.judge(draft(few)).groups
    assert (group.function, group.region) == ("Visiteur", "Limburg")
    assert not judging.judge(draft(many)).groups


def test_a_group_that_was_small_in_the_year_of_the_story_is_found(settings: Any) -> None:
    then, since = [date(2024, 1, 1)] * 3, [date(2026, 1, 1)] * settings.DISCLOSURE_K
    placed("Visiteur", "Limburg", *then, *since)
    told = make.draft_case(**telling("<p>In 2024 stond een visiteur in Limburg daar.</p>"))
    untold = make.draft_case(**telling("<p>Er stond een visiteur in Limburg daar.</p>"))
    assert len(judging.judge(draft(told)).groups) == 1
    assert not judging.judge(draft(untold)).groups


# The rule -----------------------------------------------------------------------------------------
def test_it_does_not_go_online_while_something_is_open(author: User, chief: User) -> None:
    page = make.submitted_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    state = page.current_workflow_task_state
    assert "approve" not in [name for name, *_ in state.task.specific.get_actions(page, chief)]
    with pytest.raises(PermissionDenied):
        make.approve(page, chief)
    assert not CasePage.objects.get(pk=page.pk).live


def test_it_goes_online_once_a_second_person_let_it_pass(author: User, chief: User) -> None:
    page = make.submitted_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    accept_all(page, chief)
    assert make.approve(page, chief).live


def test_who_wrote_it_lets_nothing_pass(author: User) -> None:
    page = make.submitted_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    with pytest.raises(PermissionDenied):
        accept_all(page, author)
    assert not AcceptedFinding.objects.exists()


def test_nobody_writes_down_what_was_found(author: User, chief: User) -> None:
    page = make.submitted_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    accept_all(page, chief)
    row = AcceptedFinding.objects.get()
    assert (row.reason, row.accepted_by, row.kind) == (INVENTED, chief, Kind.PERSON)
    assert "yasmina" not in str(vars(row)).casefold()


def test_another_name_later_is_open_again(author: User, chief: User) -> None:
    page = make.submitted_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    accept_all(page, chief)
    page = draft(page)
    page.summary = "Hoe Piotr Kowalski hielp."
    page.save_revision(user=author)
    assert opened(page) == {"Piotr Kowalski"}


def test_a_page_that_code_puts_online_is_held_too(author: User) -> None:
    page = make.submitted_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    page = draft(page)
    page.live = True
    with pytest.raises(ValidationError):
        page.save()


# Older versions -----------------------------------------------------------------------------------
def rewritten(author: User) -> CasePage:
    """The name was in it, and is not any more."""
    page = make.draft_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    page.sections = make.draft_case().sections
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page


def test_what_is_still_in_an_older_version_is_found(author: User) -> None:
    judgement = judging.judge(draft(rewritten(author)))
    assert not judgement.open
    assert len(judgement.older) == 1
    assert not judgement.lets_pass


def test_older_versions_are_thrown_away_and_the_history_tells_so(author: User) -> None:
    page = rewritten(author)
    assert judging.throw_away_older(draft(page), by=author) == 1
    assert judging.judge(draft(page)).lets_pass
    assert not any(NAME in str(kept.content) for kept in Revision.objects.for_instance(page))
    assert PageLogEntry.objects.filter(page=page.pk, action="cursussen.throw_away").count() == 1


def test_a_case_of_which_changes_were_asked_can_be_handed_in_again(
    author: User, chief: User
) -> None:
    """What was asked hangs on the version that is thrown away."""
    page = make.submitted_case(author, **telling(f"<p>Toen kwam {NAME} aan.</p>"))
    page.current_workflow_task_state.reject(user=chief)
    page = draft(page)
    page.sections = make.draft_case().sections
    page.save_revision(user=author)
    assert judging.throw_away_older(draft(page), by=author) == 1
    draft(page).current_workflow_state.resume(user=author)
    assert make.approve(draft(page), chief).live
