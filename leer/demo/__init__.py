"""The demo organisation: a fictional customs service that comes in through the front doors.

Teams and people are CSV files loaded by the importer; content and scenarios by their loaders;
what has been learned so far is played with the same actions that learners use.
"""
