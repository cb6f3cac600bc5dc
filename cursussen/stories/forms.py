"""The form of a story: whatever is unfinished is kept in a draft, and refused on the way out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.models import Page

from cursussen.models.programme import Theme
from cursussen.stories.showing import FIELDS
from leer.scenarios.api import authoring


class StoryForm(WagtailAdminPageForm):
    """Fills in names that the editor left open, and looks at the whole before it is submitted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scenes = self.instance.scenes.get_prep_value()
        self._names_before = {
            block["id"]: block["value"].get("name", "") for block in scenes if block.get("id")
        }
        if "theme" in self.fields:
            self.fields["theme"].widget = forms.Select(choices=self._themes())

    def clean_slug(self) -> str:
        """Two stories may have one title: the later one gets a number behind its slug."""
        wanted: str = self.cleaned_data["slug"]
        slug, number = wanted, 1
        while not Page._slug_is_available(slug, self.parent_page, self.instance):
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def clean_scenes(self) -> Any:
        """Every scene has a name, and keeps the one that was made for it."""
        scenes = self.cleaned_data["scenes"]
        named = authoring.fill_names(scenes.get_prep_value(), self._names_before)
        return scenes.stream_block.to_python(named)

    def clean_counters(self) -> Any:
        """A counter may be typed as any word."""
        counters = self.cleaned_data["counters"]
        tidied = authoring.tidy_counters(counters.get_prep_value())
        return counters.stream_block.to_python(tidied)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation:
            self._refuse_unsound()

    def _refuse_unsound(self) -> None:
        """Tell every error at the scene or field where it is."""
        checked = self.instance.checked()
        for name, field in FIELDS.items():
            messages = [found.message for found in checked.errors if found.field == name]
            if messages and field in self.fields and not self.has_error(field):
                self.add_error(field, _at_field(field, messages))
        by_place = self._by_place(checked.errors)
        if by_place and not self.has_error("scenes"):
            self.add_error("scenes", StreamBlockValidationError(block_errors=by_place))
        whole = [found.message for found in checked.errors if not (found.block or found.field)]
        whole += [problem.message for problem in self.instance.other_languages()]
        for message in whole:
            self.add_error(None, message)

    def _by_place(
        self, errors: Iterable[authoring.Finding]
    ) -> dict[int, StructBlockValidationError]:
        ids = [block.id for block in self.instance.scenes]
        told: dict[int, list[str]] = {}
        for found in errors:
            if found.block in ids:
                told.setdefault(ids.index(found.block), []).append(found.message)
        return {
            place: StructBlockValidationError(non_block_errors=messages)
            for place, messages in told.items()
        }

    def _themes(self) -> list[tuple[str, str]]:
        """The themes of the programme, and whatever this story says itself."""
        themes = [(theme.slug, theme.name) for theme in Theme.objects.all()]
        own = self.instance.theme
        known = {slug for slug, _name in themes}
        return [("", "—"), *themes, *([(own, own)] if own and own not in known else [])]


def _at_field(field: str, messages: list[str]) -> ValidationError:
    if field in {"scenes", "counters"}:
        return StreamBlockValidationError(non_block_errors=messages)
    return ValidationError(messages)
