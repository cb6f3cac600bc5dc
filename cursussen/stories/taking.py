"""Taking a story into the hands of the editors: from a Twine file, or from ``scenario's/``."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cursussen.models import StoryIndexPage, StoryPage
from leer.accounts.api import User
from leer.scenarios import api as scenarios
from leer.scenarios.api import authoring, engine


class CannotTakeError(Exception):
    """This story cannot come in; the message says why and what to do."""


@dataclass(frozen=True)
class Read:
    """A file that was read and may come in. ``page`` is the story that it is a new version of."""

    graph: engine.Scenario
    page: StoryPage | None = None
    differences: list[engine.Problem] = field(default_factory=list)


def read_file(text: str, *, name: str, user: User) -> Read:
    """Look whether this text may come in, keeping nothing.

    Raises ``engine.TweeError`` for what cannot be read and ``CannotTakeError`` for what may not.
    """
    graph = engine.parse(text, name=name)
    if graph.card.get("taal") not in dict(settings.LANGUAGES):
        raise CannotTakeError(
            _("Op de kaart staat bij ‘taal’ geen taal die Leer kent. Schrijf: %(languages)s.")
            % {"languages": ", ".join(dict(settings.LANGUAGES))}
        )
    page = StoryPage.objects.filter(ifid=graph.ifid).first()
    if page:
        _check_may_change(page, graph, user)
        draft = page.get_latest_revision_as_object().draft()
        return Read(graph, page, engine.compare(authoring.to_graph(draft), graph))
    if scenarios.Scenario.objects.filter(ifid=graph.ifid).exists():
        raise CannotTakeError(
            _(
                "Dit scenario is er al en komt uit een bestand. Zoek het op in de lijst, kies daar"
                " ‘Kopieer om te bewerken’ en importeer daarna opnieuw."
            )
        )
    return Read(graph)


@transaction.atomic
def take_file(read: Read, user: User) -> StoryPage:
    """A new draft of the story that is there, or a new story."""
    if read.page is None:
        return _new_page(read.graph, user)
    page: StoryPage = read.page.get_latest_revision_as_object()
    page.take(authoring.to_draft(read.graph, like=page.draft()))
    page.save_revision(user=user, log_action=True)
    return page


@transaction.atomic
def take_over(scenario: scenarios.Scenario, user: User) -> StoryPage:
    """Give the editors a draft of what came from a file. It stays the same scenario, so modules
    and figures keep finding it; the file rules until this draft is published.
    """
    graph = scenarios.graph_of(str(version_of(scenario).pk))
    return _new_page(graph, user, key=scenario.key, language=scenario.language)


@transaction.atomic
def translate(page: StoryPage, language: str, user: User) -> StoryPage:
    """A draft in another language: the same key, names and choices, an identity of its own."""
    there = StoryPage.objects.filter(story_key=page.story_key, language=language).first()
    if there:
        return there
    copy = StoryPage(owner=user, live=False, story_key=page.story_key)
    ifid = copy.ifid
    copy.take(page.draft())
    copy.ifid, copy.language = ifid, language
    StoryIndexPage.objects.get().add_child(instance=copy)
    copy.save_revision(user=user, log_action=True)
    return copy


def version_of(scenario: scenarios.Scenario) -> scenarios.ScenarioVersion:
    """What is live, or else what was loaded last. Loading makes both in one go."""
    version = scenario.live_version or scenario.versions.order_by("number").last()
    assert version is not None
    return version


def may_add(user: User) -> bool:
    """This person may make stories."""
    index = StoryIndexPage.objects.get()
    return bool(index.permissions_for_user(user).can_add_subpage())


def _new_page(
    graph: engine.Scenario, user: User, *, key: str = "", language: str = ""
) -> StoryPage:
    page = StoryPage(owner=user, live=False, story_key=key)
    page.take(authoring.to_draft(graph))
    page.language = language or page.language
    StoryIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return page


def _check_may_change(page: StoryPage, graph: engine.Scenario, user: User) -> None:
    if not page.permissions_for_user(user).can_edit():
        raise CannotTakeError(_("Dit scenario is er al, en je mag het niet bewerken."))
    if page.workflow_in_progress or page.locked:
        raise CannotTakeError(
            _("‘%(title)s’ wordt beoordeeld of is vergrendeld. Wacht daarop, of trek het in.")
            % {"title": page.title}
        )
    if graph.card.get("taal") != page.language:
        raise CannotTakeError(
            _(
                "‘%(title)s’ is al in een andere taal. Geef het bestand een eigen ifid: een"
                " vertaling is een scenario van zichzelf, met dezelfde sleutel."
            )
            % {"title": page.title}
        )
