"""The attack of tests/attacker for longer: more organisations, three years, a look at everything
every so many steps.

    nice uv run python -m tests.load.attack_system --organisations 10 --steps 12

Starts a PostgreSQL of its own and leaves nothing behind.
"""

import argparse
import time

from tests.load import django_here


def main() -> None:
    """Print what was asked, how much was seen, and what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=10)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--every", type=int, default=12, help="steps between looks at everything")
    options = parser.parse_args()
    with django_here.on_an_empty_database():
        _attack_each(options)


def _attack_each(options: argparse.Namespace) -> None:
    from django.db import transaction

    for seed in range(options.first, options.first + options.organisations):
        with transaction.atomic():
            _attack(seed, options.steps, options.every)
            transaction.set_rollback(True)


def _attack(seed: int, steps: int, every: int) -> None:
    from django.test import override_settings

    from tests.attacker import checking
    from tests.attacker.campaign import Campaign

    k, began = (5, 10)[seed % 2], time.process_time()
    with override_settings(DISCLOSURE_K=k, ALLOWED_HOSTS=["*"]):
        attacked = Campaign(seed, steps=steps)
        attacked.run(everything_at=range(every, steps + 1, every))
        checking.knows_what_was_shown_and_of_whom(attacked)
        found = list(checking.findings(attacked))
    answers = sum(len(seen) for reader in attacked.everybody for seen in reader.answers)
    releases = sum(len(seen.told) for tables in attacked.seen() for seen in tables.each)
    print(
        f"organisation {seed}, k {k}: {len(attacked.world.people)} people, {answers} answers of"
        f" Leer, {releases} releases; {len(found)} ranges asked,"
        f" {sum(not one.tells_nothing for one in found)} that tell something;"
        f" {len(list(checking.small_differences(attacked)))} small differences,"
        f" {len(list(checking.told_as_it_is(attacked)))} answers as they stand,"
        f" {len(list(checking.told_of_others(attacked)))} names of others;"
        f" {time.process_time() - began:.0f} s of processor time",
        flush=True,
    )


if __name__ == "__main__":
    main()
