"""From Twine and to it; from ``scenario's/`` into the hands of the editors."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cursussen.models import StoryPage
from leer.accounts.api import Role, User
from leer.scenarios import api as scenarios
from leer.scenarios import engine
from leer.scenarios.api import authoring
from tests.cursussen.stories.conftest import browser
from tests.scenarios.engine.examples import EXAMPLE, changed
from tests.support.factories_content import user_with
from tests.support.factories_stories import approve_story, draft_story, submitted_story

pytestmark = pytest.mark.django_db
CANONICAL = engine.write(engine.parse(EXAMPLE))
IMPORT = "stories:import"


def send(user: User, text: str | bytes, **more: str) -> Any:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("het-rooster.twee", content, content_type="text/plain")
    return browser(user).post(reverse(IMPORT), {"file": file} | more)


def from_a_file(text: str = EXAMPLE) -> scenarios.Scenario:
    version = scenarios.load(text, key="het-rooster", language="nl").version
    scenarios.publish(version)
    return scenarios.Scenario.objects.get()


def exported(user: User, page: StoryPage) -> str:
    answer = browser(user).get(reverse("stories:export", args=[page.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="het-rooster.nl.twee"'
    return answer.content.decode()


def test_a_file_becomes_a_draft_and_comes_out_as_it_was(author: User) -> None:
    answer = send(author, CANONICAL)
    page = StoryPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert exported(author, page) == CANONICAL


def test_a_file_from_windows_with_its_mark_is_read_too(author: User) -> None:
    send(author, b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())
    assert exported(author, StoryPage.objects.get()) == CANONICAL


def test_what_cannot_be_read_is_told_with_its_line_and_nothing_is_kept(author: User) -> None:
    answer = send(author, changed(("Goed zo.", "Goed <b>zo</b>.")))
    told = answer.content.decode()
    assert "r-nee" in told
    assert "HTML" in told
    assert f">{EXAMPLE.splitlines().index('Goed zo.') + 1}<" in told
    assert not StoryPage.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe\x00", "geen tekst"), (b"x" * (2 * 1024 * 1024 + 1), "te groot")],
)
def test_what_is_no_scenario_is_refused(author: User, content: bytes, said: str) -> None:
    assert said in send(author, content).content.decode()
    assert not StoryPage.objects.exists()


def test_a_language_that_leer_does_not_have_is_refused(author: User) -> None:
    answer = send(author, changed(("taal: nl", "taal: fy")))
    assert "geen taal die Leer kent" in answer.content.decode()
    assert not StoryPage.objects.exists()


def test_a_story_that_is_not_sound_comes_in_with_its_problems(author: User) -> None:
    send(author, changed(("[[Verder->schade]]", "[[Verder->weg]]")))
    page = StoryPage.objects.get()
    assert "choice-gone" in [found.code for found in page.checked().errors]


def test_the_same_story_again_asks_first_and_becomes_a_new_draft(author: User) -> None:
    page = draft_story(author)
    text = changed(("Goed zo.", "Heel goed."), ("druk: druk + 1", "druk: druk + 2"))
    question = send(author, text).content.decode()
    assert "Op 1 plaats gaat het verhaal anders" in question
    assert exported(author, page) == CANONICAL
    data = {"text": text, "name": "het-rooster.twee", "sure": "1"}
    browser(author).post(reverse(IMPORT), data)
    assert exported(author, page) == engine.write(engine.parse(text))
    latest = StoryPage.objects.get().get_latest_revision_as_object()
    assert [block.id for block in latest.scenes] == [block.id for block in page.scenes]


def test_what_is_being_judged_is_not_replaced(author: User) -> None:
    page = submitted_story(author)
    answer = send(author, changed(("Goed zo.", "Heel goed.")), sure="1")
    assert answer.status_code == 200
    assert page.get_latest_revision_as_object().draft().scenes == page.draft().scenes


def test_a_story_from_a_file_is_first_copied(author: User) -> None:
    from_a_file()
    answer = send(author, changed(("Goed zo.", "Heel goed.")))
    assert "Kopieer om te bewerken" in answer.content.decode()
    assert not StoryPage.objects.exists()


def test_a_copy_takes_over_when_it_is_published_and_not_before(author: User, chief: User) -> None:
    scenario = from_a_file()
    answer = browser(author).post(reverse("stories:take_over", args=[scenario.pk]))
    page = StoryPage.objects.get()
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.story_key, str(page.ifid)) == ("het-rooster", str(scenario.ifid))
    newer = changed(("Goed zo.", "Heel goed."))
    assert scenarios.load(newer, key="het-rooster", language="nl").created
    page.get_workflow().start(page, author)
    approve_story(StoryPage.objects.get(), chief)
    with pytest.raises(scenarios.HeldByEditorsError):
        scenarios.load(changed(("Goed zo.", "Mooi.")), key="het-rooster", language="nl")
    assert scenarios.Scenario.objects.get().versions.count() == 2


def test_copying_twice_opens_the_copy_that_is_there(author: User) -> None:
    scenario = from_a_file()
    for _time in range(2):
        browser(author).post(reverse("stories:take_over", args=[scenario.pk]))
    assert StoryPage.objects.count() == 1


def test_what_came_from_a_file_is_looked_at_played_and_exported(author: User) -> None:
    scenario = from_a_file()
    client = browser(author)
    look = client.get(reverse("stories:scenario", args=[scenario.pk])).content.decode()
    assert "<svg" in look
    assert "Kopieer om te bewerken" in look
    play = client.get(reverse("stories:play_scenario", args=[scenario.pk]), {"scene": "auto"})
    assert "Er ligt een envelop." in play.content.decode()
    text = client.get(reverse("stories:export_scenario", args=[scenario.pk])).content.decode()
    assert text == CANONICAL


def test_a_draft_that_cannot_be_written_down_is_not_exported(author: User) -> None:
    page = draft_story(author)
    page.scenes[0].value["choices"][0]["target"] = ""
    page.save_revision(user=author)
    answer = browser(author).get(reverse("stories:export", args=[page.pk]))
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("role", [Role.PROGRAMME, Role.MANAGER])
def test_others_bring_nothing_in_and_take_nothing_out(author: User, role: Role) -> None:
    page, other = draft_story(author), user_with(role, name="iemand")
    text = changed(("D674C58C-DEFA", "E674C58C-DEFA"))
    assert send(other, text).status_code in {302, 403}
    assert StoryPage.objects.count() == 1
    for name in ("stories:export", "stories:state"):
        answer = browser(other).get(reverse(name, args=[page.pk]))
        assert answer.status_code in {302, 403}
        assert b"kantine" not in answer.content


def test_a_translation_begins_as_the_same_story_with_its_own_identity(author: User) -> None:
    page = draft_story(author)
    url = reverse("stories:translate", args=[page.pk, "en"])
    answer = browser(author).post(url)
    english = StoryPage.objects.get(language="en")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert english.story_key == page.story_key
    assert english.ifid != page.ifid
    assert engine.compare(authoring.to_graph(page.draft()), english.checked().graph) == []
    browser(author).post(url)
    assert StoryPage.objects.count() == 2
