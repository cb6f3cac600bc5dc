"""Questions, their kinds, and the frozen quizzes made of them."""

from leer.questions.models.kinds import (
    JudgementQuestion,
    MatchQuestion,
    MultipleChoiceQuestion,
    OrderQuestion,
    PictureSignalsQuestion,
    ReflectionQuestion,
    SingleChoiceQuestion,
    TextSignalsQuestion,
)
from leer.questions.models.question import Question
from leer.questions.models.version import QuizVersion

__all__ = [
    "JudgementQuestion",
    "MatchQuestion",
    "MultipleChoiceQuestion",
    "OrderQuestion",
    "PictureSignalsQuestion",
    "Question",
    "QuizVersion",
    "ReflectionQuestion",
    "SingleChoiceQuestion",
    "TextSignalsQuestion",
]
