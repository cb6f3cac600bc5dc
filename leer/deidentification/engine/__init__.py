"""The search itself. Plain Python; one file per subject, all together in ``searching``."""
