"""Invitations to live sessions: who sits where, the calendar file, and the mail."""
