"""The ledger in its order: to a file, from a file, and read in portions for whoever needs it."""
