"""The front door of questions."""

from collections.abc import Collection
from functools import lru_cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from leer.questions import marking
from leer.questions.bank import Use, provide_uses
from leer.questions.freezing import Draw, freeze_quiz, shortages
from leer.questions.marking import any_answer, response_of, right_answer
from leer.questions.marking.drawing import draw
from leer.questions.marking.frozen import (
    FrozenOption,
    FrozenPicture,
    FrozenQuestion,
    Kind,
    Quiz,
    Slot,
)
from leer.questions.marking.outcome import InvalidAnswer, Mark, OptionResult, Refusal
from leer.questions.models import (
    JudgementQuestion,
    MatchQuestion,
    MultipleChoiceQuestion,
    OrderQuestion,
    PictureSignalsQuestion,
    Question,
    QuizVersion,
    ReflectionQuestion,
    SingleChoiceQuestion,
    TextSignalsQuestion,
)
from leer.questions.showing import Results, Shown, read, results, shown

__all__ = [
    "KINDS",
    "Draw",
    "FrozenOption",
    "FrozenPicture",
    "FrozenQuestion",
    "InvalidAnswer",
    "JudgementQuestion",
    "Kind",
    "Mark",
    "MatchQuestion",
    "MultipleChoiceQuestion",
    "OptionResult",
    "OrderQuestion",
    "PictureSignalsQuestion",
    "Question",
    "Quiz",
    "QuizVersion",
    "ReflectionQuestion",
    "Refusal",
    "Results",
    "Shown",
    "SingleChoiceQuestion",
    "Slot",
    "TextSignalsQuestion",
    "Use",
    "any_answer",
    "draw",
    "freeze_quiz",
    "mark",
    "provide_uses",
    "quiz_version",
    "read",
    "response_of",
    "results",
    "right_answer",
    "shortages",
    "shown",
]

# Every kind, in the order of the CMS's menu.
KINDS: tuple[type[Question], ...] = (
    SingleChoiceQuestion,
    MultipleChoiceQuestion,
    TextSignalsQuestion,
    PictureSignalsQuestion,
    OrderQuestion,
    MatchQuestion,
    JudgementQuestion,
    ReflectionQuestion,
)

# Marking knows no Django; here its sentences are known to the catalogue.
SENTENCES = (
    _("Kies eerst een antwoord."),
    _("Kies eerst wat je een signaal vindt."),
    _("Dit antwoord hoort niet bij deze vraag. Laad de pagina opnieuw."),
    _("Kies bij deze vraag één antwoord."),
    _("Geef elke stap een eigen plaats. Elk nummer komt één keer voor."),
    _("Kies bij elke regel wat erbij past."),
    _("Geef bij elke actie aan hoe passend je die vindt."),
)


def mark(question: FrozenQuestion, response: Collection[str]) -> Mark:
    """Mark an answer; raises ``InvalidAnswer`` with a sentence in the reader's language."""
    try:
        return marking.mark(question, response)
    except InvalidAnswer as error:
        raise InvalidAnswer(error.refusal, gettext(error.refusal.value)) from None


@lru_cache(maxsize=256)
def quiz_version(version: str) -> Quiz:
    """The frozen quiz with this id; raises ``QuizVersion.DoesNotExist``. A version never
    changes, so it is read once per process.
    """
    return QuizVersion.objects.get(pk=version).quiz
