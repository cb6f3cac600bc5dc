"""Risk of teams (class D): what a team does, told in six factors, and the score of a day.

Seen by the programme only. Everything here is about the work of a team, nothing about a person.
``docs/developers/risk.md`` tells how it hangs together, ``docs/algoritmekaart.md`` what it means.
"""
