"""The gate for PDFs: what is read stays, what tells who made it, when and with what goes.

A PDF is written anew from what its pages need. So earlier versions that a program left inside it
are gone too, as are unseen comments, files within the file, and anything that would run.
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

MAX_BYTES = 20 * 1024 * 1024
TOO_HEAVY = _("Deze PDF is groter dan 20 MB. Maak hem kleiner en probeer het opnieuw.")
DAMAGED = _("Deze PDF is niet compleet. Sla hem opnieuw op en probeer het nog eens.")
LOCKED = _("Deze PDF is beveiligd met een wachtwoord. Sla hem op zonder wachtwoord.")
STRANGE_PICTURE = _(
    "In deze PDF staat een beeld dat Leer niet kan schoonmaken (JPEG 2000). Druk hem af naar PDF."
)

# Of any object: what says how it came about, a picture of the page as it was, and what would run.
NEVER = (
    "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/AF", "/JS", "/XFA",
    "/CreatorInfo",
)  # fmt: skip
NEVER_IN_ROOT = ("/OpenAction", "/Collection", "/Threads", "/SpiderInfo", "/Perms", "/DSS")
GOES_SOMEWHERE = {"/URI", "/GoTo", "/Named"}  # a link may do other things: run, open, send
NEVER_IN_NAMES = ("/EmbeddedFiles", "/JavaScript")
SHOWN = {"/Link", "/Widget"}  # the other notes on a page say who wrote them
SOMEBODYS = ("/T", "/M", "/CreationDate", "/NM", "/Contents")


def clean_pdf(data: bytes) -> bytes:
    """The same pages; raises ``ValidationError`` for what cannot be read."""
    if len(data) > MAX_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_heavy")
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _written_anew(pdf)
    except pikepdf.PasswordError:
        raise ValidationError(LOCKED, code="locked") from None
    except pikepdf.PdfError:
        raise ValidationError(DAMAGED, code="damaged") from None


def _written_anew(pdf: Pdf) -> bytes:
    if not len(pdf.pages):
        raise pikepdf.PdfError
    del pdf.docinfo
    _leave_out(pdf.Root, NEVER_IN_ROOT)
    _leave_out(pdf.Root.get("/Names", Dictionary()), NEVER_IN_NAMES)
    for page in pdf.pages:
        _keep_shown_notes(page.obj)
    for one in _dictionaries(pdf):
        _leave_out(one, NEVER)
        _keep_harmless_action(one)
        if one.get("/FT") == Name.Sig:
            _leave_out(one, ("/V",))  # who signed; of a file written anew it is no longer true
        if isinstance(one, Stream):
            _clean_picture(pdf, one)
    out = BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False)
    return out.getvalue()


def _dictionaries(pdf: Pdf) -> Iterator[Dictionary | Stream]:
    for one in list(pdf.objects):
        yield from _within(one)


def _within(one: Object) -> Iterator[Dictionary | Stream]:
    """Also those without a number of their own, however deep."""
    if isinstance(one, Dictionary | Stream):
        yield one
        inner = [value for _name, value in one.items()]
    else:
        inner = list(one) if isinstance(one, Array) else []
    for value in inner:
        if isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _within(value)


def _leave_out(one: Object, names: tuple[str, ...]) -> None:
    for name in names:
        if name in one:
            del one[name]


def _keep_harmless_action(one: Object) -> None:
    """Of what happens at a press: to go somewhere, and nothing after it."""
    action = one.get("/A")
    if not (isinstance(action, Dictionary) and "/S" in action):
        return
    if str(action.S) in GOES_SOMEWHERE:
        _leave_out(action, ("/Next",))
    else:
        del one["/A"]


def _clean_picture(pdf: Pdf, stream: Stream) -> None:
    """A photograph in a PDF is a file of its own, with all that a camera wrote in it."""
    filters = stream.get("/Filter", Array())
    packed = list(filters) if isinstance(filters, Array) else [filters]
    if Name.JPXDecode in packed:
        raise ValidationError(STRANGE_PICTURE, code="strange_picture")
    if packed and packed[-1] == Name.DCTDecode:
        jpeg = _unpacked(pdf, stream.read_raw_bytes(), packed[:-1])
        stream.write(without_remarks(jpeg), filter=Name.DCTDecode)


def _unpacked(pdf: Pdf, data: bytes, filters: list[Object]) -> bytes:
    if not filters:
        return data
    outer = pdf.make_stream(b"")  # no page needs it: it is not written
    outer.write(data, filter=Array(filters))
    return outer.read_bytes()


def _keep_shown_notes(page: Object) -> None:
    notes = [note for note in page.get("/Annots", []) if str(note.get("/Subtype")) in SHOWN]
    for note in notes:
        _leave_out(note, SOMEBODYS if note.Subtype == Name.Link else ())
    if notes:
        page.Annots = Array(notes)
    elif "/Annots" in page:
        del page["/Annots"]


def without_remarks(jpeg: bytes) -> bytes:
    """A JPEG without what a camera or a program wrote beside the picture (APP1 to APP15 but for
    Adobe's, which says what the colours mean, and comments).
    """
    out, at = bytearray(jpeg[:2]), 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if not _is_remark(jpeg[at + 1]):
            out += jpeg[at:end]
        at = end
    return bytes(out + jpeg[at:])


def _is_remark(marker: int) -> bool:
    return marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)
