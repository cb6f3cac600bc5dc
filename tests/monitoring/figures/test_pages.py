"""What editors and the programme see: released figures, as a picture, in tables, as a file."""

import re
from typing import Any

import pytest
from django.urls import reverse

from leer.accounts.api import Role, User
from leer.disclosure import api as disclosure
from leer.monitoring.figures.counting import first_name
from leer.monitoring.figures.shape import way
from leer.monitoring.figures.stories import count_stories
from tests.monitoring.figures import people
from tests.monitoring.figures.people import ASKS, ON, TAKES, TELLS, WALKS
from tests.support import factories_content as make
from tests.support import learning

pytestmark = pytest.mark.django_db
ARGS = ("de-doos", "nl")
WORDS = {
    "nl": ("De doos", "Je pakt hem aan", "Bij de deur"),
    "en": ("The box", "You take it", "At the door"),
}


@pytest.fixture
def version() -> str:
    return people.publish()


@pytest.fixture
def editor() -> User:
    return make.user_with(Role.EDITOR)


def page(user: User, name: str = "story", *args: Any) -> Any:
    return learning.signed_in(user).get(reverse(f"monitoring:{name}", args=args or ARGS))


def many(version: str) -> None:
    everybody = people.users(120)
    people.play(everybody[:70], version, TAKES, ON, WALKS)
    people.play(everybody[70:117], version, ASKS, TELLS)
    people.play(everybody[117:], version, ASKS, WALKS)
    count_stories(people.tonight())


def test_before_there_are_enough_people_the_page_says_when(editor: User, version: str) -> None:
    people.play(people.users(9), version, ASKS, TELLS)
    count_stories(people.tonight())
    shown = page(editor).content.decode()
    assert "Nog te weinig mensen" in shown
    assert "Vanaf 10 mensen" in shown
    assert page(editor, "story_csv", *ARGS, 1).status_code == 404


def test_the_page_shows_what_was_released_and_nothing_else(editor: User, version: str) -> None:
    many(version)
    released = disclosure.latest(first_name(version))
    assert released
    shown = page(editor).content.decode()
    main = re.sub(r"<svg.*?</svg>", "", shown[shown.index("<h1>") : shown.index("Waar mensen")])
    figures = {int(number) for number in re.findall(r'figures__people">(\d+)<', main)}
    assert figures == {
        released.at_least(way(*TAKES)),
        released.at_least(way(*ASKS)),
        released.at_least(way(*WALKS)),
        released.at_least(way(*TELLS)),
    } - {0}
    assert "Minstens 120 mensen speelden dit verhaal" in shown
    assert not re.search(r"\b(117|47|50|3) mensen", main)


def test_new_attempts_show_only_after_the_night(editor: User, version: str) -> None:
    many(version)
    before = page(editor).context["flow"]
    people.play(people.users(500, "later"), version, ASKS, TELLS, days_ago=1)
    assert page(editor).context["flow"] == before


def test_the_file_holds_exactly_what_is_on_the_page(editor: User, version: str) -> None:
    many(version)
    flow = page(editor).context["flow"]
    answer = page(editor, "story_csv", *ARGS, 1)
    text = answer.content.decode("utf-8-sig")
    assert f"In de gang;Je vertelt het;{flow.scenes[1].choices[1].first};niet te zeggen" in text
    on_page = sum(
        len(rows) for rows in ([*flow.scenes], [c for s in flow.scenes for c in s.choices])
    )
    lines = text.strip().splitlines()
    assert len(lines) == 2 + on_page + len(flow.endings) + len(flow.stops)


def test_an_ending_is_called_by_how_it_begins_as_its_name_is_dutch_in_every_language(
    editor: User,
) -> None:
    english = people.ENGLISH.replace("Mooi.", "*Well* done. You told it.").replace("Jammer", "Pity")
    many(people.publish(english, "en"))
    endings = page(editor, "story", "de-doos", "en").context["flow"].endings
    assert [(row.label, row.outcome) for row in endings] == [
        ("Pity.", "schade"),
        ("Well done.", "veilig"),
    ]


def test_the_picture_is_as_thick_as_the_shares(editor: User, version: str) -> None:
    many(version)
    assert 'class="graph__line"' in page(editor).context["flow"].picture
    assert "≥ 120" in page(editor).context["flow"].picture


@pytest.mark.parametrize(
    ("page_in", "story_in", "label"),
    [("nl", "en", "Engels"), ("en", "nl", "Dutch"), ("nl", "nl", ""), ("en", "en", "")],
)
def test_a_story_in_another_language_than_the_page_says_so_to_eyes_and_ears(
    editor: User, page_in: str, story_in: str, label: str
) -> None:
    many(people.publish(people.ENGLISH if story_in == "en" else people.STORY, story_in))
    client = learning.signed_in(editor)
    client.cookies["django_language"] = page_in
    story, words, place = WORDS[story_in]
    mark = f' lang="{story_in}"' if label else ""
    listed = client.get(reverse("monitoring:stories")).content.decode()
    assert f"{mark}>{story}</a>" in listed
    shown = client.get(reverse("monitoring:story", args=["de-doos", story_in])).content.decode()
    for text in (story, words, place):
        assert f"<span{mark}>{text}</span>" in shown
    main = shown[shown.index("<main") : shown.index("</main")]
    assert main.count("lang=") == main.count(mark or "lang=")
    assert (f"<span>{label}</span>" in listed, f"· {label} ·" in main) == (bool(label),) * 2


def test_the_picture_is_told_in_the_language_of_the_page(editor: User) -> None:
    many(people.publish(people.ENGLISH, "en"))
    assert '<title id="stroom-title">Hoe mensen door “The box” gaan</title>' in (
        page(editor, "story", "de-doos", "en").content.decode()
    )


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.MANAGER, Role.ADMINISTRATOR])
def test_others_do_not_see_figures(role: Role, version: str) -> None:
    assert page(make.user_with(role)).status_code == 403


@pytest.mark.parametrize("stories", [1, 3])
def test_the_page_costs_the_same_with_few_people_and_many(
    editor: User, version: str, stories: int, django_assert_num_queries: Any
) -> None:
    many(version)
    for number in range(stories):
        people.play(people.users(40 * number, f"x{number}"), version, ASKS, TELLS)
    client = learning.signed_in(editor)
    url = reverse("monitoring:story", args=ARGS)
    client.get(url)
    # 1 session, person and roles, 2 what the works council decided, 3 the story with its version,
    # 4 releases, 5 its versions
    with django_assert_num_queries(5):
        client.get(url)


def test_a_story_or_version_that_is_not_there_is_not_found(editor: User, version: str) -> None:
    assert page(editor, "story", "bestaat-niet", "nl").status_code == 404
    assert page(editor, "story_version", *ARGS, 9).status_code == 404
