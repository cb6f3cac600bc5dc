"""Questions in the CMS's admin: one list per kind, one chooser for all."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from leer.questions.models import MultipleChoiceQuestion, Question, SingleChoiceQuestion


class ChooseOnly(ModelPermissionPolicy):
    """A bare question is no kind of question: it is chosen, never made or changed as such."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Nothing through the base; each kind has its own pages."""
        return False

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Nothing through the base."""
        return False

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Nothing through the base."""
        return False


register_permission_policy(Question, ChooseOnly(Question), exact_class=True)


class QuestionViewSet(SnippetViewSet):
    """What the lists of all kinds share."""

    icon = "help"
    list_display = ["prompt", "key", "live"]
    search_fields = ["key", "prompt"]
    search_backend_name = None
    copy_view_enabled = False


class AnyQuestionViewSet(QuestionViewSet):
    """The chooser of a quiz: questions of every kind."""

    model = Question


class SingleChoiceViewSet(QuestionViewSet):
    """Questions with one right answer."""

    model = SingleChoiceQuestion
    menu_label = _("Eén goed antwoord")


class MultipleChoiceViewSet(QuestionViewSet):
    """Questions with several right answers."""

    model = MultipleChoiceQuestion
    menu_label = _("Meer goede antwoorden")


class Questions(SnippetViewSetGroup):
    """The menu of questions."""

    items = (SingleChoiceViewSet, MultipleChoiceViewSet)
    menu_icon = "help"
    menu_label = _("Vragen")
    menu_name = "questions"
    add_to_admin_menu = True


register_snippet(AnyQuestionViewSet)
register_snippet(Questions)
