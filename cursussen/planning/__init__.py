"""What the editors have to do with their cases, and when; and whether the cases are in balance."""
