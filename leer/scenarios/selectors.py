"""Questions about scenarios. A version never changes, so it is read once per process."""

from functools import lru_cache

from django.db.models import F

from leer.scenarios import engine
from leer.scenarios.models import Scenario, ScenarioVersion

DUTCH = "nl"


def live_version_id(key: str, language: str = DUTCH) -> str:
    """The version that a new attempt plays: in this language if there is one, else in Dutch.

    Raises ``Scenario.DoesNotExist`` without either.
    """
    live = Scenario.objects.filter(
        key=key, language__in=(language, DUTCH), live_version__isnull=False
    )
    found = dict(live.values_list("language", "live_version_id"))
    if not found:
        raise Scenario.DoesNotExist
    return str(found.get(language, found.get(DUTCH)))


def is_scored(key: str, language: str = DUTCH) -> bool:
    """Whether a new attempt can come to an ending that is not enough to be done with it."""
    try:
        return engine.is_scored(graph_of(live_version_id(key, language)))
    except Scenario.DoesNotExist:
        return False


@lru_cache(maxsize=64)
def graph_of(version_id: str) -> engine.Scenario:
    """The story of this version, ready to play."""
    return engine.Scenario.from_json(ScenarioVersion.objects.get(pk=version_id).graph)


def texts(*, latest: bool = False) -> dict[str, str]:
    """The Twee text of every scenario by its file name, ``<key>/<language>.twee``: what is live,
    or the latest version of each.
    """
    versions = ScenarioVersion.objects.select_related("scenario").order_by("number")
    if not latest:
        versions = versions.filter(pk=F("scenario__live_version_id"))
    return {f"{v.scenario.key}/{v.scenario.language}.twee": v.source for v in versions}


def sister_graphs(key: str, language: str) -> dict[str, engine.Scenario]:
    """What is live of this scenario in its other languages."""
    others = Scenario.objects.filter(key=key, live_version__isnull=False)
    return {
        scenario.language: graph_of(str(scenario.live_version_id))
        for scenario in others.exclude(language=language)
    }


@lru_cache(maxsize=256)
def language_of(version_id: str) -> str:
    """The language that this version is written in."""
    return ScenarioVersion.objects.select_related("scenario").get(pk=version_id).scenario.language
