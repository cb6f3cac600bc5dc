"""For whom a programme is, on drawn people and drawn rules."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from leer.rollout.programmes.rules import (
    Item,
    Reason,
    Rule,
    Work,
    first_day,
    items_for,
    judge,
)

DAYS = some.dates(min_value=date(2026, 1, 1), max_value=date(2026, 1, 6))
TEAMS, REGIONS, FUNCTIONS = ("t1", "t2"), ("noord", "zuid"), ("f1", "f2")


def sets(of: tuple[str, ...]) -> some.SearchStrategy[frozenset[str]]:
    return some.frozensets(some.sampled_from(of))


WORKS = some.builds(
    Work,
    team=some.sampled_from(TEAMS),
    region=some.sampled_from(REGIONS),
    job_function=some.sampled_from(FUNCTIONS),
    leads=some.booleans(),
    joined_on=DAYS,
    placed_on=DAYS,
)
RULES = some.builds(
    Rule,
    pk=some.integers(1, 9),
    excludes=some.booleans(),
    teams=sets(TEAMS),
    regions=sets(REGIONS),
    job_functions=sets(FUNCTIONS),
    leaders_only=some.booleans(),
    joined_from=some.none() | DAYS,
    joined_until=some.none() | DAYS,
)


@given(WORKS, some.lists(RULES, max_size=4))
def test_in_is_who_one_including_rule_holds_for_and_no_excluding_one(
    work: Work, rules: list[Rule]
) -> None:
    includes = any(rule.holds(work) for rule in rules if not rule.excludes)
    excludes = any(rule.holds(work) for rule in rules if rule.excludes)
    assert judge(work, rules).is_in is (includes and not excludes)


@given(WORKS, some.lists(RULES, max_size=4), some.randoms())
def test_the_order_of_rules_makes_no_difference_to_who_is_in(
    work: Work, rules: list[Rule], dice: object
) -> None:
    shuffled = list(rules)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(work, rules).reason is judge(work, shuffled).reason


@given(WORKS, some.lists(RULES, max_size=4), RULES)
def test_a_rule_more_lets_in_or_keeps_out_but_never_both(
    work: Work, rules: list[Rule], rule: Rule
) -> None:
    before, after = judge(work, rules).is_in, judge(work, [*rules, rule]).is_in
    assert (before or not after) if rule.excludes else (after or not before)


@given(WORKS, some.lists(RULES, max_size=4))
def test_who_is_exempt_is_out_whatever_the_rules_say(work: Work, rules: list[Rule]) -> None:
    assert judge(work, rules, exempt=True).reason is Reason.EXEMPT


@given(some.lists(RULES, max_size=4), some.booleans())
def test_who_is_in_no_team_is_out(rules: list[Rule], exempt: bool) -> None:
    assert judge(None, rules, exempt=exempt).reason is Reason.NO_TEAM


@given(WORKS, some.lists(RULES, max_size=4))
def test_the_rule_that_is_named_holds(work: Work, rules: list[Rule]) -> None:
    verdict = judge(work, rules)
    named = [rule for rule in rules if rule.pk == verdict.rule]
    assert (verdict.rule is None) is (verdict.reason is Reason.NO_RULE)
    assert not named or any(rule.holds(work) for rule in named)


@given(WORKS)
def test_no_rule_lets_nobody_in_and_an_empty_rule_everybody(work: Work) -> None:
    assert judge(work, []).reason is Reason.NO_RULE
    assert judge(work, [Rule(pk=1)]).is_in


@given(WORKS, sets(REGIONS), sets(FUNCTIONS))
def test_a_variant_is_for_its_region_and_its_function(
    work: Work, regions: frozenset[str], functions: frozenset[str]
) -> None:
    item = Item("m", regions, functions)
    suits = (not regions or work.region in regions) and (
        not functions or work.job_function in functions
    )
    assert items_for(work, [item]) == ((item,) if suits else ())


@given(some.lists(some.tuples(some.integers(0, 3), some.integers(1, 5)), min_size=1, max_size=6))
def test_the_first_day_is_of_the_last_stay_without_a_gap(parts: list[tuple[int, int]]) -> None:
    """Drawn as gaps and lengths: the last gap before which nothing was, begins anew."""
    day, stays, expected = date(2026, 1, 1), [], date(2026, 1, 1)
    for number, (gap, length) in enumerate(parts):
        begins = day + timedelta(days=gap)
        expected = begins if gap or number == 0 else expected
        day = begins + timedelta(days=length)
        stays.append((begins, day))
    assert first_day(stays) == expected
    assert first_day([*stays[:-1], (stays[-1][0], None)]) == expected
