"""Which module serves which outcome of the programme, and what nobody serves yet.

About content only: of what is live, and of nobody who reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cursussen import api as content


@dataclass(frozen=True)
class Row:
    """One outcome, by its number in its theme, with the modules that serve it."""

    number: str
    outcome: content.OutcomeData
    modules: tuple[content.Module, ...]


@dataclass(frozen=True)
class ThemeRows:
    """A theme with its outcomes, and the cases that were written under it."""

    theme: content.WholeTheme
    rows: tuple[Row, ...]
    cases: tuple[content.CaseSummary, ...]


@dataclass(frozen=True)
class Coverage:
    """The whole page. ``columns`` are the live modules, in the tree's order."""

    themes: tuple[ThemeRows, ...]
    columns: tuple[content.Module, ...]

    @property
    def rows(self) -> list[Row]:
        """Of all themes."""
        return [row for theme in self.themes for row in theme.rows]

    @property
    def served(self) -> int:
        """How many outcomes have a module."""
        return sum(1 for row in self.rows if row.modules)

    @property
    def loose(self) -> list[content.Module]:
        """Modules that serve no outcome, or do not say so."""
        used = {module.key for row in self.rows for module in row.modules}
        return [module for module in self.columns if module.key not in used]


def coverage() -> Coverage:
    """As it is live now."""
    modules, cases = content.modules(), content.cases()
    themes = []
    for number, theme in enumerate(content.themes(), start=1):
        about = tuple(case for case in cases if theme.slug in {one.slug for one in case.themes})
        rows = tuple(
            Row(
                f"{number}.{place}",
                outcome,
                tuple(modules[key] for key in outcome.modules if key in modules),
            )
            for place, outcome in enumerate(theme.outcomes, start=1)
        )
        themes.append(ThemeRows(theme, rows, about))
    return Coverage(tuple(themes), tuple(modules.values()))


def lines_of(found: Coverage) -> Iterator[list[object]]:
    """The same as the page shows, for a file: a line for each outcome."""
    yield [_("thema"), _("nummer"), _("kenmerk"), _("modules"), _("casussen bij het thema")]
    for theme in found.themes:
        cases = ", ".join(case.title for case in theme.cases)
        for row in theme.rows:
            titles = ", ".join(module.title for module in row.modules)
            yield [theme.theme.name, row.number, row.outcome.text, titles, cases]
