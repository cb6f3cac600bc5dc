"""People, teams and where they were, in domain words."""

from datetime import date

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from leer.accounts.models import User
from leer.accounts.roles import Role
from leer.organisation.models import JobFunction, Leadership, Membership, Team

LONG_AGO = date(2020, 1, 1)
LAST_YEAR = date(2025, 1, 1)


class UserFactory(DjangoModelFactory):
    """Somebody in service; ``UserFactory(administrator=True)``, ``UserFactory(gone=True)``."""

    class Meta:
        model = User

    class Params:
        gone = factory.Trait(is_active=False)
        without_external_id = factory.Trait(external_id=None)
        administrator = factory.Trait(roles=(Role.EMPLOYEE, Role.ADMINISTRATOR))
        manager = factory.Trait(roles=(Role.EMPLOYEE, Role.MANAGER))
        editor = factory.Trait(roles=(Role.EMPLOYEE, Role.EDITOR))

    username = factory.Sequence(lambda n: f"persoon{n}")
    external_id = factory.Sequence(lambda n: f"U{n:05d}")
    first_name = "Sam"
    last_name = factory.Sequence(lambda n: f"Voorbeeld{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@voorbeelddouane.example")

    roles = (Role.EMPLOYEE,)

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **kwargs: object) -> User:
        roles = kwargs.pop("roles")
        user = super()._create(model_class, *args, **kwargs)
        user.groups.set(Group.objects.filter(name__in=roles))
        return user


class JobFunctionFactory(DjangoModelFactory):
    """A job function; ``JobFunctionFactory(risky=True)`` is an MRF."""

    class Meta:
        model = JobFunction

    class Params:
        risky = factory.Trait(high_risk=True)

    external_id = factory.Sequence(lambda n: f"FF{n:03d}")
    name = factory.Sequence(lambda n: f"Functie {n}")


class TeamFactory(DjangoModelFactory):
    """A team; ``TeamFactory(dissolved=True)`` is no longer there."""

    class Meta:
        model = Team

    class Params:
        dissolved = factory.Trait(active=False)

    external_id = factory.Sequence(lambda n: f"TT{n:03d}")
    name = factory.Sequence(lambda n: f"Team {n}")
    region = "West"


class MembershipFactory(DjangoModelFactory):
    """A stay in a team since long; ``MembershipFactory(ended=True)`` is over."""

    class Meta:
        model = Membership

    class Params:
        ended = factory.Trait(valid_until=LAST_YEAR)

    user = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    job_function = factory.SubFactory(JobFunctionFactory)
    valid_from = LONG_AGO


class LeadershipFactory(DjangoModelFactory):
    """Leading a team since long; ``LeadershipFactory(ended=True)`` is over."""

    class Meta:
        model = Leadership

    class Params:
        ended = factory.Trait(valid_until=LAST_YEAR)

    user = factory.SubFactory(UserFactory, manager=True)
    team = factory.SubFactory(TeamFactory)
    valid_from = LONG_AGO
