"""What is known of a policy besides its text: how far it is, where it holds, whom to call."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cursussen import api
from cursussen.models import PolicyIndexPage, PolicyPage, ScenarioPage, Standing
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db


def draft(**values: Any) -> PolicyPage:
    page = PolicyPage(live=False, **make.policy_values(**values))
    PolicyIndexPage.objects.get().add_child(instance=page)
    return page


def live(values: dict[str, Any]) -> PolicyPage:
    page = PolicyPage(live=False, **values)
    PolicyIndexPage.objects.get().add_child(instance=page)
    page.publish_loaded(page.save_revision())
    return page


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"standing": Standing.FOUND}, "Beoordeel de afspraak eerst"),
        ({"standing": Standing.MERGED}, "Kies de afspraak waar deze in is opgegaan"),
        ({"standing": Standing.WITHDRAWN}, "Schrijf waarom"),
    ],
    ids=["found", "merged", "withdrawn"],
)
def test_a_policy_goes_online_when_it_is_known_how_far_it_is(
    values: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValidationError, match=told):
        draft(**values).check_complete()


def test_it_cannot_have_become_part_of_itself() -> None:
    page = draft(standing=Standing.MERGED)
    page.merged_into = page
    with pytest.raises(ValidationError, match="waar deze in is opgegaan"):
        page.check_complete()


def test_what_holds_no_more_is_told_and_is_no_policy_any_more() -> None:
    values = make.policy_values()
    new, old = (live(values | {"slug": slug}) for slug in ("nee", "vroeger"))
    old.standing, old.merged_into, old.ended_because = Standing.MERGED, new, "Eén tekst."
    old.publish_loaded(old.save_revision())
    assert set(api.policies()) == {"nee"}
    (ended,) = api.ended_policies().values()
    assert (ended.key, ended.because) == ("vroeger", "Eén tekst.")
    assert ended.into is not None
    assert ended.into.key == "nee"


def test_where_it_holds_whom_to_call_and_what_to_practise() -> None:
    make.module("oefen")
    story = ScenarioPage.objects.get()
    make.policy(
        regions="West, Zuid",
        contact="bvi",
        search_words="Een tas\n\n Een kaartje ",
        dilemmas=[story],
    )
    found = api.policy("nee")
    assert found.regions == "West, Zuid"
    assert found.contact_name == "het bureau Veiligheid en Integriteit (BVI)"
    assert found.search_words == ("Een tas", "Een kaartje")
    assert [one.key for one in found.dilemmas] == [story.key]
