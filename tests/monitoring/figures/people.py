"""Many people who play one story, without pages: their attempts as the projection has them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from leer.accounts.api import User
from leer.progress.models import Attempt, AttemptKind
from leer.scenarios import api as scenarios

STORY = """:: StoryTitle
De doos

:: StoryData
{"ifid": "0B8A1B0E-0000-4000-8000-00000000D005", "format": "Chapbook",
 "format-version": "2.3.0", "start": "deur"}

:: kaart [kaart]
versie: 1
taal: nl
thema: alert-en-weerbaar
signalen: een gunst
functies: alle
leerdoel: Je vraagt wie er bij een doos hoort.
rubricering: openbaar
bron: verzonnen
herziening: 2027-11-01
slaagregel: elk einde telt

:: deur [scene fase-contact]
plek: 'Bij de deur'
--
Er staat een doos.

[[Je pakt hem aan->r-pakt]]

[[Je vraagt van wie hij is->gang]]

:: r-pakt [reactie]
Hij is zwaar.

[[Verder->gang]]

:: gang [scene fase-contact]
plek: 'In de gang'
--
Iemand kijkt je aan.

[[Je loopt door->mis]]

[[Je vertelt het->goed]]

[[Je gaat terug->deur]]

:: goed [einde veilig]
Mooi.

:: mis [einde schade]
Jammer.
"""

ENGLISH = (
    STORY.replace("De doos", "The box")
    .replace("D005", "D006")
    .replace("taal: nl", "taal: en")
    .replace("Je pakt hem aan", "You take it")
    .replace("Bij de deur", "At the door")
)

TAKES, ASKS = ("deur", "r-pakt"), ("deur", "gang")
ON, WALKS, TELLS, BACK = ("r-pakt", "gang"), ("gang", "mis"), ("gang", "goed"), ("gang", "deur")


def publish(text: str = STORY, language: str = "nl") -> str:
    """The version of the story that is live now."""
    version = scenarios.load(text, key="de-doos", language=language).version
    scenarios.publish(version)
    return str(version.pk)


def users(number: int, prefix: str = "mens") -> list[User]:
    """New people."""
    return User.objects.bulk_create(User(username=f"{prefix}-{n}") for n in range(number))


def play(
    people: Sequence[User],
    version: str,
    *steps: tuple[str, str],
    given: int = 0,
    days_ago: int = 60,
    part: str = "doos",
) -> None:
    """These people walk this way; they end when it does."""
    began = timezone.now() - timedelta(days=days_ago)
    ending = {"goed": "veilig", "mis": "schade"}.get(steps[-1][1] if steps else "", "")
    Attempt.objects.bulk_create(
        Attempt(
            id=uuid4(),
            user=user,
            module_key="module",
            part_key=part,
            kind=AttemptKind.SCENARIO,
            version=version,
            steps=_steps(steps),
            given_steps=given,
            started_at=began,
            ended_at=began + timedelta(minutes=9) if ending else None,
            outcome=ending,
        )
        for user in people
    )


def _steps(steps: Sequence[tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {
        str(number): {"scene": scene, "target": target}
        for number, (scene, target) in enumerate(steps, start=1)
    }


def tonight(days: int = 0) -> datetime:
    """Until when is counted."""
    return timezone.now() + timedelta(days=days)
