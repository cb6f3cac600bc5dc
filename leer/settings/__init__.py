"""Settings: ``base`` for all, then one module per place: development, test, production."""
