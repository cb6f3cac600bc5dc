"""The texts of the content folder, loaded: once, again, after a change, after an editor."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry

from cursussen import api
from cursussen.loading.loader import Outcome, load_content
from cursussen.loading.sources import ContentErrors
from cursussen.models import CasePage, LessonPage, ModulePage, Picture, QuizPage
from leer.accounts.api import Role
from leer.questions.api import (
    KINDS,
    Draw,
    MultipleChoiceQuestion,
    PictureSignalsQuestion,
    Question,
)
from tests.support import factories_content as make
from tests.support.factories_content import image_bytes, user_with

pytestmark = pytest.mark.django_db
MODULE = "modules/herken"
LESSON = f"{MODULE}/1-wat-je-doet.md"
QUIZ = f"{MODULE}/2-wat-zie-je.toml"
CASE = "casussen/de-pas.md"

TEXTS = {
    f"{MODULE}/module.md": """+++
soort = "module"
sleutel = "herken"
titel = "Herken een benadering"
samenvatting = "Het begint aardig."
leerdoelen = ["Je herkent de stappen."]
minuten = 20
themas = ["alert-en-weerbaar"]
beeld = "haven.png"
beeld_alt = "Een haven."
+++
Iemand is aardig en vraagt iets.
""",
    LESSON: """+++
soort = "les"
sleutel = "wat-je-doet"
titel = "Wat je doet"
samenvatting = "Zeg nee."
minuten = 4
bronnen = ["Openbare voorlichting"]
+++
## Zeg nee

Een **duidelijk** nee, zie [hulp](/hulp).

::: beeld bestand="kaart.png"
alt: Een kaart.
bijschrift: De volgorde van hulp.
:::

::: film still="haven.png" titel="Een biertje" duur="2 minuten"
alt: Een kantine.
transcript:
**Ilse:** Nee.
:::

::: citaat wie="Medewerker"
Dat ben ik.
:::

::: onthoud
Vertel het dezelfde dag.
:::
""",
    QUIZ: """
soort = "quiz"
sleutel = "wat-zie-je"
titel = "Wat zie je?"
samenvatting = "Twee situaties."
minuten = 4

[[vraag]]
soort = "een-antwoord"
sleutel = "zwembad"
tekst = "Je zoon heeft zwemles."
[[vraag.optie]]
sleutel = "a"
tekst = "Nee."
goed = true
[[vraag.optie]]
sleutel = "b"
tekst = "Ja."
goed = false

[[vraag]]
soort = "meer-antwoorden"
sleutel = "kantoor"
tekst = "Waarom jij?"
[[vraag.optie]]
sleutel = "a"
tekst = "Je weet iets."
goed = true
[[vraag.optie]]
sleutel = "b"
tekst = "Schulden."
goed = false
""",
    f"{MODULE}/3-bekende.toml": """
soort = "scenario"
sleutel = "een-oude-bekende"
titel = "Een oude bekende"
samenvatting = "Jij kiest."
minuten = 5
scenario = "een-oude-bekende"
""",
    CASE: """+++
soort = "casus"
sleutel = "de-pas"
titel = "De pas"
samenvatting = "Tien minuten maar."
themas = ["alert-en-weerbaar"]
herkomst = "geconstrueerd"
bron = "Verzonnen."
functies = ["alle functies"]
fase = "vastzetten"
gevoeligheid = "Dit gaat over geld."
oefenen = "een-oude-bekende"
voorbeeld = "fout"
herziening = 2027-11-01
+++
::: deel soort="gebeurtenis" titel="Tien minuten"
Iedereen kende Peter.

::: onthoud
Een pas leen je niet uit.
:::
:::

::: deel soort="keuzemoment" titel="En nu?" vraag="Wat zou jij doen?"
Peter vraagt om de pas.

::: keuze tekst="Ik geef hem mijn pas."
Je wilt **helpen**.
:::

::: keuze tekst="Ik loop even mee."
Je pas blijft van jou.
:::
:::

::: deel soort="les" titel="Wat we leren"
Een pas is van jou.
:::
""",
    "paginas/privacy.md": """+++
soort = "pagina"
sleutel = "privacy"
titel = "Wat Leer weet"
+++
Zo min mogelijk.
""",
}


LAST_PART = """::: deel soort="les" titel="Wat we leren"
Een pas is van jou.
:::
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content folder with one of each."""
    for path, text in TEXTS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "beeld").mkdir()
    (tmp_path / "beeld/haven.png").write_bytes(image_bytes((40, 30), "PNG"))
    (tmp_path / "beeld/kaart.png").write_bytes(image_bytes((30, 40), "PNG"))
    return tmp_path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_real_content_loads_and_is_live() -> None:
    outcomes = load_content(settings.CONTENT_FOLDER)
    assert set(outcomes) == {Outcome.MADE}
    module = api.module("herken-een-benadering")
    kinds = [part.kind.value for part in module.parts]
    assert kinds == ["lesson", "lesson", "lesson", "quiz", "scenario"]
    assert all(case.picture and case.picture.alt for case in api.cases())
    stories = {part.scenario_key for module in api.modules().values() for part in module.parts}
    shipped = {path.name for path in settings.SCENARIO_FOLDER.iterdir()}
    assert stories - {""} <= shipped
    assert api.info_page("privacy").html


def test_each_kind_of_text_becomes_its_page(folder: Path) -> None:
    load_content(folder)
    module = api.module("herken")
    assert [part.kind.value for part in module.parts] == ["lesson", "quiz", "scenario"]
    assert module.parts[2].scenario_key == "een-oude-bekende"
    assert module.picture is not None
    assert module.picture.alt == "Een haven."
    html = api.lesson_html(api.module("herken"), "wat-je-doet")
    for part in (
        "<h2>Zeg nee</h2>",
        'class="picture"',
        'class="film"',
        "<strong>Ilse:</strong>",
        'class="quote"',
        'class="remember"',
        'href="/hulp"',
        'alt="Een kaart."',
    ):
        assert part in html
    case = api.case("de-pas")
    kinds = [section.kind for section in case.sections]
    assert kinds == ["gebeurtenis", "keuzemoment", "les"]
    assert case.sensitivity == "Dit gaat over geld."
    assert case.practice is not None
    assert (case.practice.module, case.policy) == ("herken", None)
    assert case.moment is not None
    assert case.moment.question == "Wat zou jij doen?"
    assert [one.text for one in case.moment.options] == [
        "Ik geef hem mijn pas.",
        "Ik loop even mee.",
    ]
    assert "<strong>helpen</strong>" in case.moment.options[0].reflection
    assert 'class="remember"' in case.sections[0].html
    assert api.info_page("privacy").title == "Wat Leer weet"


def test_loading_twice_changes_nothing(folder: Path) -> None:
    load_content(folder)
    stamp, pictures = api.content_stamp(), Picture.objects.count()
    outcomes = load_content(folder)
    assert set(outcomes) == {Outcome.SAME}
    assert api.content_stamp() == stamp
    assert Picture.objects.count() == pictures


def test_a_changed_text_is_updated_and_published(folder: Path) -> None:
    load_content(folder)
    rewrite(folder / LESSON, "## Zeg nee", "## Zeg hardop nee")
    outcomes = load_content(folder)
    assert outcomes[Outcome.CHANGED] == 1
    assert "Zeg hardop nee" in api.lesson_html(api.module("herken"), "wat-je-doet")


def test_an_editors_change_is_not_overwritten(folder: Path) -> None:
    load_content(folder)
    page = LessonPage.objects.get(key="wat-je-doet")
    page.summary = "Van de redacteur."
    page.save_revision(user=user_with(Role.EDITOR)).publish()
    rewrite(folder / LESSON, "## Zeg nee", "## Zeg hardop nee")
    outcomes = load_content(folder)
    assert outcomes[Outcome.LEFT] == 1
    page.refresh_from_db()
    assert page.summary == "Van de redacteur."


def test_an_editors_draft_is_not_overwritten_either(folder: Path) -> None:
    load_content(folder)
    page = LessonPage.objects.get(key="wat-je-doet")
    page.summary = "Een concept."
    page.save_revision(user=user_with(Role.EDITOR))
    rewrite(folder / LESSON, "## Zeg nee", "## Zeg hardop nee")
    assert load_content(folder)[Outcome.LEFT] == 1
    latest = LessonPage.objects.get(key="wat-je-doet").get_latest_revision_as_object()
    assert latest.summary == "Een concept."


def test_a_changed_case_is_published_by_the_loader_and_its_history_says_so(folder: Path) -> None:
    load_content(folder)
    case = CasePage.objects.get(key="de-pas")
    rewrite(folder / CASE, 'titel="Tien minuten', 'titel="Elf minuten')
    load_content(folder)
    assert case.title == api.case(case.slug).title
    assert "Elf minuten" in {section.title for section in api.case(case.slug).sections}
    assert PageLogEntry.objects.filter(page=case.pk, action="cursussen.load").count() == 2


def test_a_question_that_an_editor_changed_stays(folder: Path) -> None:
    load_content(folder)
    question = Question.objects.get(key="zwembad")
    question.prompt = "Van de redacteur."
    question.save_revision(user=user_with(Role.EDITOR)).publish()
    rewrite(folder / QUIZ, "Je zoon heeft zwemles", "Je dochter heeft zwemles")
    load_content(folder)
    question.refresh_from_db()
    assert question.prompt == "Van de redacteur."


def test_a_question_that_nobody_changed_follows_its_file(folder: Path) -> None:
    load_content(folder)
    rewrite(folder / QUIZ, "Je zoon heeft zwemles", "Je dochter heeft zwemles")
    load_content(folder)
    question = Question.objects.get(key="zwembad")
    assert question.prompt.startswith("Je dochter")
    assert question.live


def test_a_new_part_stands_where_its_number_says(folder: Path) -> None:
    load_content(folder)
    text = (folder / LESSON).read_text().replace('"wat-je-doet"', '"tussendoor"')
    (folder / f"{MODULE}/2-tussendoor.md").write_text(text)
    load_content(folder)
    keys = [part.key for part in api.module("herken").parts]
    assert keys.index("tussendoor") == 1


def test_a_mistake_names_file_and_line_and_nothing_is_loaded(folder: Path) -> None:
    rewrite(folder / LESSON, "::: onthoud", "::: onthouden")
    line = (folder / LESSON).read_text().splitlines().index("::: onthouden") + 1
    with pytest.raises(ContentErrors) as caught:
        load_content(folder)
    assert f"1-wat-je-doet.md:{line}: Onbekend blok" in str(caught.value)
    assert not ModulePage.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("minuten = 4", 'minuten = "4"', "zonder aanhalingstekens: 12"),
        ("minuten = 4", "minuten = true", "zonder aanhalingstekens: 12"),
        ("minuten = 4", "", "Vul ‘minuten’ in"),
        ("minuten = 4", "minuten = 4\nkleur = 1", "Onbekende naam ‘kleur’"),
        ("minuten = 4", "minuten = ", "klopt de TOML niet"),
        ("kaart.png", "weg.png", "geen beeld ‘weg.png’"),
        ("## Zeg nee", "# Zeg nee", "Gebruik alleen"),
        ("## Zeg nee", "<b>Zeg</b> nee", "Gebruik alleen"),
        ("alt: Een kaart", "alternatief: Een kaart", "mist ‘alt’"),
        ('soort = "les"', 'soort = "liedje"', "kies uit"),
        ('sleutel = "wat-je-doet"', 'sleutel = "privacy"', "De sleutel is al van"),
    ],
)
def test_each_mistake_is_told(folder: Path, old: str, new: str, says: str) -> None:
    rewrite(folder / LESSON, old, new)
    with pytest.raises(ContentErrors, match=says):
        load_content(folder)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (' vraag="Wat zou jij doen?"', "", "mist ‘vraag’"),
        ('::: keuze tekst="Ik loop even mee."', "::: onthoud", "twee tot vier keuzes"),
        ('keuze tekst="Ik loop', 'keuze woorden="Ik loop', "mist ‘tekst’"),
        ('soort="gebeurtenis"', 'soort="begin"', "kies uit: gebeurtenis, keuzemoment"),
        ("::: onthoud", '::: keuze tekst="Ik wacht."', "Onbekend blok"),
        (LAST_PART, "", "één keuzemoment"),
        ('oefenen = "een-oude-bekende"', 'oefenen = "weg"', "geen pagina met de sleutel ‘weg’"),
    ],
)
def test_each_mistake_in_a_case_is_told(folder: Path, old: str, new: str, says: str) -> None:
    rewrite(folder / CASE, old, new)
    with pytest.raises(ContentErrors, match=says):
        load_content(folder)


def test_a_question_that_is_no_table_is_told(folder: Path) -> None:
    quiz = next(folder.rglob("*.toml"))
    head = quiz.read_text().partition("[[vraag]]")[0]
    quiz.write_text(head + 'vraag = ["Wat doe je?"]\n')
    with pytest.raises(ContentErrors, match="Vul ‘tekst’ in"):
        load_content(folder)


def test_the_command_shows_progress_and_refuses_with_the_mistakes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("content_load", str(folder))
    assert "privacy: gemaakt" in capsys.readouterr().out
    rewrite(folder / LESSON, "::: onthoud", "::: onthouden")
    with pytest.raises(CommandError, match="er is niets geladen"):
        call_command("content_load", str(folder))


def test_a_quiz_of_a_file_holds_both_kinds_of_question(folder: Path) -> None:
    load_content(folder)
    quiz = QuizPage.objects.get(key="wat-zie-je")
    kinds = {type(question).__name__ for question in quiz.entries()}
    assert kinds == {"SingleChoiceQuestion", "MultipleChoiceQuestion"}


def test_every_kind_of_question_that_ships_is_loaded_and_draws_from_the_bank() -> None:
    load_content(settings.CONTENT_FOLDER)
    page = QuizPage.objects.get(key="kijk-en-kies")
    *chosen, draw = page.entries()
    assert {type(question) for question in chosen} == set(KINDS) - {MultipleChoiceQuestion}
    assert draw == Draw("situatie", 2)
    assert Question.objects.filter(parallel="vroeg-nee").count() == 2
    picture = next(
        one.freeze().picture for one in chosen if isinstance(one, PictureSignalsQuestion)
    )
    assert picture is not None
    assert (picture.width, picture.height) == (1200, 675)
    assert load_content(settings.CONTENT_FOLDER).keys() == {Outcome.SAME}


def test_a_picture_that_a_question_asks_about_is_kept() -> None:
    make.one_of_each_kind()
    with pytest.raises(PermissionDenied, match="online"):
        Picture.objects.get().delete()


DRAW = '\n[[trek]]\ntrefwoord = "situatie"\naantal = 2\n'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("goed = true", 'oordeel = "passend"', "Onbekende naam ‘oordeel’"),
        ('soort = "een-antwoord"', 'soort = "raden"', "kies uit: een-antwoord"),
        ('soort = "een-antwoord"', 'soort = "nadenken"', "Onbekende naam ‘optie’"),
        ('soort = "een-antwoord"', 'soort = "signalen-in-beeld"', "Vul ‘beeld’ in"),
        ("goed = false\n", "goed = false\n" + DRAW, "te weinig met trefwoord ‘situatie’"),
    ],
)
def test_each_mistake_in_a_quiz_is_told(folder: Path, old: str, new: str, says: str) -> None:
    rewrite(folder / QUIZ, old, new)
    with pytest.raises(ContentErrors, match=says):
        load_content(folder)
