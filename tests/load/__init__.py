"""What Leer costs: ``uv run python -m tests.load.measure``."""
