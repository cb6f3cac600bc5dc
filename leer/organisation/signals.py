"""What the organisation tells the layers above it.

``people_imported`` is sent after the commit of every import, also of one that changed nothing.

Provides: ``sender`` (the ``ImportPlan`` class), ``on`` (the effective date) and ``counts`` (how
many of each kind changed, as ``ImportPlan.counts``).

Why: a joiner must get the base module, a mover other ones, and the organisation does not know
what a module is. It is sent at least once: a receiver must ask the database who lacks what,
not act on the counts, and doing that twice must change nothing.
"""

from django.dispatch import Signal

people_imported = Signal()
