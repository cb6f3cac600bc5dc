"""The upload form of pictures (setting ``WAGTAILIMAGES_IMAGE_FORM_BASE``)."""

from typing import Any

from django.forms import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cursussen.models.picture import read_all
from cursussen.pictures import clean_image


class GatedImageField(WagtailImageField):
    """Asks the gate before Wagtail's own checks, which stumble over a damaged file."""

    def to_python(self, data: Any) -> Any:
        """Refuse in our words what the gate refuses."""
        file = FileField.to_python(self, data)
        if file is not None:
            clean_image(read_all(file))
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """Wagtail's form with our field for the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = GatedImageField(label=theirs.label, widget=theirs.widget)
