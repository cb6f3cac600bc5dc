"""What somebody has covered is gone: from the file, from each size of it, and from the disk."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from cursussen.faces.boxes import Box, Kind
from cursussen.faces.covering import Changed, judge_picture, state_of
from cursussen.models import Picture
from cursussen.models.picture import USUAL_SPECS
from cursussen.pictures import COVER
from leer.accounts.api import Role, User
from tests.support import factories_content as make

RED, BLUE = (200, 20, 30), (20, 30, 200)
FACE = Box(Kind.FACE, 10, 10, 40, 40)
SIGN = Box(Kind.TEXT, 60, 60, 30, 20)


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(db: None) -> User:
    return make.user_with(Role.EDITOR)


@pytest.fixture
def portrait(db: None) -> Picture:
    """Somebody in red before a sign in blue; Leer saw both."""
    image = Image.new("RGB", (100, 100), "white")
    image.paste(RED, FACE.edges)
    image.paste(BLUE, SIGN.edges)
    out = BytesIO()
    image.save(out, "PNG")
    made: Picture = Picture.objects.create(title="Kade", file=ContentFile(out.getvalue(), "x.png"))
    made.proposal = [FACE.as_data(), SIGN.as_data()]
    made.save()
    made.get_renditions(*USUAL_SPECS, "fill-50x50")
    return made


def stored(media: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in media.rglob("*") if path.is_file()}


def colours(data: bytes) -> list[tuple[int, int, int]]:
    with Image.open(BytesIO(data)) as image:
        return [colour for _count, colour in image.convert("RGB").getcolors(100_000)]


def is_reddish(colour: tuple[int, int, int]) -> bool:
    return colour[0] > colour[1] + 60 and colour[0] > colour[2] + 60


@pytest.mark.django_db(transaction=True)
def test_no_stored_byte_shows_what_was_covered(
    portrait: Picture, editor: User, media: Path
) -> None:
    before = stored(media)
    assert len(before) > len(USUAL_SPECS)
    assert all(any(map(is_reddish, colours(data))) for data in before.values())
    judge_picture(portrait, [FACE], seen=state_of(portrait), by=editor)
    portrait.refresh_from_db()
    portrait.get_renditions(*USUAL_SPECS, "fill-50x50")
    after = stored(media)
    assert not set(before) & set(after)
    assert len(after) == len(before)
    assert not any(any(map(is_reddish, colours(data))) for data in after.values())


def test_the_rest_of_the_picture_and_what_is_known_of_it_stay(
    portrait: Picture, editor: User
) -> None:
    portrait.focal_point_x = portrait.focal_point_y = 70
    portrait.focal_point_width = portrait.focal_point_height = 20
    portrait.save()
    judge_picture(portrait, [FACE], seen=state_of(portrait), by=editor)
    portrait.refresh_from_db()
    with portrait.open_file() as file, Image.open(file) as image:
        assert image.size == (portrait.width, portrait.height) == (100, 100)
        assert image.getpixel((70, 70)) == BLUE
        assert image.getpixel((49, 49)) == Image.new("RGB", (1, 1), COVER).getpixel((0, 0))
        assert image.getpixel((50, 50)) == (255, 255, 255)
    assert portrait.has_focal_point()
    assert portrait.proposal == [SIGN.as_data()]
    assert portrait.judged_by == editor


def test_a_picture_without_anybody_keeps_its_file(portrait: Picture, editor: User) -> None:
    judge_picture(portrait, [], seen=state_of(portrait), by=editor)
    name = portrait.file.name
    portrait.refresh_from_db()
    assert portrait.judged_at
    assert portrait.file.name == name


def test_what_changed_since_it_was_looked_at_is_looked_at_again(
    portrait: Picture, editor: User
) -> None:
    seen = state_of(portrait)
    judge_picture(portrait, [FACE], seen=seen, by=editor)
    with pytest.raises(Changed):
        judge_picture(portrait, [SIGN], seen=seen, by=editor)


def test_nobody_confirms_before_leer_has_looked(editor: User) -> None:
    new = make.picture()
    with pytest.raises(Changed):
        judge_picture(new, [], seen=state_of(new), by=editor)


def test_a_size_that_is_made_of_a_picture_in_hand_is_of_the_file_that_is_stored(
    portrait: Picture, editor: User
) -> None:
    in_hand = Picture.objects.get(pk=portrait.pk)
    judge_picture(portrait, [FACE], seen=state_of(portrait), by=editor)
    for size in (
        in_hand.get_rendition("max-90x90"),
        *in_hand.get_renditions("max-80x80", "max-70x70").values(),
    ):
        with size.file.open() as file:
            assert not any(map(is_reddish, colours(file.read())))
