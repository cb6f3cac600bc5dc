"""The screens for stories in Wagtail's admin, beside the form of a page."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cursussen.models import StoryIndexPage, StoryPage
from cursussen.stories import listing, showing, taking
from cursussen.text_files import TextFileForm
from leer.accounts.api import User
from leer.scenarios import api as scenarios
from leer.scenarios.api import authoring, engine

type Context = dict[str, Any]


class Stories(WagtailAdminTemplateMixin, TemplateView):
    """Every scenario, whoever looks after it."""

    template_name = "cursussen/stories/list.html"
    page_title = _("Scenario’s")
    header_icon = "list-ul"
    breadcrumbs_items = [{"url": "", "label": _("Scenario’s")}]

    def get_context_data(self, **kwargs: Any) -> Context:
        """The rows, and whether this person may add one."""
        context: Context = super().get_context_data(**kwargs)
        index = StoryIndexPage.objects.get()
        add_url = reverse("wagtailadmin_pages:add", args=["cursussen", "storypage", index.pk])
        may_add = taking.may_add(_user(self.request))
        return context | {"rows": listing.rows(), "may_add": may_add, "add_url": add_url}


class ScenarioView(WagtailAdminTemplateMixin, TemplateView):
    """A scenario that came from a file: to look at, not to change."""

    template_name = "cursussen/stories/scenario.html"
    header_icon = "doc-full"

    @property
    def scenario(self) -> scenarios.Scenario:
        """The one in the address."""
        return get_object_or_404(scenarios.Scenario, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        """Its own title."""
        return self.scenario.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the list."""
        return [
            {"url": reverse("stories:list"), "label": _("Scenario’s")},
            {"url": "", "label": self.scenario.title},
        ]

    def get_context_data(self, **kwargs: Any) -> Context:
        """Its map, and what can be done with it."""
        context: Context = super().get_context_data(**kwargs)
        scenario = self.scenario
        page = StoryPage.objects.filter(ifid=scenario.ifid).first()
        return context | {
            "scenario": scenario,
            "story": showing.graph_map(_graph(scenario)),
            "page": page,
            "may_add": taking.may_add(_user(self.request)),
        }


@method_decorator(xframe_options_sameorigin, name="dispatch")
class PlayScenario(View):
    """Play what came from a file, from any scene. Nothing is kept."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One passage."""
        scenario = get_object_or_404(scenarios.Scenario, pk=pk)
        draft = authoring.to_draft(_graph(scenario))
        context = showing.play(draft, request.GET, {}) | {"language": scenario.language}
        return TemplateResponse(request, "cursussen/stories/play.html", context)


class TakeOver(View):
    """*Kopieer om te bewerken.*"""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make the draft and open its form; the one that is there when somebody was first."""
        user = _user(request)
        if not taking.may_add(user):
            raise PermissionDenied
        scenario = get_object_or_404(scenarios.Scenario, pk=pk)
        page = StoryPage.objects.filter(ifid=scenario.ifid).first()
        if page is None:
            page = taking.take_over(scenario, user)
            messages.success(
                request,
                gettext(
                    "Er is een concept gemaakt. Zolang je het niet publiceert, geldt het bestand."
                ),
            )
        return redirect("wagtailadmin_pages:edit", page.pk)


class Translate(View):
    """*Vertaal*: the same story in another language, to be rewritten scene by scene."""

    def post(self, request: HttpRequest, page_id: int, language: str) -> HttpResponse:
        """Make the draft and open its form; the one that is there otherwise."""
        page = _draft_for(request, page_id)
        if not taking.may_add(_user(request)):
            raise PermissionDenied
        if language not in dict(settings.LANGUAGES):
            raise Http404
        return redirect(
            "wagtailadmin_pages:edit", taking.translate(page, language, _user(request)).pk
        )


class ExportScenario(View):
    """What came from a file, as canonical Twee."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file."""
        scenario = get_object_or_404(scenarios.Scenario, pk=pk)
        return _file(engine.write(_graph(scenario)), scenario.key, scenario.language)


class ExportStory(View):
    """The draft as it was last saved, as Twee that Twine opens."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """The file, or back to the form with what stands in its way."""
        page = _draft_for(request, page_id)
        try:
            text = authoring.to_text(page.draft())
        except engine.TweeError:
            messages.error(
                request,
                gettext("Dit concept kan nog geen bestand worden. Los eerst de problemen op."),
            )
            return redirect("wagtailadmin_pages:edit", page_id)
        return _file(text, page.story_key, page.language)


class StoryState(View):
    """How far a draft is: the panel of the form, and the problems by block."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """As JSON for ``story-editor.js``."""
        page = _draft_for(request, page_id)
        checked = page.checked()
        context = showing.story_map(page.draft(), edit_url="") | {
            "differences": page.other_languages(),
            "behind": page.left_behind(),
            "page_id": page_id,
        }
        told: dict[str, list[dict[str, Any]]] = {}
        for found in checked.findings:
            if found.block:
                told.setdefault(found.block, []).append(
                    {"message": found.message, "is_error": found.is_error}
                )
        panel = render_to_string("cursussen/stories/_state.html", context, request)
        play_url = reverse("wagtailadmin_pages:view_draft", args=[page_id]) + "?mode=spelen"
        names = {block.id: block.value["name"] for block in page.scenes}
        return JsonResponse({"panel": panel, "blocks": told, "names": names, "play_url": play_url})


class FileForm(TextFileForm):
    """A file from Twine."""

    largest = 2 * 1024 * 1024

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Bestand (.twee)")

    def read(self, name: str, content: bytes) -> str:
        """As Twine writes it."""
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(
                gettext("Dit is geen tekst. Kies in Twine ‘Export As Twee’ en neem dat bestand.")
            ) from None


class ImportStory(WagtailAdminTemplateMixin, TemplateView):
    """A ``.twee`` from Twine. Nothing is kept of a file that is not right."""

    template_name = "cursussen/stories/import.html"
    page_title = _("Importeer uit Twine")
    header_icon = "upload"
    breadcrumbs_items = [
        {"url": "/cms/verhalen/", "label": _("Scenario’s")},
        {"url": "", "label": _("Importeer uit Twine")},
    ]

    def get_context_data(self, **kwargs: Any) -> Context:
        """An empty form, or what came of it."""
        context: Context = {"form": FileForm()}
        return super().get_context_data(**context | kwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who may make stories."""
        if not taking.may_add(_user(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read it; make a page, ask, or tell what is wrong."""
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._again(form=form)
        text, name = form.cleaned_data["text"], form.cleaned_data["name"]
        try:
            read = taking.read_file(text, name=name, user=_user(request))
        except engine.TweeError as error:
            return self._again(form=form, problems=error.problems, name=name)
        except taking.CannotTakeError as error:
            return self._again(form=form, reason=str(error), name=name)
        if read.page and not request.POST.get("sure"):
            question = FileForm(initial={"text": text, "name": name})
            return self._again(form=question, read=read, name=name)
        page = taking.take_file(read, _user(request))
        messages.success(
            request, gettext("‘%(title)s’ staat klaar als concept.") % {"title": page.title}
        )
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _again(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))


def _graph(scenario: scenarios.Scenario) -> engine.Scenario:
    return scenarios.graph_of(str(taking.version_of(scenario).pk))


def _draft_for(request: HttpRequest, page_id: int) -> StoryPage:
    page: StoryPage = get_object_or_404(StoryPage, pk=page_id).get_latest_revision_as_object()
    if not page.permissions_for_user(_user(request)).can_edit():
        raise PermissionDenied
    return page


def _file(text: str, key: str, language: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}.{language}.twee"'
    return answer


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
