"""A face and a number plate are proposed; an empty quay is not. How well it does on more pictures:
docs/developers/faces.md.

``astronaut.jpg``: part of NASA's portrait of Eileen Collins, in the public domain (as it comes
with scikit-image).
"""

from pathlib import Path

import numpy as np
import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from cursussen.faces.boxes import Box, Kind
from cursussen.faces.detecting import find_boxes
from cursussen.models import Picture
from cursussen.tasks import look_for_faces

ASTRONAUT = Path(__file__).with_name("astronaut.jpg")
HER_FACE = (81, 65, 172, 193)
PLATE = (500, 450, 656, 483)


def quay() -> Image.Image:
    image = Image.new("RGB", (800, 600), "#9db4c0")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 420, 800, 600), fill="#6d6875")
    draw.rectangle((440, 380, 720, 520), fill="#39424e")
    return image


def taken(scene: Image.Image) -> Image.Image:
    """With the noise of a camera: of a flat drawing the network for text makes much."""
    noise = np.random.default_rng(0).normal(0, 6, (scene.height, scene.width, 3))
    return Image.fromarray((np.asarray(scene) + noise).clip(0, 255).astype(np.uint8))


def car() -> Image.Image:
    image = quay()
    draw = ImageDraw.Draw(image)
    draw.rectangle(PLATE, fill="#f3b500")
    draw.text((578, 467), "K-918-TN", fill="#111", font=ImageFont.load_default(26), anchor="mm")
    return image


def covers(box: Box, place: tuple[int, int, int, int]) -> float:
    left, top, right, bottom = box.edges
    width = min(right, place[2]) - max(left, place[0])
    height = min(bottom, place[3]) - max(top, place[1])
    return max(width, 0) * max(height, 0) / ((place[2] - place[0]) * (place[3] - place[1]))


def found(image: Image.Image, kind: Kind) -> list[Box]:
    return [box for box in find_boxes(image) if box.kind == kind]


def test_a_face_is_found_with_what_is_around_it() -> None:
    (box,) = found(Image.open(ASTRONAUT), Kind.FACE)
    assert covers(box, HER_FACE) > 0.8


def test_a_number_plate_is_found_and_no_face() -> None:
    image = taken(car())
    assert max(covers(box, PLATE) for box in found(image, Kind.TEXT)) > 0.6
    assert found(image, Kind.FACE) == []


def test_a_sky_is_no_text() -> None:
    assert all(box.height < 300 for box in find_boxes(taken(quay())))


def test_a_place_in_a_large_picture_is_told_in_its_own_pixels() -> None:
    large = taken(car()).resize((2400, 1800))
    plate = (PLATE[0] * 3, PLATE[1] * 3, PLATE[2] * 3, PLATE[3] * 3)
    assert max(covers(box, plate) for box in found(large, Kind.TEXT)) > 0.6


@pytest.mark.django_db
def test_the_proposal_is_kept_once() -> None:
    made = Picture.objects.create(title="x", file=ContentFile(ASTRONAUT.read_bytes(), "x.jpg"))
    look_for_faces.func(made.pk)
    made.refresh_from_db()
    assert "face" in {kind for kind, *_box in made.proposal}
    Picture.objects.filter(pk=made.pk).update(proposal=[])
    look_for_faces.func(made.pk)
    made.refresh_from_db()
    assert made.proposal == []
