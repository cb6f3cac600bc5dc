"""Questions in the CMS's admin: the bank, one list per kind, one chooser for all."""

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from leer.questions import bank
from leer.questions.api import KINDS
from leer.questions.models import Question

IN_NONE = "-"


class LookOnly(ModelPermissionPolicy):
    """A bare question is no kind of question: it is listed and chosen, never made or changed as
    such. Who may see questions of a kind may see the list.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        """To look, and nothing else; each kind has its own pages."""
        return action == "view" and any(
            user.has_perm(f"questions.view_{kind._meta.model_name}") for kind in KINDS
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """To look, and nothing else."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Nothing through the base."""
        return False


register_permission_policy(Question, LookOnly(Question), exact_class=True)


class BankFilterSet(WagtailFilterSet):
    """By kind, by tag, by quiz, and whether it is published."""

    kind = django_filters.ChoiceFilter(
        label=_("soort"),
        method="of_kind",
        choices=[(kind.kind, kind._meta.verbose_name) for kind in KINDS],
    )
    tag = django_filters.ChoiceFilter(
        label=_("trefwoord"),
        method="with_tag",
        choices=lambda: [(tag, tag) for tag in bank.tags()],
    )
    use = django_filters.ChoiceFilter(
        label=_("in quiz"),
        method="in_quiz",
        choices=lambda: [
            *((use.quiz, use.quiz) for use in bank.uses()),
            (IN_NONE, _("in geen enkele quiz")),
        ],
    )

    class Meta:
        model = Question
        fields = ("live",)

    def of_kind(self, found: Any, name: str, value: str) -> Any:
        """Of one kind."""
        return found.instance_of(next(kind for kind in KINDS if kind.kind == value))

    def with_tag(self, found: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """With this tag among its tags."""
        return found.filter(tags__contains=[value])

    def in_quiz(self, found: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        """That this quiz may ask; or that none does."""
        if value == IN_NONE:
            asked = Q(pk__in=[])
            for use in bank.uses():
                asked |= use.questions()
            return found.exclude(asked)
        asked = next(use.questions() for use in bank.uses() if use.quiz == value)
        return found.filter(asked)


class BankView(IndexView):
    """Every question, whatever its kind; each leads to the form of its own kind."""

    @cached_property
    def columns(self) -> list[Any]:
        """What it asks, its kind, its words, where it is asked."""
        return [
            self._get_title_column("prompt"),
            Column("kind", label=_("Soort"), accessor=lambda one: one._meta.verbose_name),
            Column("tags", label=_("Trefwoorden"), accessor=lambda one: ", ".join(one.tags)),
            Column("parallel", label=_("Staat voor elkaar"), sort_key="parallel"),
            Column("uses", label=_("In quiz"), accessor=self._quizzes),
            BooleanColumn("live", label=_("Gepubliceerd")),
        ]

    @cached_property
    def uses(self) -> list[bank.Use]:
        """Looked up once for the whole list."""
        return bank.uses()

    def get_edit_url(self, instance: Question) -> str:
        """Of the kind."""
        return reverse(instance.snippet_viewset.get_url_name("edit"), args=[instance.pk])

    def _quizzes(self, question: Question) -> str:
        return ", ".join(use.quiz for use in self.uses if use.asks(question))


class QuestionViewSet(SnippetViewSet):
    """What the lists of all kinds share."""

    icon = "help"
    list_display = ["prompt", "key", "live"]
    search_fields = ["key", "prompt"]
    search_backend_name = None
    copy_view_enabled = False


class BankViewSet(QuestionViewSet):
    """The bank, and the chooser of a quiz: questions of every kind."""

    model = Question
    index_view_class = BankView
    filterset_class = BankFilterSet
    menu_label = _("Alle vragen")
    menu_icon = "list-ul"


MENU_LABELS = {
    "single": _("Eén goed antwoord"),
    "multiple": _("Meer goede antwoorden"),
    "text-signals": _("Signalen in een tekst"),
    "picture-signals": _("Signalen in een beeld"),
    "order": _("Volgorde"),
    "match": _("Wat hoort bij elkaar"),
    "judgement": _("Wat vind je passen"),
    "reflection": _("Om over na te denken"),
}


def viewset_of(kind: type[Question]) -> type[QuestionViewSet]:
    """The pages of one kind."""
    assert kind.kind is not None
    values = {"model": kind, "menu_label": MENU_LABELS[kind.kind]}
    return type(f"{kind.__name__}ViewSet", (QuestionViewSet,), values)


class Questions(SnippetViewSetGroup):
    """The menu of questions."""

    items = (BankViewSet, *(viewset_of(kind) for kind in KINDS))
    menu_icon = "help"
    menu_label = _("Vragen")
    menu_name = "questions"
    add_to_admin_menu = True


register_snippet(Questions)
