"""A random organisation over three years, with the moments that an attacker hopes for.

People join, move and leave; they get a module, play its story and answer its questions; at night
everything runs that Leer does by itself. Most people come in as rows, made from events by the
projection itself; a few play through the actions of the pages, so that the ledger is not empty.

What others may know (who did something, and when) and what nobody may (what was chosen, how risky
the other teams are) are thrown with different dice: two worlds of one seed differ in what nobody
may know, and in nothing else.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.module_loading import import_string

from cursussen import api as content
from cursussen.models import ScenarioPage
from leer.accounts.api import Role, User, grant
from leer.core.background import runner
from leer.core.models import Job, JobState
from leer.delivery import actions
from leer.delivery.rounds import FIRST
from leer.organisation import api as organisation
from leer.organisation.models import JobFunction, Leadership, Membership, Team
from leer.privacy.api import Facility
from leer.progress import api as progress
from leer.progress.models import Attempt, ModuleProgress, PartProgress
from leer.progress.projection import MemoryRows, project
from leer.questions import api as questions
from leer.rollout import api as rollout
from leer.rollout.models import Programme
from leer.schedule import BEAT_SCHEDULE
from leer.xapi import retention
from leer.xapi.store.partitions import ensure_years
from tests.attacker.clock import Clock
from tests.monitoring.figures import people
from tests.monitoring.figures.people import ASKS, BACK, ON, TAKES, TELLS, WALKS
from tests.support import council, factories_risk, factories_running, learning
from tests.support import factories_content as make

BEGIN = datetime(2023, 11, 6, 11, tzinfo=UTC)
DAYS = 3 * 365
NAMES = UUID("8b6f5f1e-0000-4000-8000-000000000001")
MODULE, STORY = "doos", ("de-doos", "nl")
SINGLE, MULTIPLE = "vraag-een", "vraag-meer"
LESSON, QUIZ, SCENARIO = "doos-les", "doos-vragen", "doos-verhaal"

ENDED = ((TAKES, ON, TELLS), (TAKES, ON, WALKS), (ASKS, TELLS), (ASKS, WALKS), (ASKS, BACK))
STOPPED = ((), (TAKES,), (ASKS,), (TAKES, ON))
ANSWERS = ((("a",), 1.0), (("b",), 0.0), (("c",), 0.0))
SEVERAL = ((("a", "b"), 1.0), (("a", "c"), 0.5), (("c",), 0.0), (("b",), 0.5))


class Secret(StrEnum):
    """How a world's secrets differ from those of its twin."""

    AS_IT_IS = "as it is"
    SWAPPED = "people of one team who did it together have each other's answers"
    OTHER = "everybody gave another answer, and other teams have other risks and turns"


@dataclass(frozen=True)
class Answers:
    """What one person chose: class B. ``way`` through the story, and both questions."""

    way: tuple[tuple[str, str], ...]
    single: tuple[tuple[str, ...], float]
    multiple: tuple[tuple[str, ...], float]

    @property
    def outcome(self) -> str:
        """The ending; empty for who stopped."""
        last = self.way[-1][1] if self.way else ""
        return {"goed": "veilig", "mis": "schade"}.get(last, "")


@dataclass(eq=False)
class Person:
    """Somebody who works here, or did; ``plays`` says when, and with what for a secret.
    ``stays`` are the teams, each since a day; none after leaving.
    """

    user: User
    team: Team
    since: int
    gone: bool = False
    plays: list["Play"] = field(default_factory=list)
    stays: list[tuple[date, Team | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Play:
    """One time that somebody did the module; stopped halfway the story unless ``ended``."""

    person: Person
    step: int
    at: datetime
    ended: bool
    answers: Answers
    version: str
    really: bool = False

    @property
    def marker(self) -> str:
        """Stands among the answers of this time, and nowhere else."""
        return f"mkeus{self.person.user.pk}x{self.step}m"


class World:
    """One organisation; ``step`` goes on to the next moment at which an attacker may look."""

    def __init__(
        self,
        seed: int,
        clock: Clock,
        *,
        steps: int,
        days: int = DAYS,
        secret: Secret = Secret.AS_IT_IS,
    ) -> None:
        self.seed, self.clock, self.secret = seed, clock, secret
        self.days = days // steps
        self.dice, self._hidden = random.Random(seed), random.Random(f"{seed} {secret}")
        self._shared = random.Random(f"{seed} geheim")
        self.now = 0
        self.people: list[Person] = []
        self._taste = [self._shared.random() ** self._shared.choice([0.5, 3, 20]) for _ in range(5)]
        ensure_years(2023, 2027)
        council.decide(*Facility, until=timezone.localdate() + timedelta(days=2 * DAYS))
        self._content()
        self._organisation()
        self._programme()

    # The beginning ------------------------------------------------------------------------------
    def _content(self) -> None:
        make.info("privacy")
        make.live_case()
        make.policy()
        page = make.module(MODULE, parts=False, title="De doos", for_everyone=True)
        make.lesson(page, key=LESSON)
        asked = [make.single_choice(SINGLE), make.multiple_choice(MULTIPLE)]
        make.quiz(page, asked, key=QUIZ)
        people.publish()
        story = ScenarioPage(title="De doos", slug=SCENARIO, key=SCENARIO, scenario_key=STORY[0])
        make.published(page, story)
        self.versions = [str(learning.scenarios.live_version_id(*STORY))]
        retention.set_recommended()

    def _organisation(self) -> None:
        sizes = [self.dice.choice(chosen) for chosen in ((3, 4), (5, 9), (10, 14), (24, 60))]
        sizes += [self.dice.randint(3, 30) for _ in range(2)]
        self.teams = [
            Team.objects.create(
                external_id=f"T{number}",
                name=f"Ploeg mteam{number}m",
                region=("Noord", "Zuid")[number % 2],
                public_id=self._id("team", number),
            )
            for number in range(len(sizes))
        ]
        self.function = JobFunction.objects.create(external_id="F", name="Controle")
        for team, size in zip(self.teams, sizes, strict=True):
            self.join(team, size)
        self.managers = [self._manager(number) for number in range(4)]
        self.upper_manager = self._upper_manager()
        self.deputy = self._member("vervanger", Role.EMPLOYEE)
        self._member_of(self.teams[-1], [self.deputy])
        self.programme_member = self._member("planner", Role.EMPLOYEE, Role.PROGRAMME)
        self.editor = self._member("redacteur", Role.EMPLOYEE, Role.EDITOR)

    def _manager(self, number: int) -> User:
        user = self._member(f"leider-{number}", Role.EMPLOYEE, Role.MANAGER)
        team = self.teams[number]
        Leadership.objects.create(user=user, team=team, valid_from=BEGIN.date())
        self._member_of(team, [user])
        return user

    def _upper_manager(self) -> User:
        """Of the layer above: the teams are all a part of it."""
        self.layer = Team.objects.create(
            external_id="T-boven", name="Afdeling", public_id=self._id("team", "boven")
        )
        Team.objects.exclude(pk=self.layer.pk).update(parent=self.layer)
        user = self._member("afdelingshoofd", Role.EMPLOYEE, Role.MANAGER)
        Leadership.objects.create(user=user, team=self.layer, valid_from=BEGIN.date())
        return user

    def _deputise(self) -> None:
        """Somebody stands in for the leader of the last small team, on the day of the look."""
        day = timezone.localdate()
        organisation.appoint_deputy(
            self.teams[1], self.deputy, by=self.managers[1], first_day=day, last_day=day
        )

    def _member(self, name: str, *roles: Role) -> User:
        user = User.objects.create(
            username=name, last_name=name, actor_name=self._id("person", name)
        )
        for role in roles:
            grant(user, role)
        return User.objects.get(pk=user.pk)

    def _programme(self) -> None:
        """A wave for each team. What other teams score, and when they begin, is a secret."""
        made = factories_running.programme(
            MODULE, starts_on=date(2023, 11, 13), weeks=4, refresh_weeks=None
        )
        Programme.objects.filter(pk=made.pk).update(public_id=self._id("programme", 0))
        self.programme = Programme.objects.get(pk=made.pk)
        turns = list(range(len(self.managers), len(self.teams)))
        if self.secret is Secret.OTHER:
            turns.reverse()
        for number, team in enumerate(self.teams):
            mine = number < len(self.managers)
            turn = number if mine else turns[number - len(self.managers)]
            factories_running.wave(self.programme, number + 1, team, days=7 * turn)
            level = number % 4 if mine else (number + (self.secret is Secret.OTHER)) % 4
            factories_risk.approved(team, level, on=BEGIN.date())

    def _id(self, *name: object) -> UUID:
        return uuid5(NAMES, f"{self.seed} {name}")

    # People -------------------------------------------------------------------------------------
    def join(self, team: Team, number: int) -> list[Person]:
        """New people, who get the module that everybody gets."""
        first = len(self.people)
        users = User.objects.bulk_create(
            User(
                username=f"mens-{n}",
                first_name="Sam",
                last_name=f"Mens{n:03d}",
                external_id=f"P{n}",
                actor_name=self._id("person", n),
            )
            for n in range(first, first + number)
        )
        self._member_of(team, users)
        day = timezone.localdate() + timedelta(days=60)
        rollout.assign(users, module_key=MODULE, due_on=day, reason="Iedereen krijgt deze")
        today = timezone.localdate()
        joined = [Person(user, team, self.now, stays=[(today, team)]) for user in users]
        self.people += joined
        return joined

    def _member_of(self, team: Team, users: Iterable[User]) -> None:
        day = timezone.localdate()
        Membership.objects.bulk_create(
            Membership(user=user, team=team, job_function=self.function, valid_from=day)
            for user in users
        )

    def _somebody_leaves(self) -> None:
        here = [person for person in self.people if not person.gone]
        for person in self.dice.sample(here, min(len(here), self.dice.randint(0, 3))):
            self._end_membership(person)
            person.gone = True
            person.stays.append((timezone.localdate(), None))
            User.objects.filter(pk=person.user.pk).update(is_active=False)

    def _somebody_moves(self) -> None:
        here = [person for person in self.people if not person.gone]
        for person in self.dice.sample(here, min(len(here), self.dice.randint(0, 2))):
            self._end_membership(person)
            person.team = self.dice.choice(self.teams)
            person.stays.append((timezone.localdate(), person.team))
            self._member_of(person.team, [person.user])

    def team_on(self, person: Person, moment: datetime) -> Team | None:
        """The team in which somebody was then: others know it too."""
        day = timezone.localdate(moment)
        return next((team for since, team in reversed(person.stays) if since <= day), None)

    def _end_membership(self, person: Person) -> None:
        today = timezone.localdate()
        Membership.objects.filter(user=person.user, valid_until=None).update(valid_until=today)

    # A step -------------------------------------------------------------------------------------
    def step(self) -> None:
        """Time goes on, things happen by day, and Leer does its work at night."""
        self.now += 1
        self.clock.forward(self.days - 1, hour=12)
        if self.now == 8:
            self._new_version()
        self._somebody_leaves()
        self._somebody_moves()
        self._play(list(self._players()))
        self.clock.forward(1, hour=6, minute=40)
        self._night()
        self._deputise()

    def _new_version(self) -> None:
        """A word of the story is changed: it is counted anew."""
        self.versions.append(people.publish(people.STORY.replace("Jammer.", "Heel jammer.")))

    def _players(self) -> Iterator[tuple[Person, bool, bool]]:
        """Who does the module now, whether to an ending, and whether all choose the same."""
        chance = self.dice.random
        kind = self.dice.choice(
            ["team", "same", "wave", "wave", "one", "three", "newcomers", "again"]
        )
        waiting = [person for person in self.people if not person.plays and not person.gone]
        if kind in {"team", "same"} and waiting:
            team = self.dice.choice(waiting).team
            found = [person for person in waiting if person.team == team]
        elif kind == "newcomers" or not waiting:
            found = self.join(self.dice.choice(self.teams), self.dice.choice([1, 1, 2, 4, 12]))
        elif kind == "again":
            once = [p for p in self.people if len(p.plays) == 1 and p.plays[0].ended]
            found = [person for person in once if chance() < 0.6 and not person.gone]
        else:
            number = {"one": 1, "three": 3, "wave": 45}[kind]
            found = self.dice.sample(waiting, min(number, len(waiting)))
        for person in found:
            yield person, chance() < 0.85, kind == "same"

    def _play(self, players: Sequence[tuple[Person, bool, bool]]) -> None:
        plays = [
            Play(
                person,
                self.now,
                timezone.now(),
                ended,
                self._answers(ended, same=same),
                self.versions[-1],
            )
            for person, ended, same in players
        ]
        plays = self._kept_secret(plays)
        if plays and plays[0].ended and not plays[0].person.plays:
            plays[0] = replace(plays[0], really=True)
        for play in plays:
            play.person.plays.append(play)
        self._write(plays)

    def _answers(self, ended: bool, *, same: bool) -> Answers:
        """Thrown with dice that both worlds of a seed share; ``same``: all as the first would."""
        if same:
            return Answers(ENDED[2] if ended else STOPPED[2], ANSWERS[1], SEVERAL[2])
        throw = self._shared.choices
        return Answers(
            throw(ENDED, self._taste)[0] if ended else throw(STOPPED)[0],
            throw(ANSWERS, self._taste[:3])[0],
            throw(SEVERAL, self._taste[:4])[0],
        )

    def _kept_secret(self, plays: list[Play]) -> list[Play]:
        """The same plays with the answers of this world."""
        if self.secret is Secret.SWAPPED:
            return list(self._swapped(plays))
        if self.secret is Secret.OTHER:
            return [replace(play, answers=self._other(play)) for play in plays]
        return plays

    def _swapped(self, plays: list[Play]) -> Iterator[Play]:
        """Everybody has the answers of the next in the team who did the same; the last the first's.
        So whatever is counted per team and night, is the same.
        """
        groups: dict[tuple[int, bool, int], list[Play]] = {}
        for play in plays:
            key = (play.person.team.pk, play.ended, len(play.person.plays))
            groups.setdefault(key, []).append(play)
        for group in groups.values():
            for play, other in zip(group, [*group[1:], group[0]], strict=True):
                yield replace(play, answers=other.answers)

    def _other(self, play: Play) -> Answers:
        ways = ENDED if play.ended else STOPPED
        return Answers(
            self._hidden.choice(ways), self._hidden.choice(ANSWERS), self._hidden.choice(SEVERAL)
        )

    # Writing down -------------------------------------------------------------------------------
    def _write(self, plays: Iterable[Play]) -> None:
        rows = MemoryRows({person.user.actor_name: person.user.pk for person in self.people})
        for number, play in enumerate(plays):
            if play.really:
                self._through_the_actions(play)
                continue
            for event in self._events(play, number):
                project(event, rows)
        self._save(rows)

    def _save(self, rows: MemoryRows) -> None:
        Attempt.objects.bulk_create(rows.attempts.values())
        ModuleProgress.objects.bulk_create(rows.modules.values(), ignore_conflicts=True)
        PartProgress.objects.bulk_create(rows.parts.values(), ignore_conflicts=True)

    def _events(self, play: Play, number: int) -> Iterator[progress.Event]:
        user, module = play.person.user, content.module(MODULE)
        stay = {"actor": user.actor_name, "module": MODULE, "version": str(module.version)}
        stay |= {"registration": FIRST.registration(user, MODULE), "at": play.at}
        yield progress.ModuleStarted(**stay)
        yield progress.LessonCompleted(**stay, part=LESSON)
        yield from self._quiz(play, stay, number)
        yield from self._story(play, stay, number)
        if play.ended:
            yield progress.ModuleCompleted(**stay | {"at": play.at + timedelta(minutes=20)})

    def _quiz(self, play: Play, stay: dict[str, object], number: int) -> Iterator[progress.Event]:
        frozen = content.freeze_quiz(content.module(MODULE), QUIZ)
        registration = self._id("quiz", play.step, number)
        facts = stay | {"registration": registration, "version": str(frozen.id), "part": QUIZ}
        yield progress.QuizStarted(**facts)
        given = {SINGLE: play.answers.single, MULTIPLE: play.answers.multiple}
        for step, (key, (response, scaled)) in enumerate(given.items(), start=1):
            marked = (*response, play.marker) if key == MULTIPLE else response
            told = {"response": marked, "scaled": scaled, "success": scaled == 1}
            yield progress.QuestionAnswered(**facts, step=step, question=key, **told)
        mean = (play.answers.single[1] + play.answers.multiple[1]) / 2
        at = play.at + timedelta(minutes=5)
        yield progress.QuizCompleted(**facts | {"at": at}, scaled=mean)

    def _story(self, play: Play, stay: dict[str, object], number: int) -> Iterator[progress.Event]:
        registration = self._id("story", play.step, number)
        facts = stay | {"registration": registration, "version": play.version}
        facts |= {"part": SCENARIO}
        yield progress.ScenarioStarted(**facts)
        for step, (scene, target) in enumerate(play.answers.way, start=1):
            yield progress.ChoiceMade(**facts, step=step, scene=scene, target=target)
        if play.ended:
            at = play.at + timedelta(minutes=15)
            outcome = play.answers.outcome or "veilig"
            yield progress.ScenarioEnded(**facts | {"at": at}, outcome=outcome)

    def _through_the_actions(self, play: Play) -> None:
        user, module = play.person.user, content.module(MODULE)
        actions.begin_module(user, module)
        actions.finish_lesson(user, module, module.part(LESSON))
        part = module.part(QUIZ)
        attempt = actions.start_attempt(user, module, part)
        given = {SINGLE: play.answers.single[0], MULTIPLE: play.answers.multiple[0]}

        def respond(question: questions.FrozenQuestion) -> tuple[str, ...]:
            return given[question.key]

        for step in (1, 2):
            actions.answer(user, module, part, attempt_id=attempt.id, step=step, respond=respond)
        way = [target for _, target in play.answers.way]
        learning.walk(user, module, [*way, "gang", "goed"] if way[-1] == "deur" else way)

    def _night(self) -> None:
        """Everything that Leer does once a day or more seldom, by its own schedule."""
        for entry in BEAT_SCHEDULE.values():
            if not isinstance(entry["schedule"], float):
                import_string(entry["task"])()
        for job in Job.objects.exclude(state__in=[JobState.DONE, JobState.FAILED]):
            runner.run(job.pk)
        assert not Job.objects.filter(state=JobState.FAILED).exists()
