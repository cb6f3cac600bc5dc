"""Everything that somebody can get: every URL of the access table, and every link and filter that
the pages themselves offer. What is new in the table comes along by itself, or fails the test.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from itertools import product
from typing import Any
from uuid import UUID

from django.test import Client
from django.utils import timezone

from leer.accounts.api import User
from leer.accounts.urlmap import Place, places
from leer.certificates.models import Certificate
from leer.privacy.models import CouncilDecision
from leer.progress.models import ModuleProgress
from leer.risk.models import RiskProfile
from leer.xapi.models import StatementId
from tests.attacker.world import LESSON, MODULE, MULTIPLE, QUIZ, SCENARIO, SINGLE, STORY, World
from tests.support import learning

type Answers = dict[str, str]
"""What came back, by URL."""

NOBODY = UUID(int=0)
# Where an argument stands, and what it may be. A place with an argument that is not here fails.
ARGUMENTS: dict[str, Callable[[World], Iterable[object]]] = {
    "mijn-team/<uuid:public_id>": lambda world: [
        team.public_id for team in (*world.teams, world.layer)
    ],
    "themas/<slug:slug>": lambda _: ["alert-en-weerbaar"],
    "hulp/<slug:slug>": lambda _: ["iemand-wil-iets"],
    "vervanging/<int:number>": lambda _: [1],
    "besluiten/<uuid:public_id>": lambda _: [_last(CouncilDecision, "public_id")],
    "elders-gedaan/<uuid:public_id>": lambda _: [NOBODY],
    "toewijzingen/<uuid:public_id>": lambda _: [NOBODY],
    "klopt-dit/<uuid:sign>": lambda _: [NOBODY],
    "verbeteringen/<uuid:public_id>": lambda _: [NOBODY],
    "certificaten/<uuid:public_id>": lambda _: [_last(Certificate, "public_id")],
    "certificaten/nieuw/<uuid:registration>": lambda _: [_last(ModuleProgress, "registration")],
    "certificaat/<slug:token>": lambda _: ["x" * 32],
    "programma/<uuid:public_id>": lambda world: [world.programme.public_id],
    "risico/team/<uuid:public_id>": lambda world: [team.public_id for team in world.teams[:2]],
    "risico/samen/<uuid:batch>": lambda _: [_last(RiskProfile, "batch")],
    "cijfers/verhaal/<slug:key>/<slug:language>": lambda _: ["/".join(STORY)],
    "cijfers/vraag/<slug:key>": lambda _: [SINGLE, MULTIPLE],
    "casussen/<slug:slug>": lambda _: ["de-pas"],
    "info/<slug:key>": lambda _: ["privacy"],
    "leren/<slug:module>": lambda _: [MODULE],
    "afspraken/<slug:key>": lambda _: ["nee"],
    "/<slug:part>": lambda _: [LESSON, QUIZ, SCENARIO],
    "/<int:number>": lambda _: [1, 2],
    "berekening/<uuid:pk>": lambda _: [NOBODY],
    "grootboek/<uuid:statement_id>": lambda _: [_last(StatementId, "id")],
    "doorsturen/<int:pk>": lambda _: [1],
    "xapi/<path:path>": lambda _: ["about", "statements", "agents", "activities/state"],
    "media/<path:path>": lambda _: ["niets.png"],
    r"documenten/^(\d+)/(.*)$": lambda _: ["1/niets.pdf"],
    "documenten/authenticate_with_password/<int:restriction_id>": lambda _: [1],
}
ARGUMENT = re.compile(r"<\w+:\w+>|\^")
LEAVING = {"accounts:logout", "wagtailadmin_logout", "set_language"}
NOT_A_PAGE = ("/static/", "/media/", "/uitloggen/", "/taal/", "/cms/logout/")
HEALTH = "/healthz"  # says in tests that there is no broker
WAGTAIL = "cms/"
OURS_IN_WAGTAIL = "cms/grootboek/"

LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
FORM = re.compile(r'<form(?=[^>]*method="get")[^>]*>.*?</form>', re.DOTALL | re.IGNORECASE)
ACTION = re.compile(r'action="([^"]*)"')
SELECT = re.compile(r'<select[^>]*name="([^"]+)".*?</select>', re.DOTALL)
OPTION = re.compile(r'<option[^>]*value="([^"]*)"')
DAY = re.compile(r'<input(?=[^>]*type="date")[^>]*name="([^"]+)"')
TOKENS = re.compile(
    r'(?:nonce|csrfmiddlewaretoken" value|X-CSRFToken&quot;: &quot)(?:=|;)?"?[A-Za-z0-9+/=_-]{16,}'
)
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


class NoArguments(Exception):
    """A page of which the attacker does not know what to put in its address."""


@dataclass
class Collector:
    """Somebody with a session, and all that they were ever shown: a dict per moment. Of
    addresses that only differ in an id or a filter ``most`` are asked for.
    """

    name: str
    user: User
    wagtail: bool = False
    most: int = 8
    answers: list[Answers] = field(default_factory=list)

    def collect(self, world: World) -> Answers:
        """Go everywhere, now."""
        client = learning.signed_in(self.user)
        waiting = dict.fromkeys(self._addresses(world))
        found: Answers = {}
        kinds = Counter[str]()
        while waiting:
            url = next(iter(waiting))
            del waiting[url]
            found[url] = _asked(client, url)
            for offered in self._offered(url, found[url]):
                kind = RANDOM.sub("", offered.partition("?")[0])
                if offered not in {*found, *waiting} and kinds[kind] < self.most:
                    kinds[kind] += 1
                    waiting[offered] = None
        self.answers.append(found)
        return found

    def only(self, urls: Iterable[str]) -> Answers:
        """Go to these pages, now."""
        client = learning.signed_in(self.user)
        return {url: _asked(client, url) for url in urls}

    def _addresses(self, world: World) -> Iterator[str]:
        for place in places():
            if place.rule and place.rule.lets_in(self.user) and self._wants(place):
                yield from addresses(place, world)

    def _wants(self, place: Place) -> bool:
        """Of Wagtail's own screens those that need no arguments, and only when asked: answers and
        progress are not in them.
        """
        if place.view_name in LEAVING:
            return False
        if place.route.startswith(WAGTAIL) and not place.route.startswith(OURS_IN_WAGTAIL):
            return self.wagtail and not re.search(r"[<(^]|test404|failwhale", place.route)
        return True

    def _offered(self, url: str, text: str) -> Iterator[str]:
        """The links on this page, and each filter of its forms."""
        for link in LINK.findall(text):
            if not link.startswith((*NOT_A_PAGE, "/cms/")) or link.startswith("/cms/grootboek/"):
                yield unescape(link)
        for form in FORM.findall(text):
            action = ACTION.search(form)
            path = unescape(action[1]) if action and action[1] else url.partition("?")[0]
            if path.startswith("/cms/") and not path.startswith("/cms/grootboek/"):
                continue
            yield from (f"{path}?{choice}" for choice in _choices(form))


def addresses(place: Place, world: World) -> Iterator[str]:
    """Every address of a place, with everything that its arguments can be."""
    found = [f"/{place.route}"]
    for hole, values in ARGUMENTS.items():
        if any(hole in url for url in found):
            filled = [f"{ARGUMENT.split(hole)[0]}{value}" for value in values(world)]
            found = [url.replace(hole, one) for url, one in product(found, filled)]
    if any(ARGUMENT.search(url) for url in found):
        raise NoArguments(f"{place.view_name}: say in ARGUMENTS what stands in /{place.route}")
    yield from found


def told_by(answers: Answers, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Where one of these stands, as it is."""
    wanted = re.compile("|".join(re.escape(secret) for secret in secrets))
    return [(url, found[0]) for url, text in answers.items() if (found := wanted.search(text))]


def without_chance(answers: Answers) -> Answers:
    """The same without what differs by chance: tokens, and which random id it is."""
    return {_plain(url): _plain(text) for url, text in answers.items()}


def differences(one: Answers, other: Answers) -> list[str]:
    """The URLs at which two worlds are not the same."""
    one, other = without_chance(one), without_chance(other)
    return sorted(url for url in {*one, *other} if one.get(url) != other.get(url))


def _plain(text: str) -> str:
    seen: dict[str, str] = {}
    text = TOKENS.sub("", text)
    return RANDOM.sub(lambda match: seen.setdefault(match[0], f"id-{len(seen)}"), text)


def _asked(client: Client, url: str) -> str:
    """Status, where it sends one, and every byte of it."""
    answer: Any = client.get(url)
    assert answer.status_code < 500 or url == HEALTH, url
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.status_code} {answer.get('Location', '')}\n{body.decode(errors='replace')}"


def _choices(form: str) -> Iterator[str]:
    """One filter at a time, and days: yesterday and half a year ago."""
    for select in SELECT.finditer(form):
        yield from (f"{select[1]}={unescape(value)}" for value in OPTION.findall(select[0]))
    for name in DAY.findall(form):
        for days in (1, 182):
            yield f"{name}={timezone.localdate() - timedelta(days=days)}"


def _last(model: Any, column: str) -> object:
    return model.objects.order_by("-pk").values_list(column, flat=True).first() or NOBODY
