"""What the ledger tells whoever listens; it does not know who does."""

from django.dispatch import Signal

# New statements from outside, of a credential that is trusted for progress. Sent inside the
# transaction that stores them: when a listener fails, they are not stored either.
# Provides ``statements``: a list of JSON texts (bytes).
trusted_statements = Signal()
