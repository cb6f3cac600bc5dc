"""Themes with their outcomes, goals and the glossary, from the files in ``programma``.

Each row is found by its key. What an editor changed is left alone (see ``FromFile``); what is in
no file any more stays too, since modules may refer to it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cursussen.loading.shape import LIST, TEXT, TRUTH, Name, compare, tables
from cursussen.loading.sources import ContentError, ContentErrors, Source, read_source
from cursussen.models import Goal, Outcome, Term, Theme
from cursussen.models.programme import FromFile

THEME = {
    "sleutel": Name(TEXT),
    "doel": Name(TEXT),
    "van_woord": Name(TEXT, required=False),
    "van": Name(TEXT, required=False),
    "naar_woord": Name(TEXT, required=False),
    "naar": Name(TEXT, required=False),
    "kenmerk": Name(LIST),
}
OUTCOME = {"sleutel": Name(TEXT), "tekst": Name(TEXT)}
GOAL = {"sleutel": Name(TEXT), "kort": Name(TEXT), "tekst": Name(TEXT)} | {
    "hoofd": Name(TRUTH, required=False)
}
TERM = {"sleutel": Name(TEXT), "woord": Name(TEXT), "betekenis": Name(TEXT)}
FILES = {
    "themas.toml": ("thema", THEME),
    "doelen.toml": ("doel", GOAL),
    "woordenlijst.toml": ("woord", TERM),
}


def load_programme(folder: Path) -> None:
    """Every file of the folder that is there; raises ``ContentErrors`` before it writes."""
    sources = [read_source(folder / name) for name in FILES if (folder / name).exists()]
    if errors := [error for source in sources for error in _mistakes(source)]:
        raise ContentErrors(errors)
    given = {name: table for source in sources for name, table in source.meta.items()}
    _load_themes(given.get("thema", []))
    for order, goal in enumerate(given.get("doel", [])):
        row = Goal.objects.filter(key=goal["sleutel"]).first() or Goal(key=goal["sleutel"])
        row.order, row.is_main = order, goal.get("hoofd", False)
        _write(row, name=goal["kort"], text=goal["tekst"])
    for term in given.get("woord", []):
        word = Term.objects.filter(key=term["sleutel"]).first() or Term(key=term["sleutel"])
        _write(word, name=term["woord"], meaning=term["betekenis"])


def _load_themes(given: list[Mapping[str, Any]]) -> None:
    for data in given:
        theme = Theme.objects.get(slug=data["sleutel"])
        _write(
            theme,
            goal=data["doel"],
            from_word=data.get("van_woord", ""),
            from_text=data.get("van", ""),
            to_word=data.get("naar_woord", ""),
            to_text=data.get("naar", ""),
        )
        for order, one in enumerate(data["kenmerk"], start=1):
            found = Outcome.objects.filter(key=one["sleutel"]).first()
            outcome = found or Outcome(key=one["sleutel"], theme=theme, order=order)
            _write(outcome, text=one["tekst"])


def _write(row: FromFile, **words: str) -> None:
    """Put these words in, unless somebody else did since or they are there."""
    if row.is_of_an_editor or (row.loaded and all(getattr(row, n) == w for n, w in words.items())):
        return
    for name, value in words.items():
        setattr(row, name, value)
    row.loaded = row.digest()
    row.save()


def _mistakes(source: Source) -> Iterator[ContentError]:
    table, shape = FILES[source.path.name]
    yield from compare(source, source.meta, {table: Name(LIST)})
    known = set(Theme.objects.values_list("slug", flat=True))
    keys: list[str] = []
    for row in tables(source.meta, table):
        yield from compare(source, row, shape)
        keys.append(str(row.get("sleutel")))
        if table == "thema":
            if row.get("sleutel") not in known:
                yield source.error(
                    _("Er zijn zes thema’s; dit is er geen: %(key)s.") % {"key": row.get("sleutel")}
                )
            for outcome in tables(row, "kenmerk"):
                yield from compare(source, outcome, OUTCOME)
                keys.append(str(outcome.get("sleutel")))
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield source.error(_("De sleutel ‘%(key)s’ staat hier twee keer.") % {"key": key})
