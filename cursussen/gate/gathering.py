"""Every piece of text that a page brings along, also what is not on the screen: descriptions of
pictures, titles of files (which begin as file names), addresses in links, and what a PDF says or
captions do.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pypdfium2
from django.db.models import CharField, SlugField, TextField
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import AbstractPage

from cursussen.captions import words_of
from cursussen.gate.html import read

TAG = re.compile(r"<[^>]+>")
SAID_IN_A_TAG = re.compile(r"""(?:href|title|alt)\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
MOST_PAGES = 200  # of a PDF


Way = tuple[str | int, ...]
"""How to get to a value: the field of the page, and on through what is stored of its blocks."""


@dataclass(frozen=True)
class Passage:
    """A piece of text as somebody wrote it. ``where`` says in words where it stands, ``way`` where
    it is kept in the page; without one it cannot be changed there. Of rich text ``html`` is what is
    kept. ``file`` is the picture or document that it is said of, which has a screen of its own.
    """

    where: str
    text: str
    way: Way = ()
    html: str | None = None
    file: Any = None


def passages_of(page: Any) -> list[Passage]:
    """All text of this page, as it is in hand (a draft, or an older version)."""
    found = (*_fields(page), *_streams(page), *_picture_at_the_head(page))
    return [passage for passage in found if passage.text.strip()]


def _fields(page: Any) -> Iterator[Passage]:
    """What an editor can fill in: not the places and dates that Wagtail keeps."""
    kept_by_wagtail = {field.name for field in AbstractPage._meta.get_fields()}
    for field in page._meta.concrete_fields:
        written = isinstance(field, CharField | TextField) and not field.choices
        if written and (field.name in WRITTEN or field.name not in kept_by_wagtail):
            way = () if isinstance(field, SlugField) else (field.name,)
            yield Passage(str(field.verbose_name), str(getattr(page, field.name) or ""), way)


WRITTEN = {"title", "slug"}
WORDS = (blocks.CharBlock, blocks.TextBlock)


def _streams(page: Any) -> Iterator[Passage]:
    for field in page._meta.get_fields():
        value = getattr(page, field.name, None) if field.concrete else None
        if isinstance(value, blocks.StreamValue):
            yield from _stream(value, str(field.verbose_name), (field.name,))


def _stream(value: blocks.StreamValue, where: str, way: Way) -> Iterator[Passage]:
    for number, child in enumerate(value, start=1):
        label = f"{where} › {child.block.label} {number}"
        yield from _block(child.block, child.value, label, (*way, number - 1, "value"))


def _block(block: Any, value: Any, where: str, way: Way) -> Iterator[Passage]:
    """The text in one block, whatever it is made of."""
    if value in (None, "") or isinstance(block, blocks.ChoiceBlock):
        return
    for kind, read_block in READERS.items():
        if isinstance(block, kind):
            yield from read_block(block, value, where, way)
            return
    yield Passage(where, str(value), way if isinstance(block, WORDS) else ())


def _struct(block: Any, value: Any, where: str, way: Way) -> Iterator[Passage]:
    for name, child in block.child_blocks.items():
        yield from _block(child, value.get(name), f"{where} › {child.label}", (*way, name))


def _list(block: Any, value: Any, where: str, way: Way) -> Iterator[Passage]:
    for number, item in enumerate(value, start=1):
        inside = (*way, number - 1, "value")
        yield from _block(block.child_block, item, f"{where} {number}", inside)


def _rich_text(block: Any, value: Any, where: str, way: Way) -> Iterator[Passage]:
    yield Passage(where, read(value.source).text, way, html=value.source)
    for tag in TAG.findall(value.source):
        for said in SAID_IN_A_TAG.findall(tag):
            yield Passage(f"{where} › {_('in een link')}", unescape(said))


# Pictures and files -------------------------------------------------------------------------------
def _picture_at_the_head(page: Any) -> Iterator[Passage]:
    if getattr(page, "picture", None):
        yield from _picture(page.picture, str(page._meta.get_field("picture").verbose_name))


def _picture(picture: Any, where: str) -> Iterator[Passage]:
    """Its title begins as the name of the file that was uploaded."""
    yield Passage(f"{where} › {_('naam van het beeld')}", picture.title, file=picture)
    yield Passage(f"{where} › {_('beschrijving')}", picture.description, file=picture)
    yield from _tags(picture, where)


def _document(file: Any, where: str) -> Iterator[Passage]:
    yield Passage(f"{where} › {_('naam van het bestand')}", file.title, file=file)
    yield from _tags(file, where)
    if file.file_extension == "pdf":
        for number, text in enumerate(text_of_pdf(_bytes(file)), start=1):
            page = _("bladzijde %(number)s") % {"number": number}
            yield Passage(f"{where} › {file.title} › {page}", text)
    if file.file_extension == "vtt":
        yield Passage(f"{where} › {file.title}", words_of(_bytes(file)))


def _bytes(file: Any) -> bytes:
    with file.open_file() as opened:
        found: bytes = opened.read()
    return found


def _tags(item: Any, where: str) -> Iterator[Passage]:
    said = ", ".join(tag.name for tag in item.tags.all())
    yield Passage(f"{where} › {_('trefwoorden')}", said, file=item)


def text_of_pdf(data: bytes) -> Iterable[str]:
    """What each page of it says. Nothing of a page that is only a picture of text."""
    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), MOST_PAGES)):
        yield document[number].get_textpage().get_text_bounded()


READERS: dict[type, Callable[[Any, Any, str, Way], Iterator[Passage]]] = {
    blocks.StructBlock: _struct,
    blocks.StreamBlock: lambda block, value, where, way: _stream(value, where, way),
    blocks.ListBlock: _list,
    blocks.RichTextBlock: _rich_text,
    ImageChooserBlock: lambda block, value, where, way: _picture(value, where),
    DocumentChooserBlock: lambda block, value, where, way: _document(value, where),
}
