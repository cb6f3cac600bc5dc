"""Policies: one exact form of a text, versions that stay, and what stands in the way of one."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cursussen import api as content
from cursussen.loading.loader import Outcome, load_content
from cursussen.loading.sources import ContentErrors
from cursussen.loading.texts import read_folder
from cursussen.models import AskedOf, PolicyIndexPage, PolicyPage, PolicyVersion
from cursussen.policies import counting
from cursussen.policies.canonical import canonical_text, sha256_of
from leer.accounts.api import Role, User
from leer.questions.api import Question
from tests.support import factories_content as make
from tests.support import factories_organisation as organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def text_of(*blocks: tuple[str, Any], title: str = "Zeg nee") -> str:
    return canonical_text(title, PolicyPage(body=list(blocks)).body)


def html(source: str) -> str:
    return text_of(("text", RichText(source)))


# One exact form ------------------------------------------------------------------------------
def test_the_exact_text_of_all_that_a_policy_can_hold() -> None:
    body = (
        "<h2>Wat we <b>afspreken</b></h2><p>Zeg   <i>vroeg</i> nee,<br/>hardop.</p>"
        '<ol><li>Eerst.<ul><li>Binnenin.</li></ul></li><li>Zie <a href="https://a.nl">de bron</a>'
        '.</li></ol><h3>En <a linktype="page" id="3">hier</a></h3>'
    )
    remember = ("remember", {"text": RichText("<p>Zeg nee.</p>")})
    found = text_of(("text", RichText(body)), remember, ("slot", "Het bedrag."))
    assert found == (
        "# Zeg nee\n\n## Wat we afspreken\n\nZeg vroeg nee,\nhardop.\n\n"
        "1. Eerst.\n  - Binnenin.\n2. Zie de bron (https://a.nl).\n\n### En hier\n\n"
        "Onthoud: Zeg nee.\n\n[Hier vult de dienst in: Het bedrag.]\n"
    )


@pytest.mark.parametrize(
    "other",
    [
        "<p>Zeg\n vroeg  nee.</p>",
        "<p>Zeg <b>vroeg</b> nee.</p>",
        '<p data-block-key="x1">Zeg vroeg nee. </p><p></p>',
        "<p>Zeg&nbsp;vroeg nee.</p>",
    ],
    ids=["white space", "markup", "keys of the editor", "a space that does not break"],
)
def test_what_reads_the_same_has_the_same_hash(other: str) -> None:
    assert sha256_of(html(other)) == sha256_of(html("<p>Zeg vroeg nee.</p>"))


@pytest.mark.parametrize(
    "other",
    [
        "<p>Zeg vroeg nee!</p>",
        "<h2>Zeg vroeg nee.</h2>",
        "<ul><li>Zeg vroeg nee.</li></ul>",
        "<p>Zeg</p><p>vroeg nee.</p>",
        '<p>Zeg <a href="https://a.nl">vroeg</a> nee.</p>',
    ],
    ids=["a sign", "a heading", "a list", "two paragraphs", "a link"],
)
def test_what_reads_different_has_another_hash(other: str) -> None:
    assert sha256_of(html(other)) != sha256_of(html("<p>Zeg vroeg nee.</p>"))


def test_two_spellings_of_one_letter_are_one_text() -> None:
    assert html("<p>Casu\u00efstiek</p>") == html("<p>Casui\u0308stiek</p>")


def test_the_hash_does_not_depend_on_the_language_of_the_reader(settings: Any) -> None:
    blocks = (("slot", "Het bedrag."), ("remember", {"text": RichText("<p>Nee.</p>")}))
    dutch = text_of(*blocks)
    settings.LANGUAGE_CODE = "en"
    assert text_of(*blocks) == dutch


# Versions ------------------------------------------------------------------------------------
def test_each_published_text_is_a_version_that_says_what_changed() -> None:
    page = make.policy(changes="Staat er al.")
    make.new_text("nee", "<p>Zeg altijd nee.</p>", changes="Altijd.")
    make.new_text("nee", "<p>Zeg altijd: nee.</p>", changes="Een dubbele punt.", is_minor=True)
    rows = PolicyVersion.objects.order_by("number").values_list("number", "changes", "is_minor")
    assert list(rows) == [(1, "", False), (2, "Altijd.", False), (3, "Een dubbele punt.", True)]
    first = PolicyVersion.objects.get(number=1)
    assert first.text == page.canonical_text()
    assert first.sha256 == sha256_of(first.text)
    found = content.policy("nee")
    assert (found.edition.number, found.asked.number) == (3, 2)
    assert [one.changes for one in found.since(1)] == ["Altijd.", "Een dubbele punt."]


def test_publishing_the_same_text_again_is_no_version() -> None:
    page = make.policy()
    page.owner_name = "Een andere afdeling"
    page.publish_loaded(page.save_revision())
    assert PolicyVersion.objects.count() == 1
    assert content.policy("nee").owner == "Een andere afdeling"


def test_a_text_that_comes_back_is_a_new_version_with_the_hash_it_had() -> None:
    make.policy()
    make.new_text("nee", "<p>Anders.</p>", changes="Anders.")
    make.new_text("nee", "<p>Zeg vaak nee.</p>", changes="Terug.")
    first, _second, third = PolicyVersion.objects.order_by("number")
    assert (third.number, third.sha256) == (3, first.sha256)


@pytest.mark.parametrize("change", ["text", "is_minor"])
def test_the_database_refuses_to_change_a_version(change: str) -> None:
    make.policy()
    with pytest.raises(DatabaseError, match="stays as it was published"), transaction.atomic():
        PolicyVersion.objects.update(**{change: "1"})


def test_the_database_refuses_to_delete_a_version_and_it_outlives_its_page() -> None:
    make.policy()
    with pytest.raises(DatabaseError, match="stays as it was published"), transaction.atomic():
        PolicyVersion.objects.all().delete()
    PolicyPage.objects.get().delete()
    assert content.policy_text("nee", 1).text.startswith("# Zeg nee")


# What stands in the way ----------------------------------------------------------------------
def problems(page: PolicyPage) -> str:
    try:
        page.check_complete()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def test_a_new_text_says_what_changed_and_not_what_the_last_one_said() -> None:
    make.policy()
    page = make.new_text("nee", "<p>Altijd.</p>", changes="Altijd.")
    assert problems(page) == ""
    page.body = [("text", RichText("<p>Nooit.</p>"))]
    assert "Schrijf bij ‘wat er verandert’" in problems(page)
    page.changes = "Nooit."
    assert problems(page) == ""


def test_nobody_is_asked_to_understand_what_is_still_to_fill_in() -> None:
    slot = [("text", RichText("<p>Nee.</p>")), ("slot", "Het bedrag.")]
    page = make.policy(body=slot)
    assert problems(page) == ""
    page.asked_of = AskedOf.EVERYBODY
    assert "Vul eerst in" in problems(page)


def test_two_situations_that_are_published() -> None:
    page = make.policy()
    first = page.asked()[0]
    first.live = False
    first.save()
    page = PolicyPage.objects.get()
    assert "Kies twee situaties" in problems(page)


def test_functions_are_ticked_when_functions_are_asked() -> None:
    page = make.policy()
    page.asked_of = AskedOf.FUNCTIONS
    assert "Vink de functies aan" in problems(page)
    page.job_functions = [organisation.JobFunctionFactory()]
    assert problems(page) == ""


# The CMS: a second person, and the history ---------------------------------------------------
def form_data(**values: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    keys = ("nee-een", "nee-twee")
    asked = [Question.objects.filter(key=key).first() or make.single_choice(key) for key in keys]
    questions = [("question", str(question.pk)) for question in asked]
    data = {
        "title": "Zeg nee", "slug": "nee", "key": "nee", "summary": "Zeg vroeg nee.",
        "body": streamfield([("text", rich_text("<p>Zeg vaak nee.</p>"))]),
        "owner_name": "BVI", "holds_from": "2026-12-01", "source": "Gedragscode",
        "source_url": "", "situations": streamfield(questions), "asked_of": "niemand",
        "days_to_read": "30", "standing": "beoordeeld", "changes": "", "review_on": "",
        "go_live_at": "", "expire_at": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    return nested_form_data(data | values)


def test_a_policy_goes_online_through_a_second_person_only() -> None:
    author = make.user_with(Role.EDITOR, name="schrijver")
    chief = make.user_with(Role.CHIEF_EDITOR, name="beoordelaar")
    index = PolicyIndexPage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=["cursussen", "policypage", index.pk])
    answer = browser(author).post(url, form_data() | {"action-submit": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    page = PolicyPage.objects.get()
    assert not page.live
    with pytest.raises(PublishPagePermissionError):
        page.latest_revision.publish(user=author)
    with pytest.raises(PermissionDenied):
        make.approve(page, author)
    assert not PolicyVersion.objects.exists()
    assert make.approve(page, chief).live
    assert PolicyVersion.objects.get().number == 1


def test_the_form_refuses_to_hand_in_a_new_text_that_does_not_say_what_changed() -> None:
    chief = make.user_with(Role.CHIEF_EDITOR, name="beoordelaar")
    page = make.policy()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_data(body=streamfield([("text", rich_text("<p>Zeg altijd nee.</p>"))]))
    refused = browser(chief).post(url, data | {"action-submit": "1"})
    assert refused.status_code == 200
    assert "wat er nieuw is" in refused.content.decode()
    told = browser(chief).post(url, data | {"action-submit": "1", "changes": "Altijd."})
    assert told.status_code == 302


def test_what_was_said_of_a_version_is_not_offered_for_the_next() -> None:
    chief = make.user_with(Role.CHIEF_EDITOR, name="beoordelaar")
    make.policy()
    page = make.new_text("nee", "<p>Altijd.</p>", changes="Een vreemd woord.", is_minor=True)
    answer = browser(chief).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    form = answer.context["form"]
    assert (form["changes"].value(), form["is_minor"].value()) == ("", False)
    assert "Een vreemd woord." in answer.content.decode(), "in the history"


@pytest.mark.parametrize(
    ("people", "told"),
    [(0, "Minder dan 10"), (9, "Minder dan 10"), (10, "Zeker 10"), (39, "Zeker 30")],
    ids=str,
)
def test_an_editor_reads_how_many_rounded_down_to_steps_of_k(
    people: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "_providers", [lambda key: {1: people}])
    chief = make.user_with(Role.CHIEF_EDITOR, name="beoordelaar")
    page = make.policy()
    answer = browser(chief).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert told in answer.content.decode()
    assert counting.at_least_by_version("nee").get(1) == people // 10 * 10


# Files ---------------------------------------------------------------------------------------
SHIPPED = Path(project.BASE_DIR) / "cursussen" / "inhoud"


def test_the_policies_that_ship_load_once_and_have_two_situations_each() -> None:
    load_content(SHIPPED)
    found = content.policies()
    assert found.keys() == {path.stem for path in (SHIPPED / "afspraken").glob("*.md")}
    assert all(len(one.situations) == 2 and one.search_words for one in found.values())
    asked = [key for key, one in found.items() if one.functions is None]
    assert asked == ["benaderd-meld-het-dezelfde-dag"]
    assert "Hier vult de dienst zelf in" in found["geschenken-en-uitnodigingen"].html
    again = load_content(SHIPPED)
    assert set(again) == {Outcome.SAME}
    assert PolicyVersion.objects.count() == len(found)


POLICY = """+++
soort = "afspraak"
sleutel = "nee"
titel = "Zeg nee"
samenvatting = "Zeg vroeg nee."
eigenaar = "BVI"
geldt_vanaf = 2026-12-01
bron = "Gedragscode"
voor = "niemand"
{more}
[[vraag]]
soort = "een-antwoord"
sleutel = "nee-een"
tekst = "Wat doe je?"
optie = [
  {{sleutel = "a", tekst = "Ja.", goed = true}},
  {{sleutel = "b", tekst = "Nee.", goed = false}},
]

[[vraag]]
soort = "een-antwoord"
sleutel = "nee-twee"
tekst = "En dan?"
optie = [
  {{sleutel = "a", tekst = "Ja.", goed = true}},
  {{sleutel = "b", tekst = "Nee.", goed = false}},
]
+++
{text}

::: invullen
Het bedrag
van de dienst.
:::
"""


def write(folder: Path, text: str, more: str = "") -> Path:
    (folder / "afspraken").mkdir(exist_ok=True)
    path = folder / "afspraken" / "nee.md"
    path.write_text(POLICY.format(text=text, more=more), encoding="utf-8")
    return folder


def test_a_changed_file_is_a_new_version_that_must_say_what_changed(tmp_path: Path) -> None:
    load_content(write(tmp_path, "Zeg vaak nee."))
    page = PolicyPage.objects.get()
    assert page.slots() == ["Het bedrag van de dienst."]
    assert page.holds_from == date(2026, 12, 1)
    with pytest.raises(ContentErrors, match="wat er nieuw is"):
        load_content(write(tmp_path, "Zeg altijd nee."))
    assert PolicyVersion.objects.count() == 1
    load_content(write(tmp_path, "Zeg altijd nee.", 'verandert = "Altijd."'))
    assert PolicyVersion.latest("nee").changes == "Altijd."


def test_a_lesson_has_no_place_to_fill_in(tmp_path: Path) -> None:
    (tmp_path / "paginas").mkdir()
    head = '+++\nsoort = "pagina"\nsleutel = "p"\ntitel = "P"\n+++\n'
    (tmp_path / "paginas" / "p.md").write_text(head + "::: invullen\nX\n:::\n", encoding="utf-8")
    with pytest.raises(ContentErrors, match="Onbekend blok"):
        read_folder(tmp_path)
