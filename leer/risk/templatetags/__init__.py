"""Template tags of risk."""
