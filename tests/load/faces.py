"""How many faces and plates are found, by their size, in pictures that are made here: one portrait
made smaller, darker, turned and mirrored, and drawn plates in a grey street.

    nice uv run python -m tests.load.faces

It shows from which size on something is found; not how often a real photo at night is missed.
"""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageEnhance, ImageFont, ImageStat

SIZE = (1200, 900)
PORTRAIT = Path(__file__).parents[1] / "cursussen/faces/astronaut.jpg"
HEAD = (81, 65, 172, 193)  # where the face is in it: left, top, right and bottom
FACES = (16, 24, 32, 48, 96, 192)  # pixels wide
PLATES = (40, 60, 90, 130, 200, 360)
TRIES = 12
SHAPES = {  # letters, their colour, the colour behind them, how much wider than high
    "XX-123-X": ("black", "#f5c400", 4.7),
    "1-ABC-234": ("#8b0000", "white", 4.7),
    "B AB 1234": ("black", "white", 4.7),
    "AB·12·CD": ("black", "#f5c400", 1.7),
}

type Place = tuple[float, float, float, float]


def main() -> None:
    """Print a row per size."""
    from cursussen.faces.boxes import Kind

    for kind, sizes, made in ((Kind.FACE, FACES, faces), (Kind.TEXT, PLATES, plates)):
        for size in sizes:
            began, found, besides = time.process_time(), 0, 0
            for image, place in made(size):
                hit, others = _looked(image, place, kind)
                found, besides = found + hit, besides + others
            spent = (time.process_time() - began) / TRIES
            row = f"{found} of {TRIES}; {besides} besides; {spent:.2f} s"
            print(f"{kind} {size} px: {row}", flush=True)


def _looked(image: Image.Image, place: Place, kind: str) -> tuple[bool, int]:
    """Whether most of the place would be covered, and how many boxes are somewhere else."""
    from cursussen.faces.detecting import find_boxes

    boxes = [box.edges for box in find_boxes(image) if box.kind == kind]
    covered = Image.new("L", image.size)
    for edges in boxes:
        ImageDraw.Draw(covered).rectangle(edges, fill=255)
    (share,) = ImageStat.Stat(covered.crop(tuple(map(round, place)))).mean
    return share > 0.7 * 255, sum(not _meet(edges, place) for edges in boxes)


def _meet(one: Place, other: Place) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 0 and high > 0


def faces(size: int) -> Iterator[tuple[Image.Image, Place]]:
    """The portrait with a face of so many pixels wide, somewhere."""
    dice = random.Random(size)
    portrait = Image.open(PORTRAIT).convert("RGB")
    scale = size / (HEAD[2] - HEAD[0])
    wide, high = (round(side * scale) for side in portrait.size)
    left, top, right, bottom = (edge * scale for edge in HEAD)
    for number in range(TRIES):
        small = portrait.resize((wide, high))
        small = ImageEnhance.Brightness(small).enhance(dice.uniform(0.4, 1.3))
        if number % 2:
            small = small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        begins, ends = (wide - right, wide - left) if number % 2 else (left, right)
        street = _street(dice)
        x, y = at = _somewhere(dice, small.size)
        street.paste(small, at)
        yield street, (x + begins, y + top, x + ends, y + bottom)


def plates(size: int) -> Iterator[tuple[Image.Image, Place]]:
    """A plate of so many pixels wide, turned a little; the place is that of its letters."""
    dice = random.Random(size)
    for number in range(TRIES):
        upright, letters = _plate(list(SHAPES)[number % len(SHAPES)])
        turned = upright.rotate(dice.uniform(-12, 12), Image.Resampling.BICUBIC, expand=True)
        scale = size / turned.width
        plate = turned.resize((size, max(round(turned.height * scale), 1)))
        street = _street(dice)
        left, top = at = _somewhere(dice, plate.size)
        street.paste(plate, at, plate)
        x, y = left + plate.width / 2, top + plate.height / 2
        wide, high = (side * scale / 2 for side in letters)
        yield street, (x - wide, y - high, x + wide, y + high)


def _plate(text: str) -> tuple[Image.Image, tuple[float, float]]:
    """It, and how wide and high its letters are together."""
    ink, behind, shape = SHAPES[text]
    plate = Image.new("RGBA", (520, round(520 / shape)), behind)
    draw = ImageDraw.Draw(plate)
    drawn: Any = {
        "xy": (260, plate.height / 2),
        "text": text.replace("·", "\n", 1) if shape < 2 else text,
        "font": ImageFont.load_default(size=90),
        "anchor": "mm",
        "align": "center",
    }
    draw.multiline_text(**drawn, fill=ink)
    left, top, right, bottom = draw.multiline_textbbox(**drawn)
    return plate, (right - left, bottom - top)


def _street(dice: random.Random) -> Image.Image:
    """Grey, with some grain, and darker to below."""
    noise = Image.effect_noise(SIZE, 25).convert("RGB")
    shade = Image.linear_gradient("L").resize(SIZE).convert("RGB")
    return Image.blend(noise, shade, dice.uniform(0.2, 0.5))


def _somewhere(dice: random.Random, size: tuple[int, int]) -> tuple[int, int]:
    wide, high = (max(whole - own, 0) for whole, own in zip(SIZE, size, strict=True))
    return dice.randint(0, wide), dice.randint(0, high)


if __name__ == "__main__":
    main()
