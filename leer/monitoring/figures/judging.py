"""What figures about a question mean, in words that help its editor on."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cursussen import api as content
from leer.disclosure import api as disclosure
from leer.disclosure.api import Release
from leer.monitoring.figures import items
from leer.questions.api import FrozenQuestion, Question

EASY, HARD = 0.9, 0.4
TELLING, BARELY = 0.3, 0.1


@dataclass(frozen=True)
class Option:
    """An option, and how many of those who had it not right chose it at least."""

    text: str
    correct: bool
    chose: int


@dataclass(frozen=True)
class Item:
    """A question in one place: its figures and what they say."""

    module: str
    part: str
    release: Release
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """At least so many had it right at once."""
        return self.release.at_least(items.RIGHT)

    @property
    def rest(self) -> int:
        """At least so many had not."""
        return self.release.at_least(items.REST)

    @property
    def difficulty(self) -> float | None:
        """The mean score, from 0 (nobody) to 1 (everybody), made from what is shown.

        When of one side nothing is shown, all that is left in the middle may belong to it.
        """
        if not self.right:
            return (self.release.people - self.rest) / self.release.people if self.rest else None
        if not self.rest:
            return self.right / self.release.people
        partly = self.release.at_least(items.PARTLY)
        none = self.release.at_least(items.NOT_AT_ALL)
        share = partly / (partly + none) if partly + none else 0.0
        return (self.right + self.rest * share / 2) / (self.right + self.rest)

    @property
    def correlation(self) -> float | None:
        """How this question hangs together with the others in the quiz."""
        found: float | None = self.release.measures.get("correlation")
        return found

    @property
    def about_difficulty(self) -> str:
        """That in words."""
        mean = self.difficulty
        if mean is None:
            return _("Hoe moeilijk deze vraag is, is nog niet te zeggen.")
        if mean >= EASY:
            return _("Bijna iedereen heeft dit goed. De vraag kan moeilijker, of mag weg.")
        if mean < HARD:
            return _("De meesten hebben dit niet goed. Kijk of de vraag of de les duidelijker kan.")
        return _("Niet te makkelijk en niet te moeilijk.")

    @property
    def about_correlation(self) -> str:
        """That in words."""
        found = self.correlation
        if found is None:
            return _("Of de vraag past bij de andere vragen, is nog niet te zeggen.")
        if found >= TELLING:
            return _("Wie deze vraag goed heeft, heeft de andere vragen ook vaker goed.")
        if found >= BARELY:
            return _("De vraag hangt een beetje samen met de andere vragen.")
        return _(
            "Wie de andere vragen goed heeft, heeft deze niet vaker goed."
            " Misschien is er meer dan één antwoord te verdedigen."
        )


def items_of(question: Question) -> list[Item]:
    """The question as it is worded now, in every quiz of a live module where it was asked."""
    frozen = question.freeze()
    places = {
        items.table_name(module.key, part.key, frozen): (module, part)
        for module in content.modules().values()
        for part in module.parts
        if part.kind is content.PartKind.QUIZ
    }
    found = disclosure.latest_of(list(places))
    return [
        Item(module.title, part.title, found[name], _options(frozen, found[name]))
        for name, (module, part) in places.items()
        if name in found
    ]


def _options(question: FrozenQuestion, release: Release) -> tuple[Option, ...]:
    if question.kind not in items.ONE_CHOICE | items.CHOICES:
        return ()
    return tuple(
        Option(option.text, option.correct, release.at_least(items.chose(option.key)))
        for option in question.options
    )
