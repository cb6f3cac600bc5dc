"""How many people of which team are how far: counts that are kept with the write, not made by
looking at everybody (``docs/decisions/0033-counts.md``).
"""
