"""Taking people in, and what may be shown since: one transaction."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from leer.disclosure.correlation import Sums
from leer.disclosure.figures import Figures, next_figures, secret_patience
from leer.disclosure.models import Release, Tally
from leer.disclosure.selectors import latest
from leer.disclosure.tables import PEOPLE, Table

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LEAST_FOR_A_CORRELATION = 3  # times k


@transaction.atomic
def take_in(
    name: str,
    table: Table,
    counts: Mapping[str, int],
    *,
    since: datetime,
    until: datetime,
    sums: Sums | None = None,
    sums_need: tuple[str, ...] = (),
    groups: Mapping[str, Mapping[str, int]] | None = None,
) -> Release | None:
    """Count these people for good, and release what may be shown now.

    ``counts`` are of distinct people, each of whom this table never counted before, and who came
    before ``until``. ``since`` is what ``taken_until`` said when they were counted. ``None``, and
    nothing changed, when they are fewer than *k*, or when another run was first. ``sums`` become
    a correlation once every cell of ``sums_need`` is shown.

    ``groups`` are some of these same people, apart, by the name under which each group is
    released too; nobody is in two of them.
    """
    for counted in (counts, *(groups or {}).values()):
        table.check(counted)
    if counts[PEOPLE] < _step(_promise(name)):
        return None
    tally = _held(name, table)
    if tally.until != since or until <= since:
        return None
    tally.counts = dict(Counter(tally.counts) + Counter(counts))
    tally.sums = (Sums(**tally.sums) + (sums or Sums())).to_json()
    tally.until = until
    tally.save()
    before = latest(name)
    release = _release(tally, table, before, sums_need)
    _release_groups(release, groups or {}, before.figures if before else {})
    return release


def _held(name: str, table: Table) -> Tally:
    structure = table.to_json()
    tally, _ = Tally.objects.select_for_update().get_or_create(
        name=name, defaults={"structure": structure, "until": BEGINNING}
    )
    if tally.structure != structure:
        raise ValueError(f"{name}: another table than before; give it a name of its own")
    return tally


def _release(
    tally: Tally, table: Table, before: Release | None, sums_need: tuple[str, ...]
) -> Release:
    k = _promise(tally.name)
    step = _step(k)
    figures = next_figures(
        table,
        tally.counts,
        k=step,
        shown=before.figures if before else {},
        patience=secret_patience(settings.SECRET_KEY, tally.name, step),
    )
    return Release.objects.create(
        name=tally.name,
        number=before.number + 1 if before else 1,
        until=tally.until,
        k=k,
        structure=tally.structure,
        figures=figures,
        measures=_measures(tally, figures, sums_need, step),
    )


def _release_groups(
    around: Release, groups: Mapping[str, Mapping[str, int]], shown: Mapping[str, int]
) -> None:
    """What may be said of each group, in a fixed order: together no more of a cell than what
    ``around`` says more of it than was shown before.
    """
    room = Counter(around.figures) - Counter(shown)
    for name, counts in sorted(groups.items()):
        release = _release_group(name, counts, around, room)
        room -= Counter(release.figures)


def _release_group(
    name: str, counts: Mapping[str, int], around: Release, room: Mapping[str, int]
) -> Release:
    before, step = latest(name), _step(around.k)
    number = before.number + 1 if before else 1
    figures = next_figures(
        around.table,
        counts,
        k=step,
        shown={},
        patience=secret_patience(settings.SECRET_KEY, f"{name} {number}", step),
        room=room,
    )
    return Release.objects.create(
        name=name,
        number=number,
        until=around.until,
        k=around.k,
        structure=around.structure,
        figures=figures,
    )


def _promise(name: str) -> int:
    """The *k* of a table and its groups: that of its first release, for good. What was shown under
    it is known, so a higher one could not be kept; a lower one would narrow what was shown before.
    """
    before = latest(name)
    return before.k if before else int(settings.DISCLOSURE_K)


def _step(k: int) -> int:
    """In what steps a table that promised *k* goes on: no smaller than is asked now."""
    return -(-settings.DISCLOSURE_K // k) * k


def _measures(tally: Tally, figures: Figures, need: tuple[str, ...], step: int) -> dict[str, float]:
    enough = tally.counts[PEOPLE] >= LEAST_FOR_A_CORRELATION * step
    if not need or not enough or not all(figures.get(cell) for cell in need):
        return {}
    found = Sums(**tally.sums).correlation()
    return {} if found is None else {"correlation": found}
