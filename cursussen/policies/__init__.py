"""Policies (afspraken): the exact text of each version, what changed, and who must read it."""
