"""The front door of scenarios."""

from leer.scenarios import engine
from leer.scenarios.actions import Loaded, UnsoundScenarioError, load, publish
from leer.scenarios.models import Scenario
from leer.scenarios.selectors import graph_of, live_version_id

__all__ = [
    "Loaded",
    "Scenario",
    "UnsoundScenarioError",
    "engine",
    "graph_of",
    "live_version_id",
    "load",
    "publish",
]
