"""Questions of a quiz file: made or changed by their key, unless an editor changed them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from cursussen.models import Picture
from leer.questions.api import (
    JudgementQuestion,
    MatchQuestion,
    MultipleChoiceQuestion,
    OrderQuestion,
    PictureSignalsQuestion,
    Question,
    ReflectionQuestion,
    SingleChoiceQuestion,
    TextSignalsQuestion,
)

Block = tuple[str, Any]
Data = dict[str, Any]
FindPicture = Callable[[str], Picture]


class LoadedKind(NamedTuple):
    """A kind of question in a file: its model, the name of its tables, and the block of each."""

    model: type[Question]
    table: str = ""
    block: str = ""


KINDS: dict[str, LoadedKind] = {
    "een-antwoord": LoadedKind(SingleChoiceQuestion, "optie", "option"),
    "meer-antwoorden": LoadedKind(MultipleChoiceQuestion, "optie", "option"),
    "signalen-in-tekst": LoadedKind(TextSignalsQuestion, "stuk", "passage"),
    "signalen-in-beeld": LoadedKind(PictureSignalsQuestion, "plek", "spot"),
    "volgorde": LoadedKind(OrderQuestion, "stap", "step"),
    "paren": LoadedKind(MatchQuestion, "paar", "pair"),
    "oordeel": LoadedKind(JudgementQuestion, "actie", "action"),
    "nadenken": LoadedKind(ReflectionQuestion),
}
RATINGS = {"zeer-passend": "4", "passend": "3", "niet-zo-passend": "2", "zeer-onpassend": "1"}
# From the names in a file to those of the blocks; what is not given is empty.
NAMES = {
    "sleutel": "key",
    "tekst": "text",
    "reactie": "feedback",
    "smoes": "rationalisation",
    "weerwoord": "counter_line",
    "goed": "correct",
    "signaal": "correct",
    "past_bij": "target",
    "van_links": "x",
    "van_boven": "y",
}
WORDS = ("reactie", "smoes", "weerwoord")


def load_questions(given: list[Data], find_picture: FindPicture) -> list[Block]:
    """The questions as blocks of a quiz page, saved and published where they changed. Those with
    ``vast = false`` are in the bank only.
    """
    loaded = [(data, _load(data, find_picture)) for data in given]
    return [("question", question) for data, question in loaded if data.get("vast", True)]


def draws(given: list[Data]) -> list[Block]:
    """The draws as blocks of a quiz page."""
    return [("draw", {"tag": data["trefwoord"], "count": data["aantal"]}) for data in given]


def _load(data: Data, find_picture: FindPicture) -> Question:
    found: Question | None = Question.objects.filter(key=data["sleutel"]).first()
    new = KINDS[data["soort"]].model(key=data["sleutel"], live=False)
    _fill(new, data, find_picture)
    if found is not None and (_is_edited(found) or not _differs(found, new)):
        return found
    question = found or new
    if found is not None:
        _fill(found, data, find_picture)
    question.full_clean()
    question.save()
    question.save_revision().publish()
    return Question.objects.get(pk=question.pk)


def _is_edited(question: Question) -> bool:
    """A person wrote the last revision; the loader writes without a name."""
    latest = question.latest_revision
    return latest is not None and latest.user_id is not None


def _differs(question: Question, new: Question) -> bool:
    return (
        type(question) is not type(new)
        or question.freeze() != new.freeze()
        or question.tags != new.tags
    )


def _fill(question: Question, data: Data, find_picture: FindPicture) -> None:
    question.prompt = data["tekst"]
    question.explanation = data.get("uitleg", "")
    question.policy_label = data.get("beleid", "")
    question.policy_url = data.get("beleid_adres", "")
    question.tags = sorted(data.get("trefwoorden", []))
    question.parallel = data.get("staat_voor", "")
    question.options = [*_picture(data, find_picture), *_blocks(data)]


def _picture(data: Data, find_picture: FindPicture) -> list[Block]:
    if "beeld" not in data:
        return []
    value = {"picture": find_picture(data["beeld"]), "alt": data["beeld_alt"]}
    return [("picture", value)]


def _blocks(data: Data) -> list[Block]:
    kind = KINDS[data["soort"]]
    return [_block(kind.block, table) for table in data.get(kind.table, [])]


def _block(name: str, table: Data) -> Block:
    """A table without a key is text that cannot be pointed out."""
    if "sleutel" not in table:
        return ("plain", table["tekst"])
    value = dict.fromkeys((NAMES[word] for word in WORDS), "")
    value |= {NAMES[word]: given for word, given in table.items() if word in NAMES}
    if "oordeel" in table:
        value["rating"] = RATINGS[table["oordeel"]]
    return (name, value)
