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
    inside: str = "",
) -> Release | None:
    """Count these people for good, and release what may be shown now.

    ``counts`` are of distinct people, each of whom this table never counted before: those of
    ``since`` (``taken_until``) to ``until``. ``None``, and nothing changed, when they are fewer
    than *k*, or when another run was first. ``sums`` become a correlation once every cell of
    ``sums_need`` is shown.

    ``inside`` is the table, with the same cells, in which all these people were counted before:
    what tables inside it say of a cell is together never more than what it says.
    """
    table.check(counts)
    if counts[PEOPLE] < _step(_promise(inside or name)):
        return None
    outer = Tally.objects.select_for_update().get(name=inside) if inside else None
    tally = _held(name, table, inside)
    if tally.until != since or until <= since:
        return None
    if outer and outer.until < until:
        raise ValueError(f"{name}: some of these people are not counted in {inside} yet")
    tally.counts = dict(Counter(tally.counts) + Counter(counts))
    tally.sums = (Sums(**tally.sums) + (sums or Sums())).to_json()
    tally.until = until
    tally.save()
    return _release(tally, table, sums_need, outer)


def _held(name: str, table: Table, inside: str) -> Tally:
    structure = table.to_json()
    tally, _ = Tally.objects.select_for_update().get_or_create(
        name=name, defaults={"structure": structure, "until": BEGINNING, "inside": inside}
    )
    if (tally.structure, tally.inside) != (structure, inside):
        raise ValueError(f"{name}: another table than before; give it a name of its own")
    return tally


def _release(
    tally: Tally, table: Table, sums_need: tuple[str, ...], outer: Tally | None
) -> Release:
    before, k = latest(tally.name), _promise(tally.inside or tally.name)
    shown, step = before.figures if before else {}, _step(k)
    figures = next_figures(
        table,
        tally.counts,
        k=step,
        shown=shown,
        patience=secret_patience(settings.SECRET_KEY, tally.name, step),
        room=_room(outer, shown) if outer else None,
    )
    if outer:
        _deal(outer, shown, figures)
    return Release.objects.create(
        name=tally.name,
        number=before.number + 1 if before else 1,
        until=tally.until,
        k=k,
        structure=tally.structure,
        figures=figures,
        measures=_measures(tally, figures, sums_need, step),
    )


def _promise(name: str) -> int:
    """The *k* of a table, and of those inside it: that of its first release, for good. What was
    shown under it is known, so a higher one could not be kept; a lower one would narrow what was
    shown before.
    """
    before = latest(name)
    return before.k if before else int(settings.DISCLOSURE_K)


def _step(k: int) -> int:
    """In what steps a table that promised *k* goes on: no smaller than is asked now."""
    return -(-settings.DISCLOSURE_K // k) * k


def _room(outer: Tally, shown: Figures) -> Figures:
    """How far the figures of one table may go: what the outer one says, less what others have."""
    said = latest(outer.name)
    assert said, "people were taken in there, so something was released"
    return {
        cell: figure - outer.dealt.get(cell, 0) + shown.get(cell, 0)
        for cell, figure in said.figures.items()
    }


def _deal(outer: Tally, shown: Figures, figures: Figures) -> None:
    """Remember what is said inside it now."""
    outer.dealt = dict(Counter(outer.dealt) - Counter(shown) + Counter(figures))
    outer.save(update_fields=["dealt"])


def _measures(tally: Tally, figures: Figures, need: tuple[str, ...], step: int) -> dict[str, float]:
    enough = tally.counts[PEOPLE] >= LEAST_FOR_A_CORRELATION * step
    if not need or not enough or not all(figures.get(cell) for cell in need):
        return {}
    found = Sums(**tally.sums).correlation()
    return {} if found is None else {"correlation": found}
