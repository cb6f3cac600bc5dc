"""One checked text, ready to become a page: what it is, where it goes, what is in it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cursussen.loading.bodies import BodyReader
from cursussen.loading.pictures import names_in
from cursussen.loading.shape import mistakes
from cursussen.loading.sources import ContentError, ContentErrors, Source, read_source
from cursussen.models import (
    BasePage,
    CasePage,
    InfoPage,
    LessonPage,
    ModulePage,
    Outcome,
    PolicyPage,
    QuizPage,
    ScenarioPage,
    Standing,
    Theme,
)

MODELS: dict[str, type[BasePage]] = {
    "module": ModulePage,
    "les": LessonPage,
    "quiz": QuizPage,
    "scenario": ScenarioPage,
    "casus": CasePage,
    "afspraak": PolicyPage,
    "pagina": InfoPage,
}
PARTS = {"les", "quiz", "scenario"}
DEFAULT_STRAND = "bescherming-tegen-benadering"
LOADER = b"1"  # raise when the same text must be loaded anew


@dataclass(frozen=True)
class LoadableText:
    """A text without mistakes; ``parent`` is a strand's slug or a module's key."""

    source: Source
    model: type[BasePage]
    parent: str
    values: dict[str, Any]
    themes: tuple[str, ...]
    outcomes: tuple[str, ...]
    digest: str

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The questions of a quiz or policy, as the file gives them."""
        found: list[dict[str, Any]] = self.source.meta.get("vraag", [])
        return found

    @property
    def links(self) -> dict[str, str]:
        """Fields of a case that are another page, with the name in the file that gives its key."""
        return {"practice": "oefenen", "policy": "afspraak"} if self.model is CasePage else {}


def read_folder(folder: Path) -> list[LoadableText]:
    """Every text of a content folder in the order to load; raises ``ContentErrors``."""
    errors: list[ContentError] = []
    texts: list[LoadableText] = []
    for path in _paths(folder):
        try:
            texts.append(_read_text(path, folder))
        except ContentError as error:
            errors.append(error)
        except ContentErrors as several:
            errors += several.errors
    errors += _repeated_keys(texts)
    if errors:
        raise ContentErrors(sorted(errors, key=lambda error: (str(error.path), error.line)))
    return texts


def _paths(folder: Path) -> Iterator[Path]:
    """A module before its parts, its parts in the order of their numbers, and a case after what it
    leads on to.
    """
    for module in sorted((folder / "modules").glob("*/module.md")):
        yield module
        parts = [path for path in module.parent.iterdir() if path.suffix in {".md", ".toml"}]
        yield from sorted((path for path in parts if path != module), key=_number)
    yield from sorted((folder / "afspraken").glob("*.md"))
    yield from sorted((folder / "casussen").glob("*.md"))
    yield from sorted((folder / "paginas").glob("*.md"))


def _number(path: Path) -> tuple[int, str]:
    number = path.name.partition("-")[0]
    return (int(number) if number.isdigit() else 10_000, path.name)


def _read_text(path: Path, folder: Path) -> LoadableText:
    source = read_source(path)
    if errors := [*mistakes(source), *_unknown(source)]:
        raise ContentErrors(errors)
    reader = BodyReader(source, folder / "beeld")
    for data in source.meta.get("vraag", []):
        if "beeld" in data:
            reader.picture(data["beeld"], source.line_of("beeld"))
    values = _values(source, reader)
    return LoadableText(
        source=source,
        model=MODELS[source.kind],
        parent=_parent(source, path),
        values=values,
        themes=tuple(source.meta.get("themas", [])),
        outcomes=tuple(source.meta.get("kenmerken", [])),
        digest=_digest(source, values, folder / "beeld"),
    )


def _values(source: Source, reader: BodyReader) -> dict[str, Any]:
    """The fields of the page, by the names of the model."""
    meta = source.meta
    values: dict[str, Any] = {"title": meta["titel"], "review_on": meta.get("herziening")}
    if "samenvatting" in meta:
        values["summary"] = meta["samenvatting"]
    if "minuten" in meta:
        values["minutes"] = meta["minuten"]
    if "beeld" in meta:
        picture = reader.picture(meta["beeld"], source.line_of("beeld"))
        values |= {"picture": picture, "picture_alt": meta["beeld_alt"]}
    if source.kind == "afspraak":
        return values | _policy_values(meta, reader)
    return values | _own_values(source, reader)


def _own_values(source: Source, reader: BodyReader) -> dict[str, Any]:
    meta = source.meta
    match source.kind:
        case "module":
            return {
                "intro": reader.html(),
                "goals": [("goal", goal) for goal in meta["leerdoelen"]],
                "for_everyone": meta.get("iedereen", False),
                "days_to_complete": meta.get("dagen", 90),
            }
        case "les":
            return {"body": reader.blocks(), "sources": "\n".join(meta.get("bronnen", []))}
        case "pagina":
            return {"body": reader.blocks()}
        case "scenario":
            return {"scenario_key": meta["scenario"]}
        case "casus":
            return {
                "sections": reader.sections(),
                "origin": meta["herkomst"],
                "source": meta["bron"],
                "functions": ", ".join(meta.get("functies", [])),
                "phase": meta.get("fase", ""),
                "sensitivity": meta.get("gevoeligheid", ""),
                "example": meta["voorbeeld"],
            }
    return {}


def _policy_values(meta: dict[str, Any], reader: BodyReader) -> dict[str, Any]:
    return {
        "body": reader.policy(),
        "owner_name": meta["eigenaar"],
        "holds_from": meta["geldt_vanaf"],
        "source": meta["bron"],
        "source_url": meta.get("bron_adres", ""),
        "asked_of": meta["voor"],
        "days_to_read": meta.get("dagen", 30),
        "changes": meta.get("verandert", ""),
        "is_minor": meta.get("klein", False),
        "standing": Standing.ASSESSED,
        "search_words": "\n".join(meta.get("zoekwoorden", [])),
        "contact": meta.get("wie", ""),
        "regions": ", ".join(meta.get("regios", [])),
    }


def _parent(source: Source, path: Path) -> str:
    if source.kind in PARTS:
        return read_source(path.parent / "module.md").key
    return str(source.meta.get("leerlijn", DEFAULT_STRAND))


def _digest(source: Source, values: dict[str, Any], pictures: Path) -> str:
    digest = hashlib.sha256(LOADER + source.raw)
    asked = {data["beeld"] for data in source.meta.get("vraag", []) if "beeld" in data}
    for name in sorted(names_in(values) | asked):
        digest.update((pictures / name).read_bytes())
    return digest.hexdigest()


def _unknown(source: Source) -> Iterator[ContentError]:
    """Themes and outcomes that a file names and that are not there."""
    if "themas" in source.meta:
        themes = Theme.objects.values_list("slug", flat=True)
        yield from _not_among(themes, source, "themas", _("thema"))
    if "kenmerken" in source.meta:
        outcomes = Outcome.objects.values_list("key", flat=True)
        yield from _not_among(outcomes, source, "kenmerken", _("kenmerk"))


def _not_among(
    there: Iterable[str], source: Source, name: str, what: str
) -> Iterator[ContentError]:
    known = sorted(there)
    for key in source.meta[name]:
        if key not in known:
            yield source.error(
                _("Onbekend %(what)s ‘%(key)s’; kies uit: %(known)s.")
                % {"what": what, "key": key, "known": ", ".join(known)},
                at=name,
            )


def _repeated_keys(texts: list[LoadableText]) -> Iterator[ContentError]:
    seen: dict[str, Path] = {}
    for text in texts:
        if text.source.key in seen:
            yield text.source.error(
                _("De sleutel is al van %(path)s; kies een andere.")
                % {"path": seen[text.source.key]},
                at="sleutel",
            )
        seen[text.source.key] = text.source.path
