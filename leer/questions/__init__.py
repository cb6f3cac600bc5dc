"""Question types, marking, and quizzes frozen for whoever begins them. Knows no pages."""
