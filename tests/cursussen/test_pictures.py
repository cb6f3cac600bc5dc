"""The gate for pictures and documents: nothing but pixels reaches the disk, by no way in."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, ReferenceIndex, UploadedFile

from cursussen import pictures
from cursussen.films import clean_document
from cursussen.loading.pictures import Pictures
from cursussen.models import File, Picture
from cursussen.models.picture import USUAL_SPECS
from cursussen.pictures import clean_image
from cursussen.tasks import make_renditions
from leer.accounts.api import Role
from leer.core.models import Job
from tests.cursussen.test_pdfs import one_page, stored
from tests.support.factories_content import (
    image_bytes,
    jpeg_with_gps,
    lesson,
    module,
    picture,
    upload,
    user_with,
)

SECRET = b"GeheimeTelefoon"


@pytest.fixture
def editor(client: Client, settings: Any) -> Client:
    settings.ROOT_URLCONF = "tests.cursussen.urls"
    settings.WAGTAILIMAGES_IMAGE_FORM_BASE = "cursussen.forms.PictureForm"
    client.force_login(user_with(Role.EDITOR), backend="leer.accounts.backends.RoleBackend")
    return client


def assert_clean(folder: Path, *, at_least: int = 1) -> None:
    """Read every stored file again: no metadata of any kind, and no name of a person."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= at_least
    for path in files:
        data = path.read_bytes()
        assert SECRET not in data
        assert "jansen" not in path.name
        with Image.open(BytesIO(data)) as image:
            assert not image.getexif()
            assert not {"exif", "comment", "icc_profile", "xmp", "XML:com.adobe.xmp"} & set(
                image.info
            )


def test_a_photo_comes_out_without_place_device_and_comment() -> None:
    dirty = jpeg_with_gps()
    assert SECRET in dirty
    assert Image.open(BytesIO(dirty)).getexif().get_ifd(0x8825)
    clean = clean_image(dirty)
    assert clean.format == "JPEG"
    assert SECRET not in clean.data
    assert not Image.open(BytesIO(clean.data)).getexif()


def test_a_photo_taken_sideways_comes_out_upright() -> None:
    clean = clean_image(jpeg_with_gps((64, 48), orientation=6))
    assert Image.open(BytesIO(clean.data)).size == clean.size == (48, 64)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_each_format_stays_what_it_is(image_format: str) -> None:
    assert clean_image(image_bytes(image_format=image_format)).format == image_format


def test_a_picture_with_a_colour_profile_is_brought_to_srgb_without_it() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    clean = clean_image(image_bytes(icc_profile=profile))
    assert "icc_profile" not in Image.open(BytesIO(clean.data)).info


def test_png_text_and_transparency() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", SECRET.decode())
    out = BytesIO()
    Image.new("RGBA", (10, 10), (1, 2, 3, 0)).save(out, "PNG", pnginfo=info)
    clean = Image.open(BytesIO(clean_image(out.getvalue()).data))
    assert SECRET not in clean_image(out.getvalue()).data
    assert clean.getpixel((0, 0))[3] == 0


def segment(marker: int, body: bytes) -> bytes:
    """A piece of a JPEG beside its pixels."""
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def with_segments(*segments: bytes) -> bytes:
    jpeg = image_bytes()
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def exif_with_thumbnail() -> bytes:
    """As a camera writes it: a small picture from before the crop, in the EXIF."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    return exif.tobytes() + image_bytes((16, 12), comment=SECRET)


XMP = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0f" + SECRET
CARRIERS = {
    "xmp": with_segments(segment(0xE1, XMP)),
    "iptc": with_segments(segment(0xED, IPTC)),
    "thumbnail": image_bytes(exif=exif_with_thumbnail()),
    "broken profile": with_segments(segment(0xE2, b"ICC_PROFILE\x00\x01\x01" + SECRET)),
    "unknown segment": with_segments(segment(0xEB, SECRET)),
    "behind a jpeg": image_bytes() + SECRET,
    "behind a png": image_bytes(image_format="PNG") + SECRET,
    "behind a webp": image_bytes(image_format="WEBP") + SECRET,
    "archive behind a jpeg": image_bytes() + b"PK\x03\x04" + SECRET,
    "exif in a png": image_bytes(image_format="PNG", exif=exif_with_thumbnail()),
    "exif in a webp": image_bytes(image_format="WEBP", exif=exif_with_thumbnail()),
    "xmp in a webp": image_bytes(image_format="WEBP", xmp=XMP),
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_nothing_beside_the_pixels_comes_through(carrier: str) -> None:
    assert SECRET in CARRIERS[carrier]
    clean = clean_image(CARRIERS[carrier]).data
    assert SECRET not in clean
    assert b"PK\x03\x04" not in clean
    assert clean_image(clean).data[:4] == clean[:4]


@pytest.mark.parametrize("image_format", ["WEBP", "PNG"])
def test_what_moves_is_refused(image_format: str) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, image_format, save_all=True, append_images=frames[1:])
    with pytest.raises(ValidationError) as caught:
        clean_image(out.getvalue())
    assert caught.value.code == "animated"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_picture"),
        (b"%PDF-1.7", "no_picture"),
        (image_bytes(image_format="GIF"), "no_picture"),
        (image_bytes((300, 300))[:-400], "damaged"),
        (image_bytes() + b" " * pictures.MAX_BYTES, "too_heavy"),
    ],
    ids=["svg", "pdf", "gif", "truncated", "heavy"],
)
def test_what_is_no_picture_is_refused_with_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_image(data)
    assert caught.value.code == code


def test_a_pixel_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    small_file = BytesIO()
    Image.new("1", (20_000, 20_000)).save(small_file, "PNG")
    with pytest.raises(ValidationError) as caught:
        clean_image(small_file.getvalue())
    assert caught.value.code == "too_many_pixels"


@pytest.mark.django_db
class TestEveryWayIn:
    """Original and renditions are clean whichever way a picture came."""

    def test_through_code(self, media: Path) -> None:
        made = Picture.objects.create(title="x", file=upload())
        made.get_renditions(*USUAL_SPECS)
        assert (made.width, made.height) == (64, 48)
        assert made.file_size == (media / made.file.name).stat().st_size
        assert_clean(media, at_least=3)

    def test_through_the_field_itself(self, media: Path) -> None:
        made = Picture(title="x")
        made.file.save("foto-jan-jansen.jpg", ContentFile(jpeg_with_gps()))
        assert_clean(media)

    def test_through_the_multiple_upload(self, media: Path, editor: Client) -> None:
        done = editor.post(
            reverse("wagtailimages:add_multiple"),
            {"title": "Haven", "files[]": upload(), "collection": Collection.objects.get().pk},
        )
        assert done.json()["success"]
        Picture.objects.get().get_rendition("max-165x165")
        assert_clean(media)

    def test_through_the_multiple_upload_with_a_mistake_in_another_field(
        self, media: Path, editor: Client
    ) -> None:
        data = {"title": "x" * 300, "files[]": upload(), "collection": Collection.objects.get().pk}
        done = editor.post(reverse("wagtailimages:add_multiple"), data).json()
        assert UploadedFile.objects.count() == 1
        assert_clean(media)
        number = done["uploaded_file_id"]
        url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
        editor.post(
            url,
            {
                f"uploaded-image-{number}-title": "Haven",
                f"uploaded-image-{number}-collection": Collection.objects.get().pk,
            },
        )
        assert Picture.objects.get().title == "Haven"
        assert_clean(media)

    def test_through_the_chooser(self, media: Path, editor: Client) -> None:
        done = editor.post(
            reverse("wagtailimages_chooser:create"),
            {
                "image-chooser-upload-title": "Haven",
                "image-chooser-upload-file": upload(),
                "image-chooser-upload-collection": Collection.objects.get().pk,
            },
        )
        assert done.status_code == 200
        assert Picture.objects.count() == 1
        assert_clean(media)

    def test_as_somebodys_portrait(self, media: Path, editor: Client) -> None:
        from wagtail.users.models import UserProfile

        user = user_with(Role.EDITOR, name="jan")
        profile = UserProfile.get_for_user(user)
        profile.avatar = upload()
        profile.save()
        assert_clean(media)

    def test_what_is_no_picture_is_refused_in_the_form_and_by_code(
        self, media: Path, editor: Client
    ) -> None:
        bad = image_bytes((300, 300))[:-400]
        done = editor.post(
            reverse("wagtailimages:add_multiple"),
            {"title": "x", "files[]": upload(bad), "collection": Collection.objects.get().pk},
        )
        assert not done.json()["success"]
        with pytest.raises(ValidationError):
            Picture.objects.create(title="x", file=upload(bad))
        assert not Picture.objects.exists()
        assert not [path for path in media.rglob("*") if path.is_file()]

    def test_a_picture_never_gets_another_file(self, media: Path) -> None:
        made = picture()
        made.file = upload(image_bytes((10, 10)))
        with pytest.raises(ValidationError, match="nieuw beeld"):
            made.full_clean()
        with pytest.raises(ValidationError, match="nieuw beeld"):
            made.save()

    def test_the_usual_sizes_are_made_in_the_background_and_making_them_again_is_nothing(
        self, media: Path
    ) -> None:
        made = picture()
        assert Job.objects.filter(task="cursussen.tasks.make_renditions").count() == 1
        make_renditions.func(made.pk)
        count = made.renditions.count()
        make_renditions.func(made.pk)
        assert made.renditions.count() == count == len(USUAL_SPECS)
        make_renditions.func(0)  # a picture that is gone


PDF = stored(one_page())


def box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4) + kind + body


def film() -> bytes:
    header = box(b"mvhd", bytes(4) + b"\x11" * 8 + bytes(80))
    moov = box(b"moov", header + box(b"udta", box(b"\xa9xyz", SECRET)))
    return box(b"ftyp", b"isom") + moov + box(b"mdat", b"beeld")


@pytest.mark.django_db
class TestDocuments:
    def test_a_pdf_is_stored_under_a_name_that_says_nothing(self, media: Path) -> None:
        made = File.objects.create(title="x", file=SimpleUploadedFile("jan-jansen.pdf", PDF))
        assert "jansen" not in made.file.name
        assert made.url.startswith("/media/documents/")

    def test_what_only_says_to_be_a_pdf_is_refused(self, media: Path) -> None:
        with pytest.raises(ValidationError):
            File.objects.create(title="x", file=SimpleUploadedFile("x.pdf", b"MZ program"))
        with pytest.raises(ValidationError):
            File.objects.create(title="x", file=SimpleUploadedFile("x.pdf", PDF[:10]))
        assert not File.objects.exists()

    def test_a_film_keeps_its_length_and_loses_its_place_and_time(self, media: Path) -> None:
        made = File.objects.create(title="x", file=SimpleUploadedFile("x.mp4", film()))
        stored = (media / made.file.name).read_bytes()
        assert len(stored) == len(film())
        assert SECRET not in stored
        assert b"\x11" not in stored
        assert b"mdatbeeld" in stored


@pytest.mark.django_db
def test_a_picture_on_a_live_page_is_not_deleted_from_under_it() -> None:
    shown, unused = picture("Haven"), picture("Kade")
    module(picture=shown, picture_alt="Een haven.")
    with pytest.raises(PermissionDenied), transaction.atomic():
        shown.delete()
    assert Picture.objects.filter(pk=shown.pk).exists()
    unused.delete()


@pytest.mark.django_db
def test_a_picture_inside_the_text_of_a_live_page_is_kept_too() -> None:
    shown = picture("Haven")
    block = {"image": shown, "alt": "Een haven.", "caption": ""}
    page = lesson(module(parts=False), body=[("picture", block)])
    ReferenceIndex.create_or_update_for_object(page)
    with pytest.raises(PermissionDenied), transaction.atomic():
        shown.delete()


@pytest.mark.parametrize("kind", [b"free", b"skip", b"XMP_", b"gps "])
def test_boxes_that_are_no_film_are_blanked(kind: bytes) -> None:
    secret = box(kind, b"51.9N 4.5E")
    dashcam = film() + secret + box(b"moov", secret)
    assert b"51.9N" not in clean_document(dashcam).data


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(lambda: box(b"moov", box(b"mvhd", b"")), id="a header that is cut off"),
        pytest.param(lambda: nested(300), id="boxes in boxes in boxes"),
    ],
)
def test_a_film_that_makes_no_sense_is_refused_in_words(inside: Callable[[], bytes]) -> None:
    with pytest.raises(ValidationError):
        clean_document(box(b"ftyp", b"isom") + inside())


def nested(depth: int) -> bytes:
    """A film box in a film box in …"""
    inner = b""
    for _ in range(depth):
        inner = box(b"trak", inner)
    return box(b"moov", inner)


@pytest.mark.django_db
def test_a_photo_of_the_content_folder_is_stored_as_it_was_cleaned_and_found_again(
    tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    photo = Image.effect_noise((320, 240), 80).convert("RGB")
    photo.save(tmp_path / "kade.jpg", quality=95)
    first = Pictures(tmp_path).get("kade.jpg")
    assert first.file.read() == clean_image((tmp_path / "kade.jpg").read_bytes()).data
    assert Pictures(tmp_path).get("kade.jpg") == first
