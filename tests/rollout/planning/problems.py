"""Problems to plan: small ones of any kind, and large ones as a service has them."""

import random

from hypothesis import strategies as st

from leer.rollout.planning import Problem, Team

REGIONS = ("noord", "west")


@st.composite
def small_problems(draw: st.DrawFn, *, deadlines: bool = True, after: bool = False) -> Problem:
    """A few teams and weeks: few enough to try every plan there is."""
    weeks = draw(st.integers(1, 4))
    size = draw(st.integers(1, 4))
    seats = st.lists(st.integers(0, 2 * size + 1), min_size=weeks, max_size=weeks)
    count = draw(st.integers(0, 4))
    teams = [draw(_teams(number, weeks, deadlines=deadlines)) for number in range(count)]
    if after and count > 1:
        teams[-1] = Team(**{**vars(teams[-1]), "after": (teams[0].id,)})
    return Problem(
        weeks=weeks,
        session_size=size,
        seats={region: tuple(draw(seats)) for region in REGIONS},
        max_absent_share=draw(st.sampled_from((0.0, 0.3, 0.5, 0.7, 1.0))),
        teams=tuple(draw(st.permutations(teams))),
    )


def _teams(number: int, weeks: int, *, deadlines: bool) -> st.SearchStrategy[Team]:
    return st.builds(
        Team,
        id=st.just(f"t{number}"),
        region=st.sampled_from(REGIONS),
        size=st.integers(0, 6),
        score=st.sampled_from((0.0, 10.0, 50.0, 81.5, 100.0)),
        blackout_weeks=st.frozensets(st.integers(0, weeks - 1), max_size=1),
        ready_week=st.integers(0, 1),
        deadline_week=st.none() | st.integers(0, weeks) if deadlines else st.none(),
    )


def a_service(
    seed: int,
    *,
    teams: int = 400,
    weeks: int = 52,
    regions: int = 6,
    load: float = 0.75,
    share: float = 0.5,
) -> Problem:
    """Teams as a customs service has them: four to sixty people, most of them a dozen; scores
    around the middle; deadlines by band, as in the domain document; holidays; seats of which
    ``load`` is needed.
    """
    dice = random.Random(seed)
    names = [f"regio-{number}" for number in range(regions)]
    found = tuple(_team(dice, f"t{number:03}", names, weeks) for number in range(teams))
    bare = Problem(weeks, 12, {}, share, found)
    seats = {name: _seats(dice, bare, name, load) for name in names}
    return Problem(weeks, 12, seats, share, found)


def _team(dice: random.Random, identity: str, regions: list[str], weeks: int) -> Team:
    score = round(min(100.0, max(2.0, dice.gauss(45, 22))), 1)
    return Team(
        id=identity,
        region=dice.choice(regions),
        size=min(60, max(4, round(dice.lognormvariate(2.6, 0.4)))),
        score=score,
        blackout_weeks=frozenset(dice.sample(range(weeks), dice.choice([0, 0, 1, 3]))),
        ready_week=dice.choice([0, 0, 0, weeks // 13]),
        deadline_week=weeks // 2 if score >= 75 else weeks * 3 // 4 if score >= 50 else None,
    )


def _seats(dice: random.Random, bare: Problem, region: str, load: float) -> tuple[int, ...]:
    needed = sum(bare.sessions_needed(team) for team in bare.teams if team.region == region)
    each = needed / load / bare.weeks
    holidays = {bare.weeks * 30 // 52, bare.weeks * 31 // 52, bare.weeks - 1}
    return tuple(
        0 if week in holidays else 12 * (int(each) + (dice.random() < each % 1))
        for week in range(bare.weeks)
    )
