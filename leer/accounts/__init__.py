"""Who somebody is: the account, the roles, the opaque name in the ledger, and who may see what."""
