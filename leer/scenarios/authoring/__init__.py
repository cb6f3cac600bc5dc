"""Stories as an editor writes them: forms in the CMS on one side, the engine on the other.

A ``Draft`` is what the forms hold, as plain data: blocks with ids that stay the same when a scene
is renamed or moved. ``to_graph`` makes the engine's scenario of it, however unfinished;
``to_draft`` does the reverse and loses nothing. ``check`` says what is wrong, at the block where
it is, in the words of the form. Plain Python, no Django.
"""

from leer.scenarios.authoring.checking import Checked, Finding, check
from leer.scenarios.authoring.compiling import names_by_id, to_graph, to_text
from leer.scenarios.authoring.decompiling import to_draft
from leer.scenarios.authoring.draft import Draft
from leer.scenarios.authoring.naming import fill_names, tidy_counters
from leer.scenarios.authoring.playing import playable, start_at

__all__ = [
    "Checked",
    "Draft",
    "Finding",
    "check",
    "fill_names",
    "names_by_id",
    "playable",
    "start_at",
    "tidy_counters",
    "to_draft",
    "to_graph",
    "to_text",
]
