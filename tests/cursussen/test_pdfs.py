"""Nothing of a PDF but its pages is kept: not who made it, when, or with what."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, String
from PIL import Image

from cursussen.pdfs import clean_pdf
from tests.support.factories_content import jpeg_with_gps

SECRET = b"Jan de Vries, kade 4"
WORDS = "Wat iedereen mag lezen"


def one_page() -> Pdf:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 200 Td ({WORDS}) Tj ET".encode())
    return pdf


def stored(pdf: Pdf, **save: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **save)  # type: ignore[arg-type]
    return out.getvalue()


def everything_in(data: bytes) -> bytes:
    """The file, every object in words, and every stream as it is and unpacked."""
    found = [data]
    with pikepdf.open(BytesIO(data)) as pdf:
        for one in pdf.objects:
            found.append(repr(one).encode())
            if isinstance(one, pikepdf.Stream):
                found.append(one.read_raw_bytes())
                found.append(_unpacked(one))
    return b"\n".join(found)


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""


def text_of(data: bytes) -> str:
    return str(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded())


# Where it hides -----------------------------------------------------------------------------------
def in_the_properties(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = SECRET.decode()


def in_the_xmp(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(SECRET)


def in_the_xmp_of_a_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.Metadata = pdf.make_stream(SECRET)


def in_what_a_program_left(pdf: Pdf) -> None:
    private = Dictionary(Private=String(SECRET.decode()))
    pdf.pages[0].obj.PieceInfo = Dictionary(Illustrator=private)


def in_a_small_picture_of_the_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.Thumb = pdf.make_stream(SECRET)


def in_a_file_inside(pdf: Pdf) -> None:
    pdf.attachments["jan.txt"] = AttachedFileSpec(pdf, SECRET)


def in_a_comment(pdf: Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String("x"),
        T=String(SECRET.decode()),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def in_what_would_run(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String(SECRET.decode()))
    pdf.Root.OpenAction = script
    pdf.pages[0].obj.AA = Dictionary(O=script)


def in_what_no_page_needs(pdf: Pdf) -> None:
    pdf.make_stream(SECRET)


def pressed(pdf: Pdf, **more: object) -> None:
    """Something on the page that can be pressed, or filled in."""
    note = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **more)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(SECRET.decode()))


def in_what_a_link_would_run(pdf: Pdf) -> None:
    pressed(pdf, Subtype=Name.Link, A=script())


def in_what_runs_after_a_link(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://voorbeeld.nl"), Next=script())
    pressed(pdf, Subtype=Name.Link, A=action)


def in_the_path_of_a_program(pdf: Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String(SECRET.decode()))
    pressed(pdf, Subtype=Name.Link, A=action)


def in_what_a_button_would_run(pdf: Pdf) -> None:
    pressed(pdf, Subtype=Name.Widget, FT=Name.Btn, T=String("knop"), A=script())


def in_a_signature(pdf: Pdf) -> None:
    signed = Dictionary(Type=Name.Sig, Name=String(SECRET.decode()))
    pressed(pdf, Subtype=Name.Widget, FT=Name.Sig, T=String("veld"), V=signed)


def in_a_contents_list_that_runs(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("x"), A=script()))
    item.Parent = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
    pdf.Root.Outlines = item.Parent


def in_a_form_of_another_kind(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(SECRET))


def in_who_made_a_layer(pdf: Pdf) -> None:
    usage = Dictionary(CreatorInfo=Dictionary(Creator=String(SECRET.decode())))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("laag"), Usage=usage))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


HIDING = [
    in_the_properties, in_the_xmp, in_the_xmp_of_a_page, in_what_a_program_left,
    in_a_small_picture_of_the_page, in_a_file_inside, in_a_comment, in_what_would_run,
    in_what_no_page_needs, in_what_a_link_would_run, in_what_runs_after_a_link,
    in_the_path_of_a_program, in_what_a_button_would_run, in_a_signature,
    in_a_contents_list_that_runs, in_a_form_of_another_kind, in_who_made_a_layer,
]  # fmt: skip


@pytest.mark.parametrize("hide", HIDING, ids=lambda hide: hide.__name__)
def test_it_is_gone_and_the_text_is_there(hide: Callable[[Pdf], None]) -> None:
    pdf = one_page()
    hide(pdf)
    cleaned = clean_pdf(stored(pdf))
    assert SECRET not in everything_in(cleaned)
    assert text_of(cleaned) == WORDS


def test_an_earlier_version_inside_the_file_is_gone() -> None:
    data = stored(one_page())
    end = data.rindex(b"startxref")
    old = b"99 0 obj\n(" + SECRET + b")\nendobj\n"
    assert SECRET not in clean_pdf(data[:end] + old + data[end:])


# Pictures in it -----------------------------------------------------------------------------------
def with_photograph(jpeg: bytes, *, packed: bool = False) -> bytes:
    pdf = one_page()
    width, height = Image.open(BytesIO(jpeg)).size
    filters = [Name.FlateDecode, Name.DCTDecode] if packed else [Name.DCTDecode]
    picture = pdf.make_stream(zlib.compress(jpeg) if packed else jpeg)
    picture.write(
        zlib.compress(jpeg) if packed else jpeg, filter=Array(filters) if packed else filters[0]
    )
    for name, value in {
        "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": width, "/Height": height,
        "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8,
    }.items():  # fmt: skip
        picture[name] = value
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im1=picture)
    return stored(pdf, compress_streams=False)


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_photograph_in_it_forgets_where_it_was_taken(packed: bool) -> None:
    cleaned = clean_pdf(with_photograph(jpeg_with_gps(), packed=packed))
    with pikepdf.open(BytesIO(cleaned)) as pdf:
        jpeg = pdf.pages[0].obj.Resources.XObject.Im1.read_raw_bytes()
    photograph = Image.open(BytesIO(jpeg))
    photograph.load()
    assert not photograph.getexif()
    assert photograph.size == Image.open(BytesIO(jpeg_with_gps())).size


def test_a_picture_that_cannot_be_cleaned_is_refused() -> None:
    pdf = one_page()
    strange = pdf.make_stream(b"x")
    strange.write(b"x", filter=Name.JPXDecode)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im1=strange)
    with pytest.raises(ValidationError, match="JPEG 2000"):
        clean_pdf(stored(pdf, compress_streams=False))


# What is refused ----------------------------------------------------------------------------------
def test_a_link_stays() -> None:
    pdf = one_page()
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.URI, URI=String("https://voorbeeld.nl")),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    assert b"https://voorbeeld.nl" in everything_in(clean_pdf(stored(pdf)))


def test_one_with_a_password_is_refused_in_words() -> None:
    locked = stored(one_page(), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ValidationError, match="wachtwoord"):
        clean_pdf(locked)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n1 0 obj\n%%EOF\n", b"%PDF-", b"%PDF-1.4\n" + bytes(999)]
)
def test_what_is_no_pdf_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ValidationError, match="niet compleet"):
        clean_pdf(data)


def test_cleaning_again_changes_nothing() -> None:
    once = clean_pdf(stored(one_page()))
    assert clean_pdf(once) == once
