"""A quiz as it is now, frozen for whoever begins it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from leer.questions.marking.drawing import shortage
from leer.questions.marking.frozen import Quiz, Slot
from leer.questions.models import Question, QuizVersion


@dataclass(frozen=True, slots=True)
class Draw:
    """Some questions of the bank, drawn at random among those with a tag."""

    tag: str
    count: int


Entry = Question | Draw


def freeze_quiz(quiz_key: str, title: str, entries: Iterable[Entry]) -> QuizVersion:
    """Give the version of this quiz with exactly these words; makes it when it is new."""
    slots, candidates = _gather(list(entries))
    body = {
        "title": title,
        "questions": [asdict(question.freeze()) for question in candidates],
        "slots": [asdict(slot) for slot in slots],
    }
    version, _created = QuizVersion.objects.get_or_create(
        quiz_key=quiz_key, digest=_digest(body), defaults={"body": body}
    )
    return version


def shortages(entries: Iterable[Entry]) -> dict[int, int]:
    """How many published questions the bank has too few for each entry, by its place."""
    slots, candidates = _gather(list(entries))
    frozen = tuple(question.freeze() for question in candidates)
    return shortage(Quiz("", frozen, tuple(slots)))


def _gather(entries: list[Entry]) -> tuple[list[Slot], list[Question]]:
    """The places of a quiz, and every question that may be asked in them."""
    bank = _bank(entries)
    slots = [_slot(entry, bank) for entry in entries]
    given = [entry for entry in entries if isinstance(entry, Question)]
    known = {question.key: question for question in (*given, *bank)}
    keys = dict.fromkeys(key for slot in slots for key in slot.keys)
    return slots, [known[key] for key in keys]


def _slot(entry: Entry, bank: list[Question]) -> Slot:
    if isinstance(entry, Draw):
        keys = [question.key for question in bank if entry.tag in question.tags]
        return Slot(entry.count, tuple(keys), is_draw=True)
    same = [one.key for one in bank if entry.parallel and one.parallel == entry.parallel]
    return Slot(1, tuple(dict.fromkeys([entry.key, *same])))


def _bank(entries: list[Entry]) -> list[Question]:
    """The published questions with one of the tags, or that stand for one that was chosen."""
    tags = {entry.tag for entry in entries if isinstance(entry, Draw)}
    parallel = {entry.parallel for entry in entries if isinstance(entry, Question)} - {""}
    if not tags and not parallel:
        return []
    live = Question.objects.filter(live=True)
    return list(live.filter(tags__overlap=list(tags)) | live.filter(parallel__in=parallel))


def _digest(body: Mapping[str, object]) -> str:
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
