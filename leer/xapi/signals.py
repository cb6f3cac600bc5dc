"""What the ledger tells whoever listens; it does not know who does."""

from django.dispatch import Signal

# New statements from outside, of a credential that is trusted for progress. Sent inside the
# transaction that stores them: when a listener fails, they are not stored either.
# Provides ``statements``: a list of JSON texts (bytes).
trusted_statements = Signal()

# Somebody is about to be taken out of the ledger: a listener that raises ``CannotErase`` says why
# not. Provides ``accounts``: the names that this person has as one of Leer's own actors.
person_leaving = Signal()

# In the transaction in which the last of it is done; from now on the ledger has forgotten who it
# was. Provides ``accounts`` and ``pseudonym`` (a UUID), the actor that is there in their place.
person_left = Signal()

# Statements that count for progress were reduced or removed. Sent in the transaction that does
# so, in which nobody else writes. Provides ``accounts``, as above, of their actors.
facts_changed = Signal()
