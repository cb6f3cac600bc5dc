"""A course that was done elsewhere counts: somebody asks, another person says yes or no."""
