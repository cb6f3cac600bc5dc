"""Counting how questions are answered: of everybody the first attempt at the quiz they are in.

A table per question, per place where it is asked and per wording: a change of the words begins
anew. Whoever had it right is in one cell; the others fall apart by how far they came and, where
an answer is a choice among options, by what they chose.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leer.disclosure import api as disclosure
from leer.disclosure.api import BEGINNING, PEOPLE, Balance, Sums, Table
from leer.monitoring.figures.counting import CHUNK, settled, with_earlier
from leer.progress.api import Attempt, AttemptKind
from leer.questions import api as questions
from leer.questions.api import FrozenQuestion

RIGHT, REST, PARTLY, NOT_AT_ALL, OTHERWISE = "goed", "niet goed", "deels", "niets", "anders"
# Kinds of which a word of the answer is a thing that was chosen; the others place, match or rate.
ONE_CHOICE = {"single"}
CHOICES = {"multiple", "text-signals", "picture-signals"}


def chose(option: str) -> str:
    """The cell of who chose this option, and had it not right."""
    return f"koos:{option}"


def left(option: str) -> str:
    """The cell of who did not."""
    return f"liet:{option}"


def table_name(module_key: str, part_key: str, question: FrozenQuestion) -> str:
    """Of this question, in these words, in this place."""
    words = [question.kind, question.prompt, [(o.key, o.text, o.correct) for o in question.options]]
    return f"vraag:{question.key}:{_short([module_key, part_key])}:{_short(words)}"


def table_of(question: FrozenQuestion) -> Table:
    """How its cells hang together."""
    balances = [
        Balance((PEOPLE,), (RIGHT, REST)),
        Balance((REST,), (PARTLY, NOT_AT_ALL)),
    ]
    keys = [option.key for option in question.options]
    if question.kind in ONE_CHOICE:
        balances.append(Balance((REST,), (*map(chose, keys), OTHERWISE)))
    if question.kind in CHOICES:
        balances += [Balance((REST,), (chose(key), left(key))) for key in keys]
    return Table(tuple(balances))


def cells_of(question: FrozenQuestion, step: dict[str, Any]) -> Iterator[str]:
    """The cells that this answer is in."""
    yield PEOPLE
    if step["scaled"] >= 1:
        yield RIGHT
        return
    yield REST
    yield PARTLY if step["scaled"] > 0 else NOT_AT_ALL
    given = set(step["response"])
    keys = [option.key for option in question.options]
    if question.kind in ONE_CHOICE:
        known = [key for key in keys if {key} == given]
        yield chose(known[0]) if known else OTHERWISE
    if question.kind in CHOICES:
        yield from (chose(key) if key in given else left(key) for key in keys)


@dataclass
class Batch:
    """People who answered one question and were not counted yet."""

    question: FrozenQuestion
    since: datetime
    counts: Counter[str] = field(default_factory=Counter)
    sums: Sums = field(default_factory=Sums)

    def add(self, step: dict[str, Any], rest: float | None) -> None:
        """Somebody's answer, beside the mean of that person's other answers."""
        self.counts.update(cells_of(self.question, step))
        if rest is not None:
            self.sums += Sums.of([(step["scaled"], rest)])


def count_questions(until: datetime) -> int:
    """Take in every first attempt that was settled before this; returns how many releases."""
    attempts = Attempt.objects.filter(kind=AttemptKind.QUIZ)
    parts = attempts.values_list("module_key", "part_key").distinct().order_by()
    return sum(_count_part(module_key, part_key, until) for module_key, part_key in parts)


def _count_part(module_key: str, part_key: str, until: datetime) -> int:
    batches: dict[str, Batch] = {}
    attempts = settled(AttemptKind.QUIZ, BEGINNING, until).filter(
        module_key=module_key, part_key=part_key
    )
    firsts = with_earlier(attempts, module_key=module_key, part_key=part_key).filter(earlier=0)
    columns = firsts.values_list("version", "steps", "settled")
    for version, steps, moment in columns.iterator(chunk_size=CHUNK):
        answers = [step for step in steps.values() if step.get("scaled") is not None]
        for step in answers:
            batch = _batch_of(batches, (module_key, part_key), version, step["question"])
            if batch and moment >= batch.since:
                batch.add(step, _mean_of_others(answers, step))
    return sum(_take_in(name, batch, until) for name, batch in batches.items())


def _batch_of(
    batches: dict[str, Batch], place: tuple[str, str], version: str, key: str
) -> Batch | None:
    found = (one for one in questions.quiz_version(version).questions if one.key == key)
    question = next(found, None)
    if question is None:
        return None
    name = table_name(*place, question)
    if name not in batches:
        batches[name] = Batch(question, disclosure.taken_until(name) or BEGINNING)
    return batches[name]


def _mean_of_others(answers: list[dict[str, Any]], step: dict[str, Any]) -> float | None:
    others = [one["scaled"] for one in answers if one is not step]
    return sum(others) / len(others) if others else None


def _take_in(name: str, batch: Batch, until: datetime) -> bool:
    return bool(
        disclosure.take_in(
            name,
            table_of(batch.question),
            batch.counts | Counter({PEOPLE: 0}),
            since=batch.since,
            until=until,
            sums=batch.sums,
            sums_need=(RIGHT, REST),
        )
    )


def _short(words: list[Any]) -> str:
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:12]
