"""Writing to the ledger: places in its order, tables in bulk, and what follows from a fact."""
