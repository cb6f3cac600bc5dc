"""Work that happens after the answer: durable, idempotent by id, enqueued on commit.

The story: ``task.enqueue(...)`` (Django's own task API) writes a ``Job`` row in the caller's
transaction. When that commits, Celery gets the row's id. A worker claims the row with an
advisory lock, which PostgreSQL drops the moment the worker dies, runs the function, and
writes the outcome. Every quarter of a minute a sweep looks for rows that nobody holds and
sends their ids again. So a dead broker or worker delays work but never loses it, and two
messages about one job run it once.

Why not Celery's own acknowledgements: brokers differ in what they lose (see
docs/decisions/0003-background-work.md); a row in the database does not.
"""
