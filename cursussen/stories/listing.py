"""Every scenario there is, from files and from the editors, with how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from cursussen.models import BasePage, ScenarioPage, StoryPage
from leer.scenarios import api as scenarios


@dataclass(frozen=True)
class Row:
    """One scenario in one language."""

    title: str
    key: str
    language: str
    origin: str
    state: str
    url: str
    version: int | None = None
    errors: int = 0
    warnings: int = 0
    used: list[ScenarioPage] = field(default_factory=list)
    page_id: int | None = None
    untold: list[tuple[str, str]] = field(default_factory=list)
    """Languages, with their names, in which the editors could tell this story too."""


def rows() -> list[Row]:
    """All of them, by title. A fixed number of queries."""
    known = {scenario.ifid: scenario for scenario in _scenarios()}
    used: dict[str, list[ScenarioPage]] = {}
    for part in ScenarioPage.objects.live():
        used.setdefault(part.scenario_key, []).append(part)
    judged = _judged()
    found = [
        _of_page(page, known.pop(page.ifid, None), used, is_judged=page.pk in judged)
        for page in StoryPage.objects.select_related("latest_revision")
    ]
    found += [_of_scenario(scenario, used) for scenario in known.values()]
    told = {(row.key, row.language) for row in found}
    for row in found:
        if row.page_id:
            row.untold.extend(
                (code, str(name))
                for code, name in settings.LANGUAGES
                if (row.key, code) not in told
            )
    return sorted(found, key=lambda row: (row.title.casefold(), row.language))


def _scenarios() -> Iterable[scenarios.Scenario]:
    heavy = ("live_version__graph", "live_version__source")
    return scenarios.Scenario.objects.select_related("live_version").defer(*heavy)


def _judged() -> set[int]:
    under_way = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS,
        base_content_type=ContentType.objects.get_for_model(BasePage),
    )
    return {int(pk) for pk in under_way.values_list("object_id", flat=True)}


def _of_page(
    page: StoryPage,
    scenario: scenarios.Scenario | None,
    used: dict[str, list[ScenarioPage]],
    *,
    is_judged: bool,
) -> Row:
    latest = _latest(page)
    checked = latest.checked()
    return Row(
        title=latest.title,
        key=page.story_key,
        language=page.language,
        origin=str(scenarios.Origin.EDITORS.label),
        state=_state(page, is_judged=is_judged),
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        version=_number(scenario),
        errors=len(checked.errors),
        warnings=len(checked.warnings),
        used=used.get(page.story_key, []),
        page_id=page.pk,
    )


def _latest(page: StoryPage) -> StoryPage:
    """The draft as it was last saved, without a query."""
    if page.latest_revision is None:
        return page
    draft: StoryPage = StoryPage.from_serializable_data(
        page.latest_revision.content, check_fks=False, strict_fks=False
    )
    draft.ifid = UUID(str(draft.ifid))
    return draft


def _of_scenario(scenario: scenarios.Scenario, used: dict[str, list[ScenarioPage]]) -> Row:
    return Row(
        title=scenario.title,
        key=scenario.key,
        language=scenario.language,
        origin=str(scenarios.Origin(scenario.origin).label),
        state=_("online") if scenario.live_version_id else _("niet online"),
        url=reverse("stories:scenario", args=[scenario.pk]),
        version=_number(scenario),
        used=used.get(scenario.key, []),
    )


def _number(scenario: scenarios.Scenario | None) -> int | None:
    if scenario is None or scenario.live_version is None:
        return None
    return scenario.live_version.number


def _state(page: StoryPage, *, is_judged: bool) -> str:
    if is_judged:
        return _("wacht op beoordeling")
    if page.live:
        return _("online, met een concept") if page.has_unpublished_changes else _("online")
    return _("concept")
