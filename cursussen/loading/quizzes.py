"""Questions of a quiz file: made or changed by their key, unless an editor changed them."""

from typing import Any

from leer.questions.api import MultipleChoiceQuestion, Question, SingleChoiceQuestion

KINDS: dict[str, type[Question]] = {
    "een-antwoord": SingleChoiceQuestion,
    "meer-antwoorden": MultipleChoiceQuestion,
}


def load_questions(given: list[dict[str, Any]]) -> list[tuple[str, Question]]:
    """The questions as blocks of a quiz page, saved and published where they changed."""
    return [("question", _load(data)) for data in given]


def _load(data: dict[str, Any]) -> Question:
    found: Question | None = Question.objects.filter(key=data["sleutel"]).first()
    if found is not None and (_is_edited(found) or not _differs(found, data)):
        return found
    question = found or KINDS[data["soort"]](key=data["sleutel"], live=False)
    _fill(question, data)
    question.full_clean()
    question.save()
    question.save_revision().publish()
    return Question.objects.get(pk=question.pk)


def _is_edited(question: Question) -> bool:
    """A person wrote the last revision; the loader writes without a name."""
    latest = question.latest_revision
    return latest is not None and latest.user_id is not None


def _differs(question: Question, data: dict[str, Any]) -> bool:
    new = KINDS[data["soort"]](key=data["sleutel"])
    _fill(new, data)
    return type(question) is not type(new) or question.freeze() != new.freeze()


def _fill(question: Question, data: dict[str, Any]) -> None:
    question.prompt = data["tekst"]
    question.explanation = data.get("uitleg", "")
    question.options = [("option", _option(option)) for option in data["optie"]]


def _option(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": data["sleutel"],
        "text": data["tekst"],
        "correct": data["goed"],
        "feedback": data.get("reactie", ""),
        "rationalisation": data.get("smoes", ""),
        "counter_line": data.get("weerwoord", ""),
    }
