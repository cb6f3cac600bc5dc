"""The gate before a true story: what could tell who, where or when it was, and who let it pass."""
