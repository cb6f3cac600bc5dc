"""The screen on which an editor judges a picture, with and without a mouse; and what it is for: no
case goes online with a picture that nobody looked at.
"""

from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from cursussen.faces.boxes import Box, Kind
from cursussen.faces.waiting import open_pictures
from cursussen.gate.judging import judge
from cursussen.models import CasePage, Picture
from leer.accounts.api import Role, User
from leer.core.models import Job
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db

FACE = Box(Kind.FACE, 8, 8, 20, 20)
SIGN = Box(Kind.TEXT, 40, 30, 10, 6)


@pytest.fixture(autouse=True)
def _urls(settings: Any, tmp_path: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor() -> User:
    return make.user_with(Role.EDITOR)


@pytest.fixture
def browser(editor: User, client: Client) -> Client:
    client.force_login(editor, backend="leer.accounts.backends.RoleBackend")
    return client


def uploaded_by(user: User, title: str = "Haven", **values: Any) -> Picture:
    made = make.picture(title)
    Picture.objects.filter(pk=made.pk).update(uploaded_by_user=user, **values)
    return Picture.objects.get(pk=made.pk)


@pytest.fixture
def picture(editor: User) -> Picture:
    """64 by 48; Leer saw two things in it."""
    return uploaded_by(editor, proposal=[FACE.as_data(), SIGN.as_data()])


def url(picture: Picture) -> str:
    return reverse("faces:page", args=[picture.pk])


def filled(page: Any, *, cover: tuple[str, ...], **places: str) -> dict[str, Any]:
    prefix = page.context["places"].prefix
    return {
        "seen": page.context["form"]["seen"].value(),
        "cover": cover,
        f"{prefix}-TOTAL_FORMS": "4",
        f"{prefix}-INITIAL_FORMS": "0",
        **{f"{prefix}-0-{name}": value for name, value in places.items()},
    }


def test_everything_that_leer_saw_is_ticked(browser: Client, picture: Picture) -> None:
    page = browser.get(url(picture))
    assert [name for _value, name in page.context["form"]["cover"].field.choices] == [
        "1: gezicht",
        "2: tekst of kenteken",
    ]
    assert page.content.count(b" checked") == 2


def test_what_stays_ticked_is_covered_and_what_is_pointed_out_too(
    browser: Client, picture: Picture
) -> None:
    old, page = picture.file.name, browser.get(url(picture))
    there = {"left": "50", "top": "50", "width": "25", "height": "25.0"}
    done = browser.post(url(picture), filled(page, cover=("1",), **there), follow=True)
    assert "2 plekken zijn voorgoed bedekt" in done.content.decode()
    picture.refresh_from_db()
    assert picture.file.name != old
    assert picture.proposal == [SIGN.as_data()]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"left": "10"}, "Vul alle vier de getallen in."),
        ({"left": "10", "top": "10", "width": "0", "height": "5"}, "Breed en hoog zijn meer dan 0"),
        ({"left": "10", "top": "10", "width": "101", "height": "5"}, "100"),
    ],
    ids=["not-all", "nothing", "too-much"],
)
def test_a_place_that_is_none_is_told_and_nothing_happens(
    place: dict[str, str], told: str, browser: Client, picture: Picture
) -> None:
    answer = browser.post(url(picture), filled(browser.get(url(picture)), cover=(), **place))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    picture.refresh_from_db()
    assert picture.judged_at is None


def test_a_picture_of_somebody_else_is_for_the_chief_editor(picture: Picture) -> None:
    for role, status in ((Role.EDITOR, 302), (Role.CHIEF_EDITOR, 200)):
        client = Client()
        user = make.user_with(role, name=f"ander-{role}")
        client.force_login(user, backend="leer.accounts.backends.RoleBackend")
        assert client.get(url(picture)).status_code == status


def test_a_picture_at_which_leer_did_not_look_is_looked_at_when_asked(
    browser: Client, editor: User
) -> None:
    new = uploaded_by(editor)
    Job.objects.all().delete()
    assert b"Bevestig" not in browser.get(url(new)).content
    browser.post(url(new), {"look": "1"})
    assert Job.objects.get().task == "cursussen.tasks.look_for_faces"


def test_an_upload_is_looked_at_and_what_was_judged_is_not() -> None:
    make.picture()
    assert Job.objects.filter(task="cursussen.tasks.look_for_faces").count() == 1


def test_the_list_holds_what_waits_in_the_same_number_of_queries(
    browser: Client, editor: User, picture: Picture, django_assert_num_queries: Any
) -> None:
    address = reverse("faces:list")
    browser.get(address)
    with django_assert_num_queries(QUERIES):
        assert browser.get(address).content.count(b"wie-staat-erop/") >= 1
    for number in range(5):
        uploaded_by(editor, f"Haven {number}").get_rendition("max-165x165")
    with django_assert_num_queries(QUERIES):
        assert len(browser.get(address).context["pictures"]) == 6


QUERIES = 11


@pytest.mark.parametrize("given", ["x", "-1", "https://elders.example", "1;2"])
def test_nobody_is_led_elsewhere_afterwards(given: str, browser: Client, picture: Picture) -> None:
    address = f"{url(picture)}?casus={quote(given)}"
    done = browser.post(address, filled(browser.get(address), cover=()))
    assert (done.status_code, done["Location"]) == (302, reverse("faces:list"))


class TestTheGate:
    """A case is shown to colleagues when somebody looked at every picture in it."""

    @pytest.fixture
    def case(self, editor: User, picture: Picture) -> CasePage:
        embedded = f'<p>Zo ging het.</p><embed embedtype="image" id="{picture.pk}" alt="x"/>'
        first, *others = make.parts_of_a_case(embedded)
        first[1]["body"].append(("picture", {"image": make.picture("Kade"), "alt": "Kade"}))
        return make.submitted_case(
            editor, picture=make.picture("Kop"), picture_alt="x", sections=[first, *others]
        )

    def test_a_case_with_a_picture_that_nobody_looked_at_is_refused(self, case: CasePage) -> None:
        with pytest.raises(ValidationError, match="Herkenbaarheid"):
            case.check_complete()
        Picture.objects.update(judged_at="2026-01-01T00:00Z")
        case.check_complete()

    def test_pictures_at_the_head_in_blocks_and_in_texts_are_all_found(
        self, case: CasePage
    ) -> None:
        assert {one.title for one in open_pictures(case)} == {"Haven", "Kade", "Kop"}
        assert len(judge(case).pictures) == 3

    def test_the_screen_of_the_gate_leads_to_ones_own_and_back(
        self, case: CasePage, browser: Client, picture: Picture
    ) -> None:
        gate = reverse("gate:page", args=[case.pk])
        page = browser.get(gate).content.decode()
        assert [url(one) in page for one in open_pictures(case)].count(True) == 1
        assert page.count("(van een collega: die kijkt zelf, of de eindredacteur)") == 2
        there = f"{url(picture)}?casus={case.pk}"
        assert f'href="{there}"' in page
        done = browser.post(there, filled(browser.get(there), cover=()))
        assert (done.status_code, done["Location"]) == (302, gate)

    def test_the_form_tells_that_they_wait_and_not_that_nothing_is_wrong(
        self, case: CasePage
    ) -> None:
        panel = render_to_string(
            "cursussen/gate/panel.html", {"judgement": judge(case), "case": case}
        )
        assert "Van 3 beelden is nog niet bekeken wie erop staat." in panel
        assert "nog 0 dingen" not in panel
