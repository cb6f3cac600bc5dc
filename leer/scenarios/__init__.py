"""Branching scenarios: a plain engine, and the versions of each scenario that were loaded."""
