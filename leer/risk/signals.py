"""What risk tells the layers above it.

``profile_approved`` is sent after the commit that approved one or more profiles.

Provides: ``sender`` (the ``RiskProfile`` class) and ``teams`` (primary keys, sorted, never in an
order that tells anything). No level and no score: whoever needs those asks ``scores_on``.

Why: new risk may mean another plan, and risk does not know what a wave is. It is sent at least
once: a receiver must ask for the scores of today, and doing that twice must change nothing.
"""

from django.dispatch import Signal

profile_approved = Signal()
