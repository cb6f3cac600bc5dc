"""How much exposure is left: counted every night, and shown to the programme."""
