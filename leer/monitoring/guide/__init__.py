"""A guide for talking in a team, made of how its people chose, without names or figures."""
