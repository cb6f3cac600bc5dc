"""Template tags of rollout."""
