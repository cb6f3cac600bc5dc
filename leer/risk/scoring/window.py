"""How long a signal counts: twelve months, which begin a quarter after it was established.

The quarter keeps an approach that was just reported out of the score, and twelve months on it
has left the score by itself: also when nobody looks at the profile again.
"""

from calendar import monthrange
from datetime import date

QUARTER = 3
WINDOW = 12


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def counts_from(established: date) -> date:
    """The first day on which this signal counts."""
    return months_later(established, QUARTER)


def counts_until(established: date) -> date:
    """The first day on which it no longer does."""
    return months_later(established, QUARTER + WINDOW)


def counts_on(established: date, day: date) -> bool:
    """Whether a signal that was established then is in the window of this day."""
    return counts_from(established) <= day < counts_until(established)
