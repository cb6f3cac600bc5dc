"""How far somebody is: a projection of the ledger that can be rebuilt at any time.

One write path: ``record(user, events)`` appends each event's statement and updates the
projection in the same transaction. The projection reads the *statements*, never the events,
so that ``manage.py progress_rebuild`` must arrive at the same rows. It takes the earliest
moment of each fact, so that order, duplicates and late arrivals make no difference.
"""
