"""``manage.py rollout_plan``: the stable form that planners and auditors use."""

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

EXAMPLE: dict[str, Any] = {
    "weeks": 4,
    "session_size": 12,
    "regions": {"noord": {"seats_per_week": [24, 24, 12, 0]}},
    "max_absent_share": 0.5,
    "teams": [
        {
            "id": "t1", "region": "noord", "size": 14, "score": 81.5,
            "blackout_weeks": [3], "ready_week": 0, "deadline_week": 2,
        },
        {
            "id": "t2", "region": "noord", "size": 6, "score": 40,
            "blackout_weeks": [], "ready_week": 1, "deadline_week": None,
        },
    ],
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Any:
    """Plan this, with these options; the answer."""

    def run(said: Any, *options: str) -> dict[str, Any]:
        path = tmp_path / "in.json"
        path.write_text(said if isinstance(said, str) else json.dumps(said))
        out = io.StringIO()
        call_command("rollout_plan", str(path), *options, stdout=out)
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    return run


@pytest.mark.parametrize("method", ["greedy", "exact"])
def test_writes_a_plan(run: Any, method: str) -> None:
    answer = run(EXAMPLE, "--method", method)
    assert list(answer) == ["status", "sessions", "exposure_weeks", "lower_bound", "shortages"]
    assert (answer["status"], answer["shortages"]) == ("planned", [])
    people = sum(one["people"] for one in answer["sessions"])
    exposure = sum(
        one["people"] * one["week"] * {"t1": 0.815, "t2": 0.4}[one["team"]]
        for one in answer["sessions"]
    )
    assert people == 20
    assert answer["exposure_weeks"] == pytest.approx(exposure)
    assert 0 < answer["lower_bound"] <= answer["exposure_weeks"]


def test_what_does_not_fit_is_named(run: Any) -> None:
    said = copy.deepcopy(EXAMPLE)
    said["teams"][0]["deadline_week"] = 0
    answer = run(said)
    assert answer["status"] == "infeasible"
    assert answer["shortages"] == [
        {
            "team": "t1", "region": "noord", "people": 7, "seats": 12,
            "first_week": 0, "last_week": 0, "cause": "too_many_absent",
        }
    ]  # fmt: skip
    assert [one["team"] for one in answer["sessions"]].count("t1") == 1


def test_takes_a_plan_up_again(run: Any, tmp_path: Path) -> None:
    earlier = tmp_path / "plan.json"
    earlier.write_text(json.dumps(run(EXAMPLE)))
    said = copy.deepcopy(EXAMPLE)
    said["regions"]["noord"]["seats_per_week"] = [24, 0, 24, 24]
    answer = run(said, "--replan", str(earlier))
    assert answer["status"] == "planned"
    assert {(one["team"], one["from_week"], one["why"]) for one in answer["moves"]} == {
        (one["team"], 1, "no_seats")
        for one in json.loads(earlier.read_text())["sessions"]
        if one["week"] == 1
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda said: said.update(weeks=0), "`int` >= 1 - at `$.weeks`"),
        (lambda said: said["teams"][0].update(size="veertien"), "at `$.teams[0].size`"),
        (lambda said: said["teams"][1].update(id="t1"), "'t1' is there twice"),
        (lambda said: said["teams"][1].update(region="zuid"), "'zuid' is not one of `$.regions`"),
        (lambda said: said["teams"][1].update(deadline=3), "unknown field `deadline`"),
        (lambda said: said["teams"][1].update(after=["t9"]), "there is no team 't9'"),
        (lambda said: said["regions"]["noord"].update(seats_per_week=[1]), "has 1 weeks"),
    ],
)
def test_bad_input_is_told_with_its_place(run: Any, change: Any, told: str) -> None:
    said = copy.deepcopy(EXAMPLE)
    change(said)
    with pytest.raises(CommandError) as caught:
        run(said)
    assert told in str(caught.value)


def test_everything_that_is_wrong_is_told_at_once(run: Any) -> None:
    said = copy.deepcopy(EXAMPLE)
    said["teams"][0]["region"] = "zuid"
    said["teams"][1]["region"] = "oost"
    with pytest.raises(CommandError) as caught:
        run(said)
    assert len(str(caught.value).splitlines()) == 2


def test_teams_that_wait_for_each_other_are_refused(run: Any) -> None:
    said = copy.deepcopy(EXAMPLE)
    said["teams"][0]["after"], said["teams"][1]["after"] = ["t2"], ["t1"]
    with pytest.raises(CommandError, match="wait for each other: t1, t2"):
        run(said)


@pytest.mark.parametrize("text", ["", "{", "\ufeff{}", "[1]"])
def test_what_is_no_json_is_refused(run: Any, text: str) -> None:
    with pytest.raises(CommandError):
        run(text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"weg\.json: No such file"):
        call_command("rollout_plan", str(tmp_path / "weg.json"))
