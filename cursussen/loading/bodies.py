"""From text to the blocks of the CMS; the names an author writes are the keys here."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from cursussen import blocks
from cursussen.loading.directives import Directive, Text, fields, split
from cursussen.loading.markdown import to_html
from cursussen.loading.sources import ContentError, Source

Block = tuple[str, Any]
Readers = dict[str, Callable[[Directive], Block]]
SECTION_KINDS = {kind for kind, _label in blocks.SECTION_KINDS}


class PictureName(str):
    """The name of a file in ``beeld/``, where a picture must come (see ``pictures``)."""

    __slots__ = ()


class BodyReader:
    """Reads the text of one file; every mistake is an error at its line."""

    def __init__(self, source: Source, pictures: Path) -> None:
        self.source = source
        self.pictures = pictures

    def html(self) -> str:
        """The whole text as rich text; directives are not for here."""
        blocks = list(self._split(self.source.body, self.source.body_line))
        for block in blocks:
            if isinstance(block, Directive):
                raise self.fail(block.line, _("Hier kan alleen tekst staan, geen ‘:::’-blok."))
        return "".join(self._html(block) for block in blocks if isinstance(block, Text))

    def blocks(self) -> list[Block]:
        """The whole text as blocks."""
        return list(self._blocks(self.source.body, self.source.body_line))

    def policy(self) -> list[Block]:
        """The text of a policy as blocks: words, and what the service must fill in."""
        readers: Readers = {"onthoud": self._remember, "invullen": self._slot}
        return list(self._blocks(self.source.body, self.source.body_line, readers))

    def sections(self) -> list[Block]:
        """The text of a case: ``::: deel`` blocks and nothing between them."""
        parts = self._split(self.source.body, self.source.body_line)
        return [self._section(part) for part in parts]

    def picture(self, name: str, line: int) -> PictureName:
        """The name of a picture that is really there."""
        if not (self.pictures / name).is_file():
            message = _("Er is geen beeld ‘%(name)s’ in de map beeld.") % {"name": name}
            raise self.fail(line, message)
        return PictureName(name)

    def fail(self, line: int, message: str) -> ContentError:
        """An error at a line of this file."""
        return self.source.error(message, at=line)

    def _split(self, text: str, line: int) -> Iterator[Text | Directive]:
        return split(text, first_line=line, fail=self.fail)

    def _html(self, text: Text) -> str:
        return to_html(text.text, first_line=text.line, fail=self.fail)

    def _blocks(self, text: str, line: int, readers: Readers | None = None) -> Iterator[Block]:
        readers = readers or self._readers()
        for part in self._split(text, line):
            if isinstance(part, Text):
                yield "text", RichText(self._html(part))
            elif part.name in readers:
                yield readers[part.name](part)
            else:
                names = ", ".join(readers)
                message = _("Onbekend blok; kies uit: %(names)s.") % {"names": names}
                raise self.fail(part.line, message)

    def _readers(self) -> Readers:
        return {
            "beeld": self._picture,
            "film": self._film,
            "onthoud": self._remember,
            "citaat": self._quote,
        }

    def _section(self, part: Text | Directive) -> Block:
        if isinstance(part, Text) or part.name != "deel":
            raise self.fail(part.line, _("Zet de tekst van een casus in ‘::: deel’-blokken."))
        kind = self._need(part, part.options, "soort")
        title = self._need(part, part.options, "titel")
        if kind == blocks.MOMENT:
            return "moment", {"title": title} | self._moment(part)
        if kind not in SECTION_KINDS:
            names = ", ".join(sorted({*SECTION_KINDS, blocks.MOMENT}))
            message = _("Onbekende soort; kies uit: %(names)s.") % {"names": names}
            raise self.fail(part.line, message)
        return "section", {"kind": kind, "title": title, "body": self._inside(part)}

    def _moment(self, part: Directive) -> dict[str, Any]:
        found = self._inside(part, {"keuze": self._option})
        options = [value for kind, value in found if kind == "option"]
        if not 2 <= len(options) <= 4:
            raise self.fail(part.line, _("Geef bij een keuzemoment twee tot vier keuzes."))
        body = [block for block in found if block[0] != "option"]
        return {
            "question": self._need(part, part.options, "vraag"),
            "body": body,
            "options": options,
        }

    def _option(self, part: Directive) -> Block:
        text = self._need(part, part.options, "tekst")
        return "option", {"text": text, "reflection": self._rich(part)}

    def _inside(self, part: Directive, more: Readers | None = None) -> list[Block]:
        readers = self._readers() | (more or {})
        return list(self._blocks(part.inner, part.line + 1, readers))

    def _picture(self, part: Directive) -> Block:
        given, _rest = fields(part)
        name = self._need(part, part.options, "bestand")
        return "picture", {
            "image": self.picture(name, part.line),
            "alt": self._need(part, given, "alt"),
            "caption": given.get("bijschrift", ""),
        }

    def _film(self, part: Directive) -> Block:
        given, rest = fields(part)
        self._need(part, given, "transcript")
        return "film", {
            "still": self.picture(self._need(part, part.options, "still"), part.line),
            "alt": self._need(part, given, "alt"),
            "title": self._need(part, part.options, "titel"),
            "duration": part.options.get("duur", ""),
            "video": None,
            "captions": None,
            "transcript": RichText(self._html(rest)),
        }

    def _remember(self, part: Directive) -> Block:
        return "remember", {"text": self._rich(part)}

    def _slot(self, part: Directive) -> Block:
        return "slot", " ".join(part.inner.split())

    def _quote(self, part: Directive) -> Block:
        return "quote", {"text": self._rich(part), "who": self._need(part, part.options, "wie")}

    def _rich(self, part: Directive) -> RichText:
        return RichText(self._html(Text(part.line + 1, part.inner)))

    def _need(self, part: Directive, given: dict[str, str], name: str) -> str:
        if not given.get(name):
            raise self.fail(part.line, _("Dit blok mist ‘%(name)s’.") % {"name": name})
        return given[name]
