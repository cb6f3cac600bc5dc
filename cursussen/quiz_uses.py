"""For the bank of questions: what each quiz and each policy may ask."""

from collections.abc import Iterator

from cursussen.models import PolicyPage, QuizPage
from cursussen.quiz_blocks import entries_of
from leer.questions.api import Question, Use, provide_uses


def connect() -> None:
    """Tell the bank, which knows no quizzes."""
    provide_uses(uses)


def uses() -> Iterator[Use]:
    """Every quiz and policy, as it is published, or else as it was first saved."""
    for page in QuizPage.objects.order_by("title"):
        entries = list(entries_of(page.questions))
        yield Use(
            quiz=page.title,
            keys=frozenset(one.key for one in entries if isinstance(one, Question)),
            tags=frozenset(one.tag for one in entries if not isinstance(one, Question)),
        )
    for policy in PolicyPage.objects.order_by("title"):
        yield Use(quiz=policy.title, keys=frozenset(one.key for one in policy.asked()))
