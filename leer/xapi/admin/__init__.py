"""The ledger in Wagtail's admin: keys of other systems, and facts for the programme's data people.

Nothing here changes a fact. What is shown of one is made in ``veil``, and only there.
"""
