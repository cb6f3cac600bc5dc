"""Programmes: for whom, when, and as which plan."""
