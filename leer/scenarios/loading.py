"""A folder of scenarios into the database: all of it, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from leer.scenarios import actions
from leer.scenarios.files import Checked, StoryFile
from leer.scenarios.models import Scenario


@dataclass(frozen=True)
class Outcome:
    """What loading did with one file; ``number`` is that of the version it is now. A file that
    was ``held`` back changed nothing: the editors look after that scenario.
    """

    file: StoryFile
    number: int
    created: bool
    published: bool
    held: bool = False


class ClashError(Exception):
    """A file is not the scenario that the database has by that key or by that ifid."""


@transaction.atomic
def load_all(checked: Iterable[Checked], *, publish: bool) -> list[Outcome]:
    """Load files that were found in order; with ``publish`` they are live afterwards. Raises
    ``ClashError``; then nothing is loaded.
    """
    return [_load(item, publish=publish) for item in checked]


def _load(item: Checked, *, publish: bool) -> Outcome:
    _refuse_clash(item)
    try:
        loaded = actions.load(item.text, key=item.file.key, language=item.file.language)
    except actions.HeldByEditorsError as held:
        return Outcome(item.file, held.number, created=False, published=False, held=True)
    version = loaded.version
    publishing = publish and version.scenario.live_version_id != version.pk
    if publishing:
        actions.publish(version)
    return Outcome(item.file, version.number, loaded.created, publishing)


def _refuse_clash(item: Checked) -> None:
    """The ifid is the identity: one file, one key and language, for ever."""
    assert item.scenario is not None
    ifid, place = UUID(item.scenario.ifid), (item.file.key, item.file.language)
    for known in Scenario.objects.filter(ifid=ifid):
        if (known.key, known.language) != place:
            raise ClashError(
                f"{item.file.name} heeft de ifid van {known.key}/{known.language}. Is het een"
                " kopie, geef haar dan een nieuwe ifid; is de map hernoemd, geef haar de oude naam."
            )
    for known in Scenario.objects.filter(key=place[0], language=place[1]).exclude(ifid=ifid):
        raise ClashError(
            f"{item.file.name} heeft een andere ifid dan dit scenario eerder had"
            f" ({str(known.ifid).upper()}). Zet die terug, of kies een andere map."
        )
