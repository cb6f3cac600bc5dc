"""Themes, outcomes, goals and the glossary: from files, changed by editors, read by colleagues."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cursussen import api
from cursussen.loading.programme import load_programme
from cursussen.loading.sources import ContentErrors
from cursussen.models import Goal, ModulePage, Outcome, Term, Theme
from leer.accounts.api import Role
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db
SHIPPED = settings.CONTENT_FOLDER / "programma"
THEMES = """
[[thema]]
sleutel = "bvi"
doel = "Overal hetzelfde."
van = "Los."
naar = "Samen."

[[thema.kenmerk]]
sleutel = "een-regie"
tekst = "Eén afdeling heeft de regie."
"""
GOALS = """
[[doel]]
sleutel = "hoofd"
kort = "Integer"
tekst = "Iedereen is weerbaar."
hoofd = true
"""
TERMS = """
[[woord]]
sleutel = "mrf"
woord = "MRF"
betekenis = "Zegt iets over het werk."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "themas", THEMES)
    write(tmp_path, "doelen", GOALS)
    write(tmp_path, "woordenlijst", TERMS)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def everything() -> list[object]:
    rows = (Theme, Outcome, Goal, Term)
    return [list(model.objects.order_by("pk").values()) for model in rows]


def test_what_the_source_counts_is_what_ships() -> None:
    load_programme(SHIPPED)
    counts = [(theme.slug, len(theme.outcomes)) for theme in api.themes()]
    assert counts == [
        ("kennis-en-expertise", 3),
        ("actueel-beleid", 5),
        ("beschermende-maatregelen", 4),
        ("ethisch-leiderschap", 4),
        ("alert-en-weerbaar", 5),
        ("bvi", 6),
    ]
    assert [goal.is_main for goal in api.goals()] == [True, *[False] * 5]
    assert len(api.terms()) >= 35


def test_a_theme_without_from_and_to_in_the_source_has_none() -> None:
    load_programme(SHIPPED)
    silent = [theme.slug for theme in api.themes() if not theme.from_text or not theme.to_text]
    assert silent == ["ethisch-leiderschap"]


def test_loading_twice_changes_nothing(folder: Path) -> None:
    load_programme(folder)
    before, stamp = everything(), api.content_stamp()
    load_programme(folder)
    assert (everything(), api.content_stamp()) == (before, stamp)


def test_words_that_nobody_changed_follow_the_file(folder: Path) -> None:
    load_programme(folder)
    write(folder, "woordenlijst", TERMS.replace("over het werk", "over je werk"))
    write(folder, "themas", THEMES.replace("Los.", "Verspreid."))
    load_programme(folder)
    assert api.terms()[0].meaning == "Zegt iets over je werk."
    assert api.theme("bvi").from_text == "Verspreid."


def test_what_an_editor_changed_is_left_alone_and_the_rest_is_not(folder: Path) -> None:
    load_programme(folder)
    Outcome.objects.update(text="Wij hebben de regie.")
    theme = Theme.objects.get(slug="bvi")
    theme.from_text = theme.to_text = theme.goal = ""  # an editor may also empty it
    theme.save()
    write(folder, "themas", THEMES.replace("de regie", "de leiding").replace("Los.", "Verspreid."))
    write(folder, "doelen", GOALS.replace("Iedereen", "Wie hier werkt"))
    load_programme(folder)
    bvi = api.theme("bvi")
    assert (bvi.outcomes[0].text, bvi.goal, bvi.from_text) == ("Wij hebben de regie.", "", "")
    assert api.goals()[0].text == "Wie hier werkt is weerbaar."


def test_words_that_were_there_before_the_first_load_are_somebodys(folder: Path) -> None:
    Theme.objects.filter(slug="bvi").update(goal="Ons eigen doel.")
    load_programme(folder)
    assert api.theme("bvi").goal == "Ons eigen doel."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"bvi"', '"bestaat-niet"', "Er zijn zes thema’s"),
        ('tekst = "Eén', 'tekts = "Eén', "Onbekende naam ‘tekts’"),
        ('sleutel = "een-regie"', 'sleutel = "bvi"', "staat hier twee keer"),
        ("[[thema]]", "[[doel]]", "Onbekende naam ‘doel’"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_loaded(
    folder: Path, old: str, new: str, says: str
) -> None:
    write(folder, "themas", THEMES.replace(old, new))
    with pytest.raises(ContentErrors, match=says):
        load_programme(folder)
    assert not Outcome.objects.exists()
    assert not Goal.objects.exists()


def test_a_word_that_is_not_shown_is_not_in_the_glossary(folder: Path) -> None:
    load_programme(folder)
    assert [term.key for term in api.terms()] == ["mrf"]
    term = Term.objects.get()
    term.is_shown = False
    term.save()
    assert api.terms() == ()


def test_only_live_modules_serve_an_outcome(folder: Path) -> None:
    load_programme(folder)
    page = ModulePage.objects.get(key=make.module(parts=False).key)
    page.outcomes = [Outcome.objects.get()]
    page.save_revision().publish()
    assert api.theme("bvi").outcomes[0].modules == (page.key,)
    page.unpublish()
    assert api.theme("bvi").outcomes[0].modules == ()


def test_reading_all_themes_costs_the_same_whatever_is_in_them(
    folder: Path, django_assert_num_queries: Any
) -> None:
    load_programme(SHIPPED)
    with django_assert_num_queries(4):  # stamp; modules that serve; themes; outcomes
        api.themes()
    with django_assert_num_queries(1):  # stamp
        api.themes()


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.EDITOR, False), (Role.CHIEF_EDITOR, True), (Role.ADMINISTRATOR, True)],
)
def test_who_may_reword_what_is_online_at_once(role: Role, may: bool) -> None:
    user = make.user_with(role)
    for name in ("change_theme", "change_outcome", "change_goal", "change_term", "add_term"):
        assert user.has_perm(f"cursussen.{name}") is may
    assert not user.has_perm("cursussen.delete_term")
