"""Bringing the organisation in from outside.

The story: a *source* (``csv_source`` today, SCIM later) gives ``Records``: what the organisation
should be. ``make_plan`` lays them beside the database and gives an ``ImportPlan``: what would
change, and which rows are wrong. ``apply_plan`` makes it so, in one transaction. A plan can be
shown before it is carried out, and is refused when the database changed in between.

``runs`` does the same in two background jobs for the page of an administrator.
"""
