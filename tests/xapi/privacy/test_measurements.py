"""No statement ever holds a measurement answer: not as its object, and not anywhere else."""

import json
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leer.accounts.models import User
from leer.xapi import api as xapi
from leer.xapi.models import Document, StatementRecord
from leer.xapi.statements.checking import Refused, check
from leer.xapi.statements.names import activity_iri, is_measurement
from tests.xapi.rest_client import PERSON, Lrs, statement

REFUSED = "answers there are anonymous"
BASE = "https://leer.example/xapi"
INSIDE = st.lists(st.text("abc-1", min_size=1), max_size=3).map(
    lambda path: "/".join([f"{BASE}/measurements", *path])
)
AROUND = ("parent", "grouping", "category", "other")


def capitals(iri: str) -> str:
    return iri.replace("measurements", "MeasureMents").replace("https://leer", "HTTPS://Leer")


SPELLINGS = st.sampled_from(
    [
        str,
        capitals,
        lambda iri: iri.replace("/measurements", "/%6deasurements"),
        lambda iri: iri.replace("/measurements", "/%256deasurements"),
        lambda iri: iri.replace("/xapi/", quote("/xapi/", safe="")),
        lambda iri: iri.replace("https:", "http:"),
        lambda iri: iri.replace("/measurements", "/./modules/../measurements"),
        lambda iri: iri.replace("/measurements", "//measurements"),
        lambda iri: iri + "?antwoord=3",
    ]
)
PLACES: list[Any] = [
    lambda iri: {"object": {"id": iri}, "result": {"response": "4"}},
    *(lambda iri, at=at: {"context": {"contextActivities": {at: [{"id": iri}]}}} for at in AROUND),
    lambda iri: {"context": {"contextActivities": {"parent": {"id": iri}}}},
    lambda iri: {"context": {"extensions": {"https://x.nl/e": {"diep": [iri]}}}},
    lambda iri: {"result": {"extensions": {iri: 4}}},
    lambda iri: {"verb": {"id": iri}},
    lambda iri: {"object": {"id": "https://x.nl/a", "definition": {"type": iri}}},
    lambda iri: {"object": statement(object={"id": iri}) | {"objectType": "SubStatement"}},
]


@given(iri=INSIDE, spelled=SPELLINGS, place=st.sampled_from(PLACES), ascii_=st.booleans())
def test_a_statement_that_names_a_measurement_is_refused(
    iri: str, spelled: Any, place: Any, ascii_: bool
) -> None:
    text = json.dumps(statement(**place(spelled(iri))))
    if ascii_:  # JSON may write every character by its number
        text = text.replace("measurements", "\\u006deasurements")
    with pytest.raises(Refused, match=REFUSED):
        check(text.encode(), version="1.0.3")


@pytest.mark.parametrize(
    "near",
    [
        "https://leer.example/xapi/modules/measurements",
        "https://leer.example/xapi/measurements-uitleg",
        "https://elders.example/xapi/measurements/1",
        "https://leer.example/xapi/modules/50%25-measurements",
    ],
)
def test_what_only_sounds_like_a_measurement_is_taken(near: str) -> None:
    assert not is_measurement(near)
    assert check(json.dumps(statement(object={"id": near})).encode(), version="1.0.3")


@pytest.mark.django_db
def test_leer_itself_cannot_write_one() -> None:
    user = User.objects.create_user("noor")
    about = xapi.activity(xapi.ActivityType.INTERACTION, "measurements", "1", "items", "2")
    answer = xapi.Statement(
        id=uuid4(),
        actor=xapi.agent(user.actor_name),
        verb=xapi.VerbObject(id=xapi.Verb.ANSWERED.value),
        object=about,
        result=xapi.Result(response="4"),
        timestamp=user.date_joined,
    )
    with pytest.raises(xapi.Refused, match=REFUSED):
        xapi.append([answer])
    assert not StatementRecord.objects.exists()


@pytest.mark.django_db
def test_nor_can_an_answer_be_kept_as_a_document() -> None:
    iri = activity_iri("measurements", "1")
    place = {"activityId": iri, "agent": json.dumps(PERSON), "stateId": "antwoorden"}
    answer = Lrs().send("PUT", "activities/state", query=place, body={"q1": 4})
    assert answer.status == 400
    assert not Document.objects.exists()
    fine = place | {"activityId": activity_iri("modules", "1")}
    assert Lrs().send("PUT", "activities/state", query=fine, body={"q1": 4}).status == 204
