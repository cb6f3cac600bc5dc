"""The one place where aggregates about people are made fit to show.

A caller hands over counts of distinct people and says how they hang together (``tables``); what
may be shown of them is decided here (``figures``), kept as releases that never change
(``models``), and can be attacked with everything that was ever shown (``audit``). Pages read
releases only.

The method, its bound and the proof: docs/developers/aggregates.md.
"""
