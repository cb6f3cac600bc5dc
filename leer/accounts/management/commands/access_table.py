"""Print who may see which URL, as docs/developers/urls.md has it."""

from typing import Any

from django.core.management.base import BaseCommand

from leer.accounts.access import Rule
from leer.accounts.roles import Role
from leer.accounts.urlmap import Place, places

HEAD = """# Who may see which URL

Made by `manage.py access_table` from `leer/access.py`; `tests/project/test_access.py` holds it
against the code and tries every URL as every role. What is not in the table is closed. Whose
data a page may show (your own, your own team) is asked in the view.

"""


class Command(BaseCommand):
    help = "Drukt de tabel af van wie welke URL mag zien (docs/developers/urls.md)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")


def document() -> str:
    """The whole page."""
    roles = list(Role)
    lines = [
        f"| URL | without account | {' | '.join(roles)} |",
        "|---" * (len(roles) + 2) + "|",
        *(_row(place, roles) for place in _shown()),
    ]
    return HEAD + "\n".join(lines) + "\n"


def _shown() -> list[Place]:
    """One by one those with a rule of their own; the rest of Wagtail's admin shares a row."""
    rest = Place("cms/…", "")
    own = [
        place for place in places() if not place.route.startswith("cms/") or place.rule != rest.rule
    ]
    return [*own, rest]


def _row(place: Place, roles: list[Role]) -> str:
    rule = place.rule or Rule()
    marks = ["yes" if rule.anyone or role in rule.roles else "" for role in roles]
    return f"| `/{place.route}` | {'yes' if rule.anyone else ''} | {' | '.join(marks)} |"
