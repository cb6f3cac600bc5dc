"""The screens on which an editor judges who can be recognised in a picture."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import ListView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cursussen.faces.covering import Changed, boxes_of, judge_picture, state_of
from cursussen.faces.forms import PlaceFormSet, ProposalForm
from cursussen.faces.waiting import waiting
from cursussen.models import Picture
from cursussen.tasks import look_for_faces
from leer.accounts.api import User

TITLE = gettext_lazy("Wie staat erop?")


class Waiting(WagtailAdminTemplateMixin, ListView):
    """The pictures that nobody looked at yet."""

    template_name = "cursussen/faces/list.html"
    context_object_name = "pictures"
    page_title = TITLE
    header_icon = "image"
    breadcrumbs_items = [{"url": "", "label": TITLE}]
    paginate_by = 24

    def get_queryset(self) -> QuerySet[Picture]:
        """Those that this person may change."""
        mine = _policy().instances_user_has_permission_for(self.request.user, "change")
        found: Any = waiting().filter(pk__in=mine)
        pictures: QuerySet[Picture] = found.prefetch_renditions("max-165x165")
        return pictures


class Judge(WagtailAdminTemplateMixin, TemplateView):
    """One picture, what Leer saw in it, and what of that has to go."""

    template_name = "cursussen/faces/page.html"
    page_title = TITLE
    header_icon = "image"

    @cached_property
    def picture(self) -> Picture:
        """Whoever may change a picture judges it."""
        picture: Picture = get_object_or_404(Picture, pk=self.kwargs["picture_id"])
        if not _policy().user_has_permission_for_instance(self.request.user, "change", picture):
            raise PermissionDenied
        return picture

    def get_page_subtitle(self) -> str:
        """Of which picture."""
        title: str = self.picture.title
        return title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to where one came from."""
        return [
            {"url": self.back_url, "label": _("Herkenbaarheid") if self.case else TITLE},
            {"url": "", "label": self.picture.title},
        ]

    @property
    def case(self) -> str:
        """Of which case somebody came to look at the picture; empty from the list."""
        given: str = self.request.GET.get("casus", "")
        return given if given.isdecimal() else ""

    @property
    def back_url(self) -> str:
        """To what was found in that case, or to the list."""
        return reverse("gate:page", args=[self.case]) if self.case else reverse("faces:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The picture, and the forms as they are or as they were filled in."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            "picture": self.picture,
            "shown": self.picture.get_rendition("max-1200x1200|format-webp"),
            "boxes": boxes_of(self.picture),
            "numbers": self._numbers(),
            "grid": range(10, 100, 10),
            "form": self._proposal_form(),
            "places": PlaceFormSet(prefix="place"),
        } | context

    def _numbers(self) -> list[dict[str, float]]:
        """Where the number of each place stands, in hundredths."""
        width, height = self.picture.width, self.picture.height
        return [
            {"number": number, "x": 100 * box.left / width, "y": 100 * box.top / height}
            for number, box in enumerate(boxes_of(self.picture), start=1)
        ]

    def post(self, request: HttpRequest, picture_id: int) -> HttpResponse:
        """Ask Leer to look, or judge."""
        if "look" in request.POST:
            return self._look()
        form, places = self._proposal_form(request.POST), PlaceFormSet(request.POST, prefix="place")
        if not (form.is_valid() and places.is_valid()):
            context = self.get_context_data(form=form, places=places)
            return self.render_to_response(context, status=422)
        size = (self.picture.width, self.picture.height)
        pointed_out = [place.box(size) for place in places]
        return self._judge(form, [*form.covered, *filter(None, pointed_out)])

    def _proposal_form(self, data: Any = None) -> ProposalForm:
        return ProposalForm(data, boxes=boxes_of(self.picture), seen=state_of(self.picture))

    def _look(self) -> HttpResponse:
        look_for_faces.enqueue(self.picture.pk)
        messages.success(self.request, _("Leer kijkt. Dat duurt een paar tellen."))
        return redirect(self.request.get_full_path())

    def _judge(self, form: ProposalForm, cover: list[Any]) -> HttpResponse:
        assert isinstance(self.request.user, User)
        try:
            judge_picture(self.picture, cover, seen=form.cleaned_data["seen"], by=self.request.user)
        except Changed:
            messages.error(self.request, _("Het voorstel is veranderd. Kijk nog eens."))
            return redirect(self.request.get_full_path())
        messages.success(self.request, _told(len(cover)))
        return redirect(self.back_url)


def _told(count: int) -> str:
    if not count:
        return _("Opgeschreven: dit beeld mag zo gezien worden.")
    return ngettext(
        "%(n)s plek is voorgoed bedekt. Het beeld zoals het was, is weg.",
        "%(n)s plekken zijn voorgoed bedekt. Het beeld zoals het was, is weg.",
        count,
    ) % {"n": count}


def _policy() -> Any:
    return policy_registry.get_by_type(Picture)
