# SPDX-License-Identifier: EUPL-1.2
"""Drawings of graphs: a scenario for its writer, a path for its player, a flow for an editor.

A ``Diagram`` says what there is to draw: boxes, and arrows between them. ``svg`` lays it out in
layers and draws it; ``diagram_of`` makes the diagram of a whole scenario, and ``text_of`` tells
the same in words. Plain Python, no Django, no packages; the same diagram gives the same picture.

    >>> from leer.scenarios.drawing import diagram_of, svg
    >>> picture = svg(diagram_of(scenario))                    # for in a page, styled by graph.css
    >>> picture = svg(diagram_of(scenario), standalone=True)   # a file of its own

In a page, put the picture in an element of class ``graph-frame``: a large drawing scrolls there
and is not made too small to read. Give each drawing on one page its own ``id_prefix``.
"""

from leer.scenarios.drawing.model import Arrow, Box, Diagram
from leer.scenarios.drawing.picture import svg
from leer.scenarios.drawing.story import diagram_of, text_of

__all__ = ["Arrow", "Box", "Diagram", "diagram_of", "svg", "text_of"]
