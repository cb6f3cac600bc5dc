"""The front door of questions."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from functools import lru_cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from leer.questions import marking
from leer.questions.marking import (
    FrozenOption,
    FrozenQuestion,
    InvalidAnswer,
    Kind,
    Mark,
    OptionResult,
    Quiz,
    Refusal,
)
from leer.questions.models import (
    MultipleChoiceQuestion,
    Question,
    QuizVersion,
    SingleChoiceQuestion,
)

__all__ = [
    "FrozenOption",
    "FrozenQuestion",
    "InvalidAnswer",
    "Kind",
    "Mark",
    "MultipleChoiceQuestion",
    "OptionResult",
    "Question",
    "Quiz",
    "QuizVersion",
    "Refusal",
    "SingleChoiceQuestion",
    "freeze_quiz",
    "mark",
    "quiz_version",
]

# marking.py knows no Django; here its sentences are known to the catalogue.
SENTENCES = (
    _("Kies eerst een antwoord."),
    _("Dit antwoord hoort niet bij deze vraag. Laad de pagina opnieuw."),
    _("Kies bij deze vraag één antwoord."),
)


def mark(question: FrozenQuestion, chosen: Collection[str]) -> Mark:
    """Mark an answer; raises ``InvalidAnswer`` with a sentence in the reader's language."""
    try:
        return marking.mark(question, chosen)
    except InvalidAnswer as error:
        raise InvalidAnswer(error.refusal, gettext(error.refusal.value)) from None


@lru_cache(maxsize=256)
def quiz_version(version: str) -> Quiz:
    """The frozen quiz with this id; raises ``QuizVersion.DoesNotExist``. A version never
    changes, so it is read once per process.
    """
    return QuizVersion.objects.get(pk=version).quiz


def freeze_quiz(quiz_key: str, title: str, questions: Iterable[Question]) -> QuizVersion:
    """Give the version of this quiz with exactly these words; makes it when it is new."""
    body = {"title": title, "questions": [asdict(question.freeze()) for question in questions]}
    version, _created = QuizVersion.objects.get_or_create(
        quiz_key=quiz_key, digest=_digest(body), defaults={"body": body}
    )
    return version


def _digest(body: Mapping[str, object]) -> str:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
