"""A new round of a module, because it changed.

An editor says so (``declaring``), a second person approves, and a job gives the round to whom it
was meant for (``carrying_out``). Whom that is, is one query (``reaching``).
"""
