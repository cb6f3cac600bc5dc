"""Things that must agree with each other across the project."""

import re
from pathlib import Path

import polib
import pytest
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from wagtail.models import PAGE_MODEL_CLASSES

from leer.schedule import BEAT_SCHEDULE

ROOT = Path(settings.BASE_DIR)
OURS = [app for app in apps.get_app_configs() if app.name.startswith(("leer.", "cursussen"))]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CATALOGUES = [ROOT / "leer/locale" / code / "LC_MESSAGES/django.po" for code in ("nl", "en")]


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", sorted(BEAT_SCHEDULE))
def test_what_the_clock_starts_is_a_task(name: str) -> None:
    current_app.loader.import_default_modules()
    assert BEAT_SCHEDULE[name]["task"] in current_app.tasks


@pytest.mark.parametrize("path", CATALOGUES, ids=["nl", "en"])
def test_a_catalogue_is_complete_and_keeps_the_placeholders(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    assert not catalogue.untranslated_entries()
    assert not catalogue.fuzzy_entries()
    for entry in catalogue:
        said = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        for text in said:
            assert set(PLACEHOLDER.findall(text)) <= wanted, entry.msgid


def test_texts_go_through_names_that_the_catalogues_know() -> None:
    """gettext looks for ``_`` and for its own names; a text behind another one stays Dutch."""
    renamed = re.compile(r"\bn?p?gettext(_lazy)? as (?!_$)", re.MULTILINE)
    paths = [path for top in ("leer", "cursussen") for path in (ROOT / top).rglob("*.py")]
    assert [path for path in paths if renamed.search(path.read_text(encoding="utf-8"))] == []


def test_every_template_compiles_and_is_used() -> None:
    folders = [ROOT / "leer/templates", *(Path(app.path) / "templates" for app in OURS)]
    names = {
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    code = " ".join(
        path.read_text(encoding="utf-8")
        for top in ("leer", "cursussen")
        for pattern in ("*.py", "*.html")
        for path in (ROOT / top).rglob(pattern)
    )
    by_name = {"400.html", "403.html", "404.html", "500.html"}
    # Wagtail derives a page's template from its class.
    pages = {model.template for model in PAGE_MODEL_CLASSES}
    for name in sorted(names):
        get_template(name)
        assert name in code or name in by_name | pages, f"{name} is used nowhere"


def test_every_rule_of_the_stylesheets_selects_something() -> None:
    """A browser leaves out a rule that does not, and says nothing."""
    headless = re.compile(r"^\s*(?:\{|--[\w-]+ \{|[>+~] )", re.MULTILINE)
    paths = list((ROOT / "leer/static/leer/css").glob("*.css"))
    assert paths
    assert [path.name for path in paths if headless.search(path.read_text("utf-8"))] == []


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs/woordenlijst.md").read_text(encoding="utf-8")
    models = [model.__name__ for app in OURS for model in app.get_models()]
    assert [name for name in models if f"`{name}`" not in glossary] == []


def test_no_secret_host_or_machine_is_in_the_tree() -> None:
    """Text files under version control: no registry hosts but in the lock file."""
    hosts = re.compile(r"files\.pythonhosted|pypi\.org/simple|registry\.npmjs")
    for pattern in ("*.py", "*.toml", "*.md", "*.html", "*.yml"):
        for path in ROOT.rglob(pattern):
            if not {".venv", ".leer", "tests"} & set(path.relative_to(ROOT).parts):
                assert not hosts.search(path.read_text(encoding="utf-8")), path
