"""A frozen question of each kind, to prove marking, drawing and showing with."""

from leer.questions.marking.frozen import FrozenOption, FrozenPicture, FrozenQuestion, Kind

LETTERS = "abcdefgh"
PICTURE = FrozenPicture("/media/terras.webp", "/media/terras.webp 1200w", 1200, 675, "Een terras")
SIGNALS = {Kind.TEXT_SIGNALS, Kind.PICTURE_SIGNALS}
CHOOSING = {Kind.SINGLE, Kind.MULTIPLE, *SIGNALS}


def choosing(kind: Kind, *right: bool, key: str = "vraag") -> FrozenQuestion:
    """Options a, b, c … that are right or wrong as told."""
    options = tuple(
        FrozenOption(LETTERS[i], f"Antwoord {i}", correct, f"Reactie {i}", "smoes", "weerwoord")
        for i, correct in enumerate(right)
    )
    picture = PICTURE if kind is Kind.PICTURE_SIGNALS else None
    return FrozenQuestion(kind, key, "Wat doe je?", "Daarom.", options, picture=picture)


def ordering(number: int = 4) -> FrozenQuestion:
    """Steps a, b, c …, in that order."""
    options = tuple(FrozenOption(LETTERS[i], f"Stap {i}") for i in range(number))
    return FrozenQuestion(Kind.ORDER, "volgorde", "In welke volgorde?", "Zo.", options)


def matching(*targets: str) -> FrozenQuestion:
    """Lines a, b, c …, each with what belongs to it."""
    options = tuple(
        FrozenOption(LETTERS[i], f"Zin {i}", target=target) for i, target in enumerate(targets)
    )
    return FrozenQuestion(Kind.MATCH, "paren", "Wat hoort bij elkaar?", "Zo.", options)


def judging(*ratings: int) -> FrozenQuestion:
    """Actions a, b, c …, with what experts say of each."""
    options = tuple(
        FrozenOption(LETTERS[i], f"Actie {i}", rating=rating) for i, rating in enumerate(ratings)
    )
    return FrozenQuestion(Kind.JUDGEMENT, "oordeel", "Hoe passend?", "Zo.", options)


def reflecting() -> FrozenQuestion:
    """Something to think over."""
    return FrozenQuestion(Kind.REFLECTION, "nadenken", "Wat houdt jou tegen?", "Vertel het.")


def one_of_each() -> tuple[FrozenQuestion, ...]:
    """One question of each kind."""
    return (
        choosing(Kind.SINGLE, True, False, False),
        choosing(Kind.MULTIPLE, True, True, False, False),
        choosing(Kind.TEXT_SIGNALS, True, False, True),
        choosing(Kind.PICTURE_SIGNALS, True, False, True),
        ordering(),
        matching("begin", "midden", "einde"),
        judging(4, 2, 1),
        reflecting(),
    )
