"""The counts as they would be if everybody were looked at: with Python, and by another way than
the database keeps them.
"""

from collections import Counter
from datetime import date

from leer.organisation import api as organisation
from leer.organisation.models import Team
from leer.progress import api as progress
from leer.rollout import api as rollout


def recount(on: date) -> dict[tuple[int, str], dict[str, int]]:
    """Per team and module who is where on this day; places where nobody is are left out."""
    found: dict[tuple[int, str], Counter[str]] = {}
    for team in Team.objects.order_by("pk"):
        users = [one.user_id for one in organisation.members_of(team, on=on)]
        rows = rollout.assignments_of_people(users)
        stays = progress.stays_of_people(users, {row.module_key for row in rows})
        for row in rows:
            state = rollout.state_in_round(row, stays, on)
            found.setdefault((team.pk, row.module_key), Counter())[state.value] += 1
    return {key: dict(some) for key, some in found.items()}
