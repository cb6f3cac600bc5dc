"""Finds in a text what may say who, where or when it was, before the text is shown to anybody.

The engine (``engine/``) is plain Python: a text and the organisation's own lists go in, findings
with their place in the original come out. It decides nothing: a person looks at each finding.

How it works and how well: docs/developers/deidentification.md.
"""
