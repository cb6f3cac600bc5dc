"""What a statement is: its vocabulary, its shape (xAPI 1.0.3, Part Two) and its names."""
