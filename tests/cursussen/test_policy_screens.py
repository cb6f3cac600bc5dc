"""The inventory of policies in the CMS: looked through, taken along, and brought in."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.rich_text import RichText

from cursussen.models import PolicyPage, Standing
from cursussen.policies.inventory import COLUMNS
from cursussen.policies.preview import COLUMNS as EXPLAINED
from leer.accounts.api import Role
from tests.support import factories_content as make
from tests.support import factories_organisation as organisation

pytestmark = pytest.mark.django_db
PAST = date(2026, 1, 1)
HEAD = "sleutel;titel;eigenaar;functies;herzien_op;versie\r\n"


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"


@pytest.fixture
def editor() -> Client:
    client = Client()
    user = make.user_with(Role.EDITOR)
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def three() -> None:
    """One that is overdue, one for a function, and one that holds no more."""
    page = organisation.JobFunctionFactory(external_id="F1", name="Douanier")
    organisation.JobFunctionFactory(external_id="F2", name="Analist")
    slot = [("text", RichText("<p>Zeg nee.</p>")), ("slot", "Het bedrag")]
    make.policies(
        laat={"title": "Te laat", "review_on": PAST, "owner_name": "HRM", "body": slot},
        haven={"title": "In de haven", "regions": "Rotterdam", "holds_for": [page]},
        op={"title": "Voorbij", "standing": Standing.WITHDRAWN, "ended_because": "Op."},
    )


def titles(client: Client, **asked: str) -> list[str]:
    answer = client.get(reverse("policies:list"), asked)
    return [one.cells["titel"] for one in answer.context["policies"]]


def send(client: Client, text: str, **more: str) -> Any:
    file = SimpleUploadedFile("lijst.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("policies:import"), {"file": file} | more)


def confirm(client: Client, answer: Any) -> Any:
    """Press the button below what was shown."""
    initial = answer.context["form"].initial
    return client.post(reverse("policies:import"), initial | {"sure": "1"})


def test_every_policy_stands_there_with_what_is_known_what_is_overdue_first(editor: Client) -> None:
    three()
    assert titles(editor)[0] == "Te laat"
    page = editor.get(reverse("policies:list")).content.decode()
    for words in ("over tijd", "Rotterdam", "Douanier", "versie 1", "hoeft niet meer"):
        assert words in page
    assert "1 plek in te vullen" in page
    assert "3 afspraken van 3. 1 is over tijd." in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"stand": "ingetrokken"}, ["Voorbij"]),
        ({"eigenaar": "HRM"}, ["Te laat"]),
        ({"laat": "on"}, ["Te laat"]),
        ({"functie": "Douanier", "eigenaar": "BVI"}, ["In de haven", "Voorbij"]),
        ({"eigenaar": "HRM", "stand": "ingetrokken"}, []),
    ],
)
def test_somebody_sees_what_was_asked_for_and_takes_that_along(
    editor: Client, asked: dict[str, str], shown: list[str]
) -> None:
    three()
    assert titles(editor, **asked) == shown
    file = editor.get(reverse("policies:file"), asked).content.decode("utf-8-sig")
    assert [line.split(";")[1] for line in file.splitlines()[1:]] == shown


def test_what_cannot_be_chosen_hides_nothing(editor: Client) -> None:
    three()
    assert len(titles(editor, eigenaar="Niemand")) == 3


def test_what_nobody_can_choose_from_is_not_asked(editor: Client) -> None:
    make.policy()
    assert 'name="functie"' not in editor.get(reverse("policies:list")).content.decode()


def test_an_empty_inventory_says_how_to_begin(editor: Client) -> None:
    page = editor.get(reverse("policies:list")).content.decode()
    assert "Er zijn nog geen afspraken" in page
    assert reverse("policies:import") in page


def test_the_list_costs_as_many_queries_with_one_as_with_ten(
    editor: Client, django_assert_num_queries: Any
) -> None:
    make.policies(een={})
    editor.get(reverse("policies:list"))
    with CaptureQueriesContext(connection) as counted:
        editor.get(reverse("policies:list"))
    queries = len(counted)
    text = HEAD + "".join(f"k{number};T;E;;;\r\n" for number in range(9))
    confirm(editor, send(editor, text))
    editor.get(reverse("policies:list"))  # shows the message once
    with django_assert_num_queries(queries):
        assert len(titles(editor)) == 10


def test_a_list_is_shown_first_and_comes_in_when_that_was_seen(editor: Client) -> None:
    three()
    version = PolicyPage.objects.get(key="haven").latest_revision_id
    answer = send(
        editor,
        f"{HEAD}nieuw;Nieuw;Team Vragen;;31-12-2027;\r\nhaven;;Team Haven;Analist;;{version}\r\n"
        "laat;;Team Vragen;;;\r\nop;Voorbij;;;;\r\n",
    )
    page = answer.content.decode()
    assert "<del>Douanier</del> wordt <ins>Analist</ins>" in page
    assert "31 december 2027" in page
    for heading in ("1 nieuw concept", "1 gewijzigd", "1 overgeslagen"):
        assert heading in page
    assert "niet van welke versie" in page
    assert not PolicyPage.objects.filter(key="nieuw").exists()
    done = confirm(editor, answer)
    assert done.url == reverse("policies:list")
    told = editor.get(done.url).content.decode()
    assert "Nieuwe concepten: 1. Gewijzigd: 1. Overgeslagen: 1." in told
    assert PolicyPage.objects.get(key="nieuw").latest_revision.user.username
    draft = PolicyPage.objects.get(key="haven").get_latest_revision_as_object()
    assert draft.owner_name == "Team Haven"


def test_what_changed_between_looking_and_pressing_is_left(editor: Client) -> None:
    page = make.policy()
    answer = send(editor, f"{HEAD}nee;;Team Vragen;;;{page.latest_revision_id}\r\n")
    page.summary = "Zeg meteen nee."
    page.save_revision()
    told = editor.get(confirm(editor, answer).url).content.decode()
    assert "Overgeslagen: 1." in told
    assert page.get_latest_revision_as_object().owner_name == "BVI"


@pytest.mark.parametrize("sure", [{}, {"sure": "1"}])
def test_a_mistake_is_told_in_its_place_and_nothing_comes_in(
    editor: Client, sure: dict[str, str]
) -> None:
    answer = send(editor, f"{HEAD}goed;Goed;E;;;\r\nfout;;E;Bakker;;\r\n", **sure)
    assert answer.status_code == 422
    assert [(one.line, one.column) for one in answer.context["errors"]] == [
        (3, "functies"),
        (3, "titel"),
    ]
    assert not PolicyPage.objects.exists()


def test_a_file_that_changes_nothing_has_no_button(editor: Client) -> None:
    make.policy()
    page = send(editor, f"{HEAD}nee;Zeg nee;;;;\r\n").content.decode()
    assert "Er is niets om in te lezen" in page
    assert "1 afspraak staat al zo in Leer" in page
    assert 'name="sure"' not in page


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "Kies een bestand"), (b"\xff\xfe", "Regel 1"), (b"a" * (1024 * 1024 + 1), "te groot")],
)
def test_what_is_no_list_is_refused(editor: Client, content: bytes, told: str) -> None:
    file = SimpleUploadedFile("lijst.csv", content, content_type="text/csv")
    answer = editor.post(reverse("policies:import"), {"file": file} if content else {})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_the_largest_list_can_be_sent_once_more_with_the_button(editor: Client) -> None:
    line = "k{};T;E;;;;" + "ë" * 400 + "\r\n"
    lines = "".join(line.format(number) for number in range(1200))
    answer = send(editor, HEAD.replace("\r\n", ";kort\r\n") + lines)
    assert len(answer.context["made"]) == 1200


def test_the_example_comes_in_as_it_is(editor: Client) -> None:
    example = editor.get(reverse("policies:example")).content.decode("utf-8-sig")
    assert len(send(editor, example).context["made"]) == 1


def test_every_column_is_explained_and_the_form_shows_how(editor: Client) -> None:
    assert tuple(EXPLAINED) == COLUMNS
    assert str(EXPLAINED["versie"]) in editor.get(reverse("policies:import")).content.decode()


def test_who_may_not_write_policies_brings_none_in(client: Client) -> None:
    user = make.user_with(Role.PROGRAMME)
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    assert send(client, f"{HEAD}a;A;E;;;\r\n").status_code == 403
