"""Pictures of the content folder: the same picture is loaded once, whatever its name."""

import hashlib
from pathlib import Path
from typing import Any

from django.utils import timezone

from cursussen.loading.bodies import PictureName
from cursussen.models import Picture
from cursussen.pictures import CleanFile, clean_image


class Pictures:
    """Finds or makes the picture for a file name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Picture] = {}

    def get(self, name: str) -> Picture:
        """The picture of this file; made when its pixels are new."""
        if name not in self._loaded:
            self._loaded[name] = self._find_or_make(name)
        return self._loaded[name]

    def fill(self, value: Any) -> Any:
        """The same value with a picture wherever a picture's name stands."""
        if isinstance(value, PictureName):
            return self.get(value)
        if isinstance(value, dict):
            return {name: self.fill(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.fill(inner) for inner in value]
        if isinstance(value, tuple):
            return tuple(self.fill(inner) for inner in value)
        return value

    def _find_or_make(self, name: str) -> Picture:
        clean = clean_image((self.folder / name).read_bytes())
        known = hashlib.sha1(clean.data, usedforsecurity=False).hexdigest()
        found = Picture.objects.filter(file_hash=known).order_by("pk").first()
        title = Path(name).stem.replace("-", " ").capitalize()
        return found or Picture.objects.create(
            title=title,
            file=CleanFile(clean, name),
            proposal=[],
            judged_at=timezone.now(),  # in review, with the rest of the folder
        )


def names_in(value: Any) -> set[str]:
    """Every picture's name anywhere in a value."""
    if isinstance(value, PictureName):
        return {str(value)}
    if isinstance(value, dict):
        return names_in(list(value.values()))
    if isinstance(value, list | tuple):
        return set().union(*(names_in(inner) for inner in value))
    return set()
