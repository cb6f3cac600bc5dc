"""What the programme sees of a rollout, and that nobody else sees any of it."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.monitoring.exposure.counting import count_day
from leer.monitoring.exposure.reading import standing_of
from leer.monitoring.templatetags.exposure import exposure, percent
from leer.organisation.models import Team
from leer.rollout.models import Blocker, PlanState, Programme, ProgrammeState, Wave
from tests.monitoring.exposure import running
from tests.monitoring.exposure.running import MONDAY, members, sunday
from tests.support import factories_content as make
from tests.support import learning
from tests.support.factories_rollout import planner

pytestmark = pytest.mark.django_db
PAGES = ("programme", "programme_rows", "programme_csv", "programme_planning")
type Page = Callable[..., Any]


@pytest.fixture
def page() -> Page:
    client = learning.signed_in(planner())

    def get(name: str, programme: Programme, **query: str) -> Any:
        return client.get(reverse(f"monitoring:{name}", args=[programme.public_id]), query)

    return get


@pytest.fixture
def teams() -> list[Team]:
    return [
        running.team(4, 10, "West", "Kade"),
        running.team(1, 20, "West", "Balie"),
        running.team(2, 6, "Oost", "Post"),
    ]


@pytest.fixture
def programme(teams: list[Team]) -> Programme:
    made = running.programme()
    high, low, east = teams
    running.plan(made, [(high, 0, 10), (low, 2, 12), (low, 3, 8), (east, 1, 6)])
    running.done(members(high)[:5], MONDAY)
    running.done(members(east)[:3], sunday(1))
    for week in range(-1, 3):
        count_day(made, sunday(week))
    return made


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_first_sentence_says_where_it_stands(page: Page, programme: Programme) -> None:
    shown = text(page("programme", programme, op=sunday(0).isoformat()))
    standing = standing_of(programme, sunday(0))
    assert standing
    left = round(100 * standing.total.share_left)
    planned = round(100 * standing.total.share_planned)
    assert f"Nog {left} % van de blootstelling is over, meer dan de {planned} %" in shown
    assert "waren 5 van de 36 mensen klaar" in shown


def test_any_day_can_be_asked_and_shows_what_was_known_of_it(
    page: Page, programme: Programme
) -> None:
    first = page("programme", programme, op=sunday(0).isoformat())
    count_day(programme, sunday(3))
    again = page("programme", programme, op=sunday(0).isoformat())
    assert list(first.context["standing"].moments) == list(again.context["standing"].moments)
    between = page("programme", programme, op=(sunday(1) + timedelta(days=2)).isoformat())
    assert between.context["standing"].day == sunday(1)
    assert "Leer telt ’s nachts" in text(between)


@pytest.mark.parametrize("asked", ["gisteren", "2026-02-31", "", "9999-99-99"])
def test_a_day_that_is_none_is_today(page: Page, programme: Programme, asked: str) -> None:
    assert page("programme", programme, op=asked).context["standing"].day == sunday(2)


def test_before_anything_was_counted_the_page_helps_on(page: Page) -> None:
    made = running.programme(state=ProgrammeState.DRAFT)
    assert "nog in voorbereiding" in text(page("programme", made))
    assert page("programme_csv", made).status_code == 404
    assert "nog geen plan" in text(page("programme_planning", made))
    started = running.programme(title="Nieuw")
    assert "nog niets geteld" in text(page("programme", started))
    assert "Naar de laatste stand" in text(page("programme", started, op="2020-01-01"))


def test_the_list_tells_each_programme_or_what_one_is() -> None:
    client = learning.signed_in(planner())
    url = reverse("monitoring:programmes")
    assert "Er is nog geen programma" in text(client.get(url))
    made = running.programme()
    running.team(2, 4)
    count_day(made, sunday(0))
    shown = text(client.get(url))
    assert "Weerbaar" in shown
    assert "0 van de 4 mensen waren klaar op 11 januari" in shown


def test_regions_and_bands_add_up_to_the_whole(programme: Programme) -> None:
    standing = standing_of(programme, sunday(2))
    assert standing
    for rows in (standing.by_region, standing.by_band, standing.rows):
        for value in (
            lambda row: row.cell.left,
            lambda row: row.planned,
            lambda row: row.flat,
            lambda row: row.cell.people,
        ):
            assert sum(map(value, rows)) == pytest.approx(value(standing.total))
    assert [row.region for row in standing.by_region] == ["Oost", "West"]
    assert [row.band for row in standing.by_band] == ["high", "medium", "base"]


def test_within_a_week_the_plan_is_read_from_its_line(programme: Programme) -> None:
    count_day(programme, sunday(0) + timedelta(days=3))
    ends = [standing_of(programme, sunday(week)) for week in (0, 1)]
    between = standing_of(programme, sunday(0) + timedelta(days=3))
    assert ends[0]
    assert ends[1]
    assert between
    step = between.planned[2] - between.planned[1]
    assert between.total.planned == pytest.approx(between.planned[1] + 3 / 7 * step)


def test_a_blocker_says_how_much_waits_behind_it(page: Page, programme: Programme) -> None:
    Blocker.objects.create(programme=programme, region="Oost", what="Geen zaal", since=MONDAY)
    Blocker.objects.create(
        programme=programme,
        what="Besluit OR",
        since=MONDAY,
        solved_on=sunday(0),
        solved_by=planner(),
        solved_with="besluit 14",
    )
    standing = page("programme", programme, op=sunday(1).isoformat()).context["standing"]
    (held,) = standing.held
    east = next(row for row in standing.by_region if row.region == "Oost")
    assert (held.blocker.what, held.left) == ("Geen zaal", pytest.approx(east.cell.left))
    earlier = page("programme", programme, op=(MONDAY - timedelta(days=1)).isoformat())
    assert earlier.context["standing"].held == ()


def test_the_next_wave_is_named(page: Page, programme: Programme) -> None:
    Wave.objects.create(programme=programme, number=1, opens_on=MONDAY)
    Wave.objects.create(programme=programme, number=2, opens_on=sunday(4))
    assert "De volgende golf gaat open op 8 februari" in text(page("programme", programme))


def test_every_figure_opens_to_its_definition_and_its_rows(
    page: Page, programme: Programme
) -> None:
    shown = page("programme", programme).content.decode()
    measures = re.findall(r'<details class="measure">.*?</details>', shown, re.DOTALL)
    assert len(measures) == 8
    assert all(re.search(r"</summary>\s*<p>\w", one) for one in measures)
    rows = reverse("monitoring:programme_rows", args=[programme.public_id])
    assert shown.count(rows) >= 6 + 2 + 3


def test_rows_are_per_region_and_band_and_can_be_asked_apart(
    page: Page, programme: Programme
) -> None:
    every = page("programme_rows", programme).context["rows"]
    assert [(row.region, row.band) for row in every] == [
        ("Oost", "medium"),
        ("West", "high"),
        ("West", "base"),
    ]
    west = page("programme_rows", programme, regio="West").context["rows"]
    assert {row.region for row in west} == {"West"}
    assert page("programme_rows", programme, band="high").context["rows"] == [every[1]]
    assert "Hier zijn geen rijen" in text(page("programme_rows", programme, regio="Mars"))


def test_no_page_names_a_person_or_a_score(page: Page, programme: Programme) -> None:
    for name in PAGES:
        shown = page(name, programme).content.decode()
        for somebody in User.objects.exclude(username__in=["petra"]):
            assert str(somebody) not in shown
            assert somebody.username not in shown


def test_the_file_holds_what_is_on_the_page(page: Page, programme: Programme) -> None:
    answer = page("programme_csv", programme, op=sunday(1).isoformat())
    lines = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    standing = standing_of(programme, sunday(1))
    assert standing
    found = {line[0]: line[1:] for line in lines if line}
    assert found["stand aan het einde van"] == [sunday(1).isoformat()]
    assert found["West"][:3] == ["2", "30", "5"]
    assert found["samen"][1] == "36"
    assert found[sunday(1).isoformat()][0] == exposure(standing.total.cell.left)
    assert len([line for line in lines if line and line[0].startswith("2026-")]) == 11


def test_a_formula_in_a_name_stays_a_text(page: Page, programme: Programme) -> None:
    Blocker.objects.create(programme=programme, what="=1+1", since=MONDAY)
    assert "'=1+1" in page("programme_csv", programme).content.decode()


def test_the_plan_stands_by_region_and_by_name_and_not_by_risk(
    page: Page, programme: Programme
) -> None:
    calendar = page("programme_planning", programme, regio="West").context["calendar"]
    assert [line.name for line in calendar.lines] == ["Balie", "Kade"]
    assert [(block.week, block.people) for block in calendar.lines[0].blocks] == [(2, 12), (3, 8)]
    assert list(calendar.regions) == ["Oost", "West"]
    other = page("programme_planning", programme, regio="Mars").context["calendar"]
    assert other.region == "Oost"
    shown = page("programme_planning", programme, regio="West").content.decode()
    assert "Kade" in shown
    assert "19 jan" in shown


def test_a_plan_says_for_whom_there_is_no_room(
    page: Page, programme: Programme, teams: list[Team]
) -> None:
    short = {"team": str(teams[2].public_id), "region": "Oost", "people": 4}
    plan = programme.plans.get()
    plan.output = {"shortages": [short]}
    plan.save()
    plan.bookings.filter(team=teams[2]).delete()
    assert "4 mensen hebben nog geen plek" in text(page("programme_planning", programme))


def test_a_proposal_can_be_looked_at_beside_the_plan_that_holds(
    page: Page, programme: Programme, teams: list[Team]
) -> None:
    running.plan(
        programme, [(teams[0], 5, 10)], number=2, state=PlanState.PROPOSED, adopted_at=None
    )
    assert page("programme_planning", programme).context["plan"].number == 1
    proposal = page("programme_planning", programme, plan="2")
    assert "Voorstel" in text(proposal)
    assert [line.blocks[0].week for line in proposal.context["calendar"].lines] == [5]
    assert page("programme_planning", programme, plan="9").context["plan"] is None


def test_only_the_programme_comes_in(programme: Programme) -> None:
    for role in Role:
        client = learning.signed_in(make.user_with(role, name=f"iemand-{role}"))
        for name in PAGES:
            url = reverse(f"monitoring:{name}", args=[programme.public_id])
            assert (client.get(url).status_code == 200) is (role is Role.PROGRAMME)
    nowhere = reverse("monitoring:programme", args=[uuid4()])
    assert learning.signed_in(planner()).get(nowhere).status_code == 404


@pytest.mark.parametrize("name", ["programme", "programme_rows", "programme_csv"])
@pytest.mark.parametrize("count", [2, 30])
def test_the_dashboard_its_rows_and_its_file_cost_eight_queries_with_few_teams_and_with_many(
    count: int, name: str, django_assert_num_queries: Any
) -> None:
    made = running.programme(weeks=52)
    teams = [running.team(number % 5, 1, "NOZW"[number % 4]) for number in range(count)]
    running.plan(made, [(team, number, 1) for number, team in enumerate(teams)])
    for week in range(-1, 3):
        count_day(made, sunday(week))
    client = learning.signed_in(planner())
    url = reverse(f"monitoring:{name}", args=[made.public_id])
    client.get(url)
    # 1 session, person and roles, 2 what the works council decided, 3 programme, 4 the day, 5 its
    # rows, 6 the days before it, 7 blockers, 8 the next wave
    with django_assert_num_queries(8):
        client.get(url)


@pytest.mark.parametrize("count", [2, 50])
def test_the_calendar_costs_eight_queries_with_few_teams_and_with_many(
    count: int, django_assert_num_queries: Any
) -> None:
    made = running.programme()
    teams = [running.team(None, 0, "NO"[number % 2]) for number in range(count)]
    running.plan(made, [(team, 1, 1) for team in teams])
    client = learning.signed_in(planner())
    url = reverse("monitoring:programme_planning", args=[made.public_id])
    client.get(url)
    # 1 session, person and roles, 2 programme, 3 the plan, 4 who has no room, 5 regions,
    # 6 how many teams, 7 teams, 8 their bookings
    with django_assert_num_queries(8):
        client.get(url)


def test_today_is_marked_in_the_calendar(page: Page, programme: Programme) -> None:
    programme.starts_on = timezone.localdate() - timedelta(days=timezone.localdate().weekday() + 14)
    programme.save()
    assert page("programme_planning", programme).context["calendar"].now
    programme.starts_on += timedelta(weeks=20)
    programme.save()
    assert page("programme_planning", programme).context["calendar"].now is None


def test_figures_are_rounded_and_never_to_all_or_none() -> None:
    assert [exposure(value) for value in (7.46, 99.94, 99.96, 1234.5, None)] == [
        "7,5",
        "99,9",
        "100",
        "1.234",
        "–",
    ]
    assert exposure(12345.0, grouped=False) == "12345"
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0 %",
        "1 %",
        "50 %",
        "99 %",
        "100 %",
    ]
