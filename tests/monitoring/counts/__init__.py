"""Counts of teams that are kept with the write."""
