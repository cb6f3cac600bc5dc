"""The proposal for one picture. In the worker: see ``cursussen.tasks.look_for_faces``."""

from io import BytesIO

from PIL import Image

from cursussen.faces.detecting import find_boxes
from cursussen.models import Picture


def propose(picture: Picture) -> None:
    """Keep what is seen in it, unless its file was replaced in the meantime."""
    name = picture.file.name
    with picture.file.storage.open(name) as stored, Image.open(BytesIO(stored.read())) as image:
        found = [box.as_data() for box in find_boxes(image)]
    unchanged = Picture.objects.filter(pk=picture.pk, file=name, proposal__isnull=True)
    unchanged.update(proposal=found)
