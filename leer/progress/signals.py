"""What progress tells whoever listens; it does not know who does."""

from django.dispatch import Signal

# Somebody finished parts of modules elsewhere: a system that is trusted for it says so. Sent in
# the transaction that stores the facts. Provides ``user``, ``modules`` (their keys) and ``at``,
# the moment of the last.
parts_finished_outside = Signal()
