"""The gate for pictures: what goes in is decoded, and only its pixels come out.

A photo tells more than it shows: where and when it was taken, with whose phone, sometimes a
thumbnail from before it was cropped. So nothing of the file that came in reaches the disk:
it is decoded, turned upright, brought to plain sRGB and written anew, without any metadata.

Plain Python and Pillow; no models here.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageDraw, ImageOps, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
COVER = (
    "#6b7280"  # the same for everybody: an average of what was there would tell a colour of skin
)
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}

NO_PICTURE = _("Dit bestand is geen JPEG, PNG of WebP. Sla het beeld op als een van die drie.")
TOO_HEAVY = _("Dit beeld is groter dan 10 MB. Maak het kleiner en probeer het opnieuw.")
TOO_MANY_PIXELS = _("Dit beeld heeft te veel pixels. Maak het kleiner dan 40 miljoen pixels.")
DAMAGED = _("Dit beeld is beschadigd of niet compleet. Sla het opnieuw op en probeer het nog eens.")
ANIMATED = _("Dit beeld beweegt. Kies een stilstaand beeld.")


@dataclass(frozen=True)
class CleanImage:
    """Pixels and nothing else: the bytes to store, and what they are."""

    data: bytes
    format: str
    size: tuple[int, int]

    @property
    def extension(self) -> str:
        """The file name's ending that belongs to the format."""
        return EXTENSIONS[self.format]


class CleanFile(ContentFile):
    """A picture on its way to the disk that went through the gate already."""

    def __init__(self, clean: CleanImage, name: str) -> None:
        super().__init__(clean.data, name)
        self.clean = clean


def clean_image(data: bytes) -> CleanImage:
    """Give the same picture without metadata; raises ``ValidationError`` for what is none."""
    if len(data) > MAX_BYTES:
        raise ValidationError(TOO_HEAVY, code="too_heavy")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        image, image_format = _decode(data)
        plain = _plain(image)
    return CleanImage(_encode(plain, image_format), image_format, plain.size)


def covered(data: bytes, places: Iterable[tuple[int, int, int, int]]) -> bytes:
    """The same picture with nothing left of what was in these places (left, top, right, bottom)."""
    image, image_format = _decode(data)
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in places:
        draw.rectangle((left, top, right - 1, bottom - 1), fill=COVER)
    return _encode(image, image_format, quality=95)


def _decode(data: bytes) -> tuple[Image.Image, str]:
    """Read every pixel, so that a truncated file fails here and not at a learner's."""
    try:
        image = Image.open(BytesIO(data), formats=list(EXTENSIONS))
        _check_header(image)
        image_format = str(image.format)
        image.load()
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels") from None
    except UnidentifiedImageError:
        raise ValidationError(NO_PICTURE, code="no_picture") from None
    except Exception:  # Pillow's decoders raise anything on broken data
        raise ValidationError(DAMAGED, code="damaged") from None
    return image, image_format


def _check_header(image: Image.Image) -> None:
    """Judge by what the header says, before any memory is taken for the pixels."""
    if image.width * image.height > MAX_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="too_many_pixels")
    if getattr(image, "n_frames", 1) > 1:
        raise ValidationError(ANIMATED, code="animated")


def _plain(image: Image.Image) -> Image.Image:
    """Upright, in sRGB, on a fresh canvas that never knew the file's metadata."""
    upright = ImageOps.exif_transpose(image)
    in_srgb = _to_srgb(upright)
    mode = "RGBA" if in_srgb.has_transparency_data else "RGB"
    converted = in_srgb.convert(mode)
    fresh = Image.new(mode, converted.size)
    fresh.paste(converted)
    return fresh


def _to_srgb(image: Image.Image) -> Image.Image:
    """Apply the picture's own colour profile; a profile that is no good is left out."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        mode = "RGBA" if image.mode in {"RGBA", "LA", "PA"} else "RGB"
        if image.mode in {"P", "PA"}:
            image = image.convert(mode)
        found = ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return found or image


def _encode(image: Image.Image, image_format: str, quality: int = 88) -> bytes:
    out = BytesIO()
    if image_format == "JPEG":
        image.convert("RGB").save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    elif image_format == "WEBP":
        image.save(out, "WEBP", quality=quality, method=4)
    else:
        image.save(out, "PNG", optimize=True)
    return out.getvalue()
