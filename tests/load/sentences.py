"""Statements as a supplier's content sends them: about 1.1 KB, few verbs, many people."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

PEOPLE, BUSY, PARTS, SITTING = 5000, 100, 300, 10
HOME = "https://personeel.example"
CONTENT = "https://inhoud.example"
VERBS = ("completed", "answered", "initialized", "experienced")


def person(number: int) -> dict[str, Any]:
    """Whom the so-manieth is of: every second one of a few who do a lot, so that a page of one of
    them is full from ten thousand on.
    """
    which = number // 2 % BUSY if number % 2 == 0 else number * 7919 % PEOPLE
    return {"account": {"homePage": HOME, "name": f"medewerker-{which:06}"}}


def statement(number: int) -> dict[str, Any]:
    """The so-manieth; another id every time."""
    part = number % PARTS
    return {
        "id": str(uuid.uuid4()),
        "actor": {"objectType": "Agent", **person(number)},
        "verb": {
            "id": f"http://adlnet.gov/expapi/verbs/{VERBS[number % len(VERBS)]}",
            "display": {"en-US": "did", "nl-NL": "deed"},
        },
        "object": {
            "objectType": "Activity",
            "id": f"{CONTENT}/modules/veilig-op-de-kade/parts/{part}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/lesson",
                "name": {
                    "nl-NL": f"Onderdeel {part} van de module Veilig op de kade",
                    "en-US": f"Part {part} of the module Safe on the quay",
                },
                "description": {
                    "nl-NL": "Wat je doet als iemand je na je dienst aanspreekt en meer weet dan"
                    " die hoort te weten."
                },
            },
        },
        "result": {
            "score": {"scaled": 0.8, "raw": 8, "min": 0, "max": 10},
            "success": True,
            "completion": True,
            "duration": "PT4M12S",
        },
        "context": {
            "registration": str(uuid.UUID(int=(1 << 100) + number // SITTING)),
            "platform": "Inhoud 4.2",
            "language": "nl-NL",
            "contextActivities": {
                "parent": [{"id": f"{CONTENT}/modules/veilig-op-de-kade"}],
                "grouping": [{"id": f"{CONTENT}/programmes/2026"}],
            },
            "extensions": {f"{CONTENT}/extensions/session": "b8a1f0d2c3e4"},
        },
        "timestamp": f"2026-11-25T10:{number // 60 % 60:02}:{number % 60:02}.123Z",
    }


def singles(first: int, count: int) -> list[bytes]:
    """So many statements, each as JSON."""
    return [_json(statement(number)) for number in range(first, first + count)]


def batches(first: int, count: int, size: int) -> Iterator[bytes]:
    """So many statements, as JSON lists of this size."""
    for start in range(first, first + count, size):
        yield _json([statement(number) for number in range(start, start + size)])


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
