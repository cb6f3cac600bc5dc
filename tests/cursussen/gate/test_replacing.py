"""A suggestion of Leer in the place of one finding, by the writer and one at a time."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision
from wagtail.rich_text import RichText

from cursussen.gate import judging, replacing
from cursussen.gate.html import CannotReplace
from cursussen.gate.judging import FoundText
from cursussen.gate.replacing import Names, proposal_of, sentence_around
from cursussen.models import CasePage
from leer.accounts.api import Role, User
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db

STORY = "<p>Toen kwam <b>Yas</b>mina Bouzidi aan. Yasmina Bouzidi zei niets.</p>"
QUOTE = ("quote", {"text": RichText("<p>Vraag het Yasmina Bouzidi.</p>"), "who": "Yasmina Bouzidi"})


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"


@pytest.fixture
def author() -> User:
    return make.user_with(Role.EDITOR, name="schrijver")


@pytest.fixture
def page(author: User) -> CasePage:
    return telling(author, ("text", RichText(STORY)), QUOTE)


def telling(author: User, *body: Any) -> CasePage:
    section = {"kind": "les", "title": "Wat er gebeurde", "body": list(body)}
    return make.draft_case(author, sections=[("section", section)])


def draft(page: CasePage) -> CasePage:
    found: CasePage = CasePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def texts(page: CasePage) -> tuple[FoundText, ...]:
    return judging.judge(draft(page)).texts


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def replace(page: CasePage, at: int, digest: str, *, by: User) -> replacing.Proposal:
    return replacing.replace(page, at, digest, names=Names(page.pk, {}), by=by)


def offered(found: FoundText) -> bool:
    return proposal_of(found, Names(0, {})) is not None


def press(client: Client, page: CasePage, at: int, **changed: Any) -> Any:
    found = texts(page)[at]
    given = {"at": at, "digest": found.digest, "revision": page.latest_revision_id} | changed
    return client.post(reverse("gate:replace", args=[page.pk]), given, follow=True)


def test_one_place_is_replaced_and_all_else_stays(author: User, page: CasePage) -> None:
    before = draft(page).sections.get_prep_value()
    done = replace(draft(page), 1, texts(page)[1].digest, by=author)
    after = draft(page).sections.get_prep_value()
    text = before[0]["value"]["body"][0]
    text["value"] = text["value"].replace(". Yasmina Bouzidi", f". {done.words}")
    assert after == before


@pytest.mark.parametrize("at", range(4))
def test_each_place_can_be_replaced_by_itself(author: User, page: CasePage, at: int) -> None:
    done = replace(draft(page), at, texts(page)[at].digest, by=author)
    left = [found.finding.text for found in texts(page)]
    assert left.count("Yasmina Bouzidi") == 3
    assert left.count(done.words) == 1


def test_one_person_gets_one_name_and_who_took_it_is_told(author: User) -> None:
    """Pressed place by place, by any part of the name, with somebody else in between."""
    story = "<p>Yasmina Bouzidi belde. Toen zei Yasmina: vraag Emre Demir of Bouzidi.</p>"
    page, client = telling(author, ("text", RichText(story))), browser(author)
    for at in range(4):
        page = draft(page)
        press(client, page, at)
    first, second, third, fourth = (found.finding.text for found in texts(page))
    assert first == second == fourth != third
    text = client.get(reverse("gate:page", args=[page.pk])).content.decode()
    assert "namen die Leer zelf voorstelt" in text
    assert "Maak er ‘" not in text


def test_who_was_called_what_is_kept_without_names() -> None:
    names = Names(1, {})
    names.remember("Yasmina Bouzidi", "Sam")
    assert names.get("Bouzidi") == "Sam"
    assert names.get("Emre") is None
    assert "yasmina" not in str(names.kept).casefold()


def test_the_version_before_is_kept_until_it_is_thrown_away(author: User, page: CasePage) -> None:
    first = page.latest_revision_id
    replace(draft(page), 0, texts(page)[0].digest, by=author)
    kept = Revision.objects.get(pk=first)
    assert draft(page).latest_revision.user == author
    assert "mina Bouzidi aan" in str(kept.as_object().sections)


def test_what_changed_meanwhile_is_left(author: User, page: CasePage) -> None:
    with pytest.raises(CannotReplace):
        replace(draft(page), 0, "een andere", by=author)
    with pytest.raises(CannotReplace):
        replace(draft(page), 99, texts(page)[0].digest, by=author)


def test_the_writer_reads_both_sentences_and_presses(author: User, page: CasePage) -> None:
    client = browser(author)
    text = client.get(reverse("gate:page", args=[page.pk])).content.decode()
    assert text.count("Maak er ‘") == 4
    answer = press(client, page, 0)
    assert "is nu" in answer.content.decode()
    assert "Yasmina" not in str(draft(page).sections[0].value["body"][0].value).split(".")[0]


def test_a_screen_that_is_old_changes_nothing(author: User, page: CasePage) -> None:
    answer = press(browser(author), page, 0, revision=1 + page.latest_revision_id)
    assert "intussen veranderd" in answer.content.decode()
    assert len(texts(page)) == 4


def test_while_it_is_judged_nobody_replaces(author: User) -> None:
    page = make.submitted_case(author, summary="Hoe Yasmina Bouzidi nee zei.")
    for user in (author, make.user_with(Role.CHIEF_EDITOR, name="beoordelaar")):
        assert "is nu" not in press(browser(user), page, 0).content.decode()
        found = browser(user).get(reverse("gate:page", args=[page.pk])).content.decode()
        assert "Maak er ‘" not in found
    assert "Yasmina Bouzidi" in draft(page).summary


@pytest.mark.parametrize(
    ("told", "after"),
    [
        ("Hij kwam op 12 maart 2024 terug.", "Hij kwam in het voorjaar terug."),
        ("Ze wachtte. Op 12 juli kwam hij.", "Ze wachtte. In de zomer kwam hij."),
        ("Dat was om 14:30 uur bij het hek.", "Dat was ’s middags bij het hek."),
        ("Om 22:10 uur ging hij weg.", "’s Avonds ging hij weg."),
        ("Zij werkte op de ECT Delta.", "Zij werkte op een terminal."),
        ("Hij reed naar Rotterdam.", "Hij reed naar een grote haven."),
    ],
)
def test_a_suggestion_fits_in_its_sentence(author: User, told: str, after: str) -> None:
    page = make.draft_case(author, summary=told)
    (found,) = texts(page)
    replace(draft(page), 0, found.digest, by=author)
    assert draft(page).summary == after


@pytest.mark.parametrize(
    "told",
    ["Ze reed in de XJ-123-B.", "Bel 06 12 34 56 78.", "De Rotterdamse haven.", "Rotterdam sliep."],
)
def test_what_a_sentence_cannot_say_is_not_offered(author: User, told: str) -> None:
    (found,) = texts(make.draft_case(author, summary=told))
    assert not offered(found)


def test_what_is_said_of_a_file_is_changed_at_the_file_and_leads_back(author: User) -> None:
    picture = make.picture("foto_piotr_kowalski.jpg")
    page = make.draft_case(author, picture=picture, picture_alt="Een hek")
    (found,) = [one for one in texts(page) if "kowalski" in one.finding.text]
    assert not offered(found)
    gate = reverse("gate:page", args=[page.pk])
    client = browser(make.user_with(Role.CHIEF_EDITOR, name="baas"))
    edit = f"{reverse('wagtailimages:edit', args=[picture.pk])}?next={gate}"
    assert f'href="{edit}"' in client.get(gate).content.decode()
    given = {"title": "Een hek", "description": "", "tags": "", "collection": 1, "next": gate}
    assert client.post(edit, given).url == gate
    assert texts(page) == ()


def test_a_sentence_is_no_more_than_that() -> None:
    text = "Een. Twee Jan drie. Vier.\nVijf"
    start = text.index("Jan")
    assert sentence_around(text, start, start + 3) == ("Twee ", " drie.")
    assert sentence_around(text, len(text) - 4, len(text)) == ("", "")
