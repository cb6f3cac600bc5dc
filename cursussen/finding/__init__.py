"""From a situation in somebody's own words to the policies that are about it.

PostgreSQL reads the words (its Dutch dictionary: stems, and no *de* and *het*), ``weighing`` weighs
them in plain Python, and ``meaning`` tells how near the situations of a policy are that say it in
other words. Nothing that is looked for is kept, here or in a log: what somebody types
could be the beginning of a report.
"""
