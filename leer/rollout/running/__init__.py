"""A programme that runs: waves open, people get what is theirs, and the trail says why."""
