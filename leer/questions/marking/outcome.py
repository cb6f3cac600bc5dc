"""What marking says: the outcome, or why there is none."""

from dataclasses import dataclass, replace
from enum import StrEnum

from leer.questions.marking.frozen import FrozenOption


class Refusal(StrEnum):
    """Why an answer cannot be marked; the value tells the person what to do."""

    NOTHING_CHOSEN = "Kies eerst een antwoord."
    NO_SIGNAL_CHOSEN = "Kies eerst wat je een signaal vindt."
    UNKNOWN_OPTION = "Dit antwoord hoort niet bij deze vraag. Laad de pagina opnieuw."
    TOO_MANY_CHOSEN = "Kies bij deze vraag één antwoord."
    PLACES_NOT_ONCE = "Geef elke stap een eigen plaats. Elk nummer komt één keer voor."
    NOT_ALL_MATCHED = "Kies bij elke regel wat erbij past."
    NOT_ALL_RATED = "Geef bij elke actie aan hoe passend je die vindt."


class InvalidAnswer(ValueError):
    """The answer cannot be marked; its text is for the person (``api.mark`` translates it)."""

    def __init__(self, refusal: Refusal, message: str | None = None) -> None:
        super().__init__(message or refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class OptionResult:
    """What to show at one option after marking. ``given`` and ``wanted`` are what was filled in
    and what fits: places of a step, what an option was matched with, ratings of an action.
    """

    key: str
    text: str
    correct: bool
    chosen: bool
    feedback: str
    rationalisation: str
    counter_line: str
    given: str = ""
    wanted: str = ""

    @property
    def has_words(self) -> bool:
        """Says something back."""
        return bool(self.feedback or self.rationalisation)

    def without_words(self) -> "OptionResult":
        """The same outcome, and nothing said of it."""
        return replace(self, feedback="", rationalisation="", counter_line="")


@dataclass(frozen=True, slots=True)
class Mark:
    """The outcome: ``scaled`` runs from 0 to 1, ``success`` is a full mark. Both are ``None`` of
    what is never scored.
    """

    scaled: float | None
    success: bool | None
    options: tuple[OptionResult, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Worth something, and not all."""
        return bool(self.scaled) and not self.success


def result(
    option: FrozenOption, *, correct: bool, chosen: bool = True, given: str = "", wanted: str = ""
) -> OptionResult:
    """What this option says back."""
    return OptionResult(
        key=option.key,
        text=option.text,
        correct=correct,
        chosen=chosen,
        feedback=option.feedback,
        rationalisation=option.rationalisation,
        counter_line=option.counter_line,
        given=given,
        wanted=wanted,
    )


def scored(scaled: float, options: tuple[OptionResult, ...]) -> Mark:
    """A mark of so much; the full mark is success."""
    return Mark(scaled, scaled == 1, options)
