"""The bank: which words questions are found by, and in which quizzes they are asked.

Questions know no quizzes; whoever has quizzes says so (``provide_uses``).
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import CharField, Func, Q

from leer.questions.models import Question


class Use(NamedTuple):
    """A quiz that may ask questions: these by their keys, and those with the tags it draws by."""

    quiz: str
    keys: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def asks(self, question: Question) -> bool:
        """Whether this question may be asked."""
        return question.key in self.keys or not self.tags.isdisjoint(question.tags)

    def questions(self) -> Q:
        """The questions that may be asked."""
        return Q(key__in=self.keys) | Q(tags__overlap=sorted(self.tags))


_providers: list[Callable[[], Iterable[Use]]] = []


def provide_uses(provider: Callable[[], Iterable[Use]]) -> None:
    """From now on ask this one too."""
    if provider not in _providers:
        _providers.append(provider)


def uses() -> list[Use]:
    """Every quiz there is, with what it may ask."""
    return [use for provider in _providers for use in provider()]


def tags() -> list[str]:
    """Every tag that a question has, by the alphabet."""
    each = Func("tags", function="unnest", output_field=CharField())
    found = Question.objects.non_polymorphic().order_by().annotate(tag=each)
    return sorted(set(found.values_list("tag", flat=True)))
