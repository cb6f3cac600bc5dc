"""Tags of privacy."""
