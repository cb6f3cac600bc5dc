"""How many acknowledged a version, as an editor may know it.

That somebody read a policy is class A, and an editor is no party to it. So an editor gets the
number rounded down to steps of *k*: who watches it change learns that a tenth colleague came, not
who.
Policies know no progress; whoever has acknowledgements says how many (``provide_counts``).
"""

from collections.abc import Callable, Mapping

from django.conf import settings

Counts = Callable[[str], Mapping[int, int]]

_providers: list[Counts] = []


def provide_counts(provider: Counts) -> None:
    """From now on ask this one: the number of people by version, of the policy with this key."""
    if provider not in _providers:
        _providers.append(provider)


def at_least_by_version(policy_key: str) -> dict[int, int]:
    """For each version so many people at least; 0 says that it is fewer than *k*."""
    step = settings.DISCLOSURE_K
    found: dict[int, int] = {}
    for provider in _providers:
        for number, people in provider(policy_key).items():
            found[number] = people // step * step
    return found
