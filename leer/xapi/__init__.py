"""The ledger: every learning fact is an xAPI statement, appended once and never changed.

It knows nobody: an actor is an opaque name, an activity an IRI. What the facts mean for a
person's progress is ``leer.progress``, a projection that can be rebuilt from here.
"""
