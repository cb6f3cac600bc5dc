"""The front door of scenarios."""

from leer.scenarios import authoring, drawing, engine
from leer.scenarios.actions import (
    HeldByEditorsError,
    KeyTakenError,
    Loaded,
    UnsoundScenarioError,
    load,
    publish,
    withdraw,
)
from leer.scenarios.models import Origin, Scenario, ScenarioVersion
from leer.scenarios.places import drawn_places
from leer.scenarios.selectors import (
    graph_of,
    is_scored,
    language_of,
    live_version_id,
    sister_graphs,
)

__all__ = [
    "HeldByEditorsError",
    "KeyTakenError",
    "Loaded",
    "Origin",
    "Scenario",
    "ScenarioVersion",
    "UnsoundScenarioError",
    "authoring",
    "drawing",
    "drawn_places",
    "engine",
    "graph_of",
    "is_scored",
    "language_of",
    "live_version_id",
    "load",
    "publish",
    "sister_graphs",
    "withdraw",
]
