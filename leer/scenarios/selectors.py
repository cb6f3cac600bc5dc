"""Questions about scenarios. A version never changes, so it is read once per process."""

from functools import lru_cache

from django.db.models import F

from leer.scenarios import engine
from leer.scenarios.models import Scenario, ScenarioVersion


def live_version_id(key: str, language: str = "nl") -> str:
    """The version that a new attempt plays. Raises ``Scenario.DoesNotExist`` without one."""
    scenario = Scenario.objects.get(key=key, language=language, live_version__isnull=False)
    return str(scenario.live_version_id)


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
