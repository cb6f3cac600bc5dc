"""Finding a case among all: by theme, by phase, and by whose work it plays in.

Plain data: no table is asked. What is not known narrows nothing. Whether a story ends well is no
way to find it: the reader is to choose before that shows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cursussen import api as content

type Words = str | Promise
type Case = content.CaseSummary
EVERYBODY = slugify("alle functies")  # how the editors write that it can happen to anybody


@dataclass(frozen=True)
class Value:
    """What can be chosen, with how many cases there are of it."""

    slug: str
    name: str
    count: int


@dataclass(frozen=True)
class Way:
    """One way to narrow the list. ``name`` is in the address; ``chosen`` is of ``values``.
    ``is_ours``: its values are Leer's words, not the editors'.
    """

    name: str
    label: Words
    everything: Words
    values: tuple[Value, ...]
    chosen: Value | None
    is_ours: bool


@dataclass(frozen=True)
class Chosen:
    """A way in which something was chosen, and the query of the same list without it."""

    way: Way
    without: str


@dataclass(frozen=True)
class Found:
    """The cases that were asked for, and how the list can be narrowed."""

    cases: tuple[Case, ...]
    ways: tuple[Way, ...]

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """What was chosen, in order."""
        asked = {way.name: way.chosen.slug for way in self.ways if way.chosen}
        return tuple(
            Chosen(way, urlencode({name: slug for name, slug in asked.items() if name != way.name}))
            for way in self.ways
            if way.chosen
        )


def find(cases: Sequence[Case], asked: Mapping[str, str]) -> Found:
    """Those that are all that was asked. Who asks for a function gets what was written for it
    first, and then what can happen to anybody.
    """
    ways = (
        _way("thema", _("Thema"), _("Alle thema’s"), _by_theme(cases), asked),
        _way("fase", _("Fase"), _("Alle fasen"), _by_phase(cases), asked),
        _way("functie", _("Werk"), _("Al het werk"), _by_function(cases), asked),
    )
    wanted = {way.name: way.chosen.slug for way in ways if way.chosen}
    found = [case for case in cases if all(_IS[name](case, one) for name, one in wanted.items())]
    mine = wanted.get("functie", "")
    return Found(tuple(sorted(found, key=lambda case: not _names(case, mine))), ways)


def _way(
    name: str,
    label: Words,
    everything: Words,
    values: tuple[Value, ...],
    asked: Mapping[str, str],
) -> Way:
    chosen = next((value for value in values if value.slug == asked.get(name)), None)
    return Way(name, label, everything, values, chosen, is_ours=name == "fase")


def _by_theme(cases: Sequence[Case]) -> tuple[Value, ...]:
    names = {theme.slug: theme.name for case in cases for theme in case.themes}
    return _values(cases, "thema", sorted(names.items(), key=lambda one: one[1]))


def _by_phase(cases: Sequence[Case]) -> tuple[Value, ...]:
    """All seven, in their order."""
    return _values(cases, "fase", [(phase.slug, phase.name) for phase in content.phases()])


def _by_function(cases: Sequence[Case]) -> tuple[Value, ...]:
    names: dict[str, str] = {}
    for case in cases:
        for name in case.functions:
            names.setdefault(slugify(name), name)
    names.pop(EVERYBODY, None)
    return _values(cases, "functie", sorted(names.items(), key=lambda one: one[1].lower()))


def _values(cases: Sequence[Case], way: str, names: Sequence[tuple[str, str]]) -> tuple[Value, ...]:
    return tuple(
        Value(slug, name, sum(_IS[way](case, slug) for case in cases)) for slug, name in names
    )


def _is_about(case: Case, theme: str) -> bool:
    return any(one.slug == theme for one in case.themes)


def _is_in_phase(case: Case, phase: str) -> bool:
    return case.phase is not None and case.phase.slug == phase


def _is_for(case: Case, function: str) -> bool:
    return _names(case, function) or _names(case, EVERYBODY)


def _names(case: Case, function: str) -> bool:
    return any(slugify(name) == function for name in case.functions)


_IS: dict[str, Callable[[Case, str], bool]] = {
    "thema": _is_about,
    "fase": _is_in_phase,
    "functie": _is_for,
}
