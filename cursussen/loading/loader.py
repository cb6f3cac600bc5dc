"""The load itself: each text finds its page."""

from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cursussen import models
from cursussen.loading.pictures import Pictures
from cursussen.loading.programme import load_programme
from cursussen.loading.quizzes import draws, load_questions
from cursussen.loading.sources import ContentErrors
from cursussen.loading.texts import LoadableText, read_folder
from cursussen.models import (
    BasePage,
    CaseIndexPage,
    CasePage,
    HomePage,
    InfoPage,
    LoadedText,
    ModulePage,
    PolicyIndexPage,
    PolicyPage,
    QuizPage,
    ScenarioPage,
    StrandPage,
    Theme,
)
from cursussen.models.approved import ApprovedPage
from cursussen.quiz_blocks import problems_of
from cursussen.set_up import set_up_cms


class Outcome(StrEnum):
    """What happened to one text."""

    MADE = "gemaakt"
    CHANGED = "bijgewerkt"
    SAME = "ongewijzigd"
    LEFT = "overgeslagen: een redacteur heeft de pagina gewijzigd"


Report = Callable[[LoadableText, Outcome, int, int], None]


@transaction.atomic
def load_content(folder: Path, report: Report | None = None) -> Counter[Outcome]:
    """Load every text of the folder; all of it or, with a mistake anywhere, nothing."""
    set_up_cms()
    load_programme(folder / "programma")
    texts = read_folder(folder)
    pictures = Pictures(folder / "beeld")
    outcomes: Counter[Outcome] = Counter()
    for number, text in enumerate(texts, start=1):
        outcome = _load(text, pictures)
        outcomes[outcome] += 1
        if report:
            report(text, outcome, number, len(texts))
    if outcomes[Outcome.MADE]:
        _put_in_order(texts)
    return outcomes


def _load(text: LoadableText, pictures: Pictures) -> Outcome:
    page = text.model.objects.filter(key=text.source.key).first()
    loaded = LoadedText.objects.filter(page=page).first() if page else None
    if page is not None and loaded is not None and loaded.digest == text.digest:
        return Outcome.SAME
    if page is not None and (loaded is None or page.latest_revision_id != loaded.revision_id):
        return Outcome.LEFT
    try:
        _write(text, page, pictures)
    except ValidationError as error:
        raise ContentErrors([text.source.error(" ".join(error.messages))]) from error
    return Outcome.CHANGED if page else Outcome.MADE


def _write(text: LoadableText, page: BasePage | None, pictures: Pictures) -> None:
    values = pictures.fill(text.values)
    if text.model is QuizPage:
        values["questions"] = [
            *load_questions(text.questions, pictures.get),
            *draws(text.source.meta.get("trek", [])),
        ]
    if text.model is PolicyPage:
        values["situations"] = load_questions(text.questions, pictures.get)
    page = page or text.model(key=text.source.key, slug=text.source.key, live=False)
    for name, value in values.items():
        setattr(page, name, value)
    if isinstance(page, QuizPage) and (problems := problems_of(page.questions)):
        raise ValidationError([problem.message for problem in problems.values()])
    if text.themes:
        page.themes = list(Theme.objects.filter(slug__in=text.themes))
    if isinstance(page, ModulePage):
        page.outcomes = list(models.Outcome.objects.filter(key__in=text.outcomes))
    _link(page, text)
    if page.pk is None:
        _parent(text).add_child(instance=page)
    revision = page.save_revision()
    _publish(page, revision)
    LoadedText.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "path": str(text.source.path),
            "digest": text.digest,
            "revision_id": revision.pk,
        },
    )


def _link(page: BasePage, text: LoadableText) -> None:
    """To the pages that it belongs with."""
    for field, name in text.links.items():
        setattr(page, field, _linked(text, field, name))
    if isinstance(page, PolicyPage):
        page.dilemmas = _dilemmas(text)


def _linked(text: LoadableText, field: str, name: str) -> BasePage | None:
    model, key = text.model._meta.get_field(field).related_model, text.source.meta.get(name)
    found: BasePage | None = model.objects.filter(key=key).first() if key else None
    if key and not found:
        message = _("Er is geen pagina met de sleutel ‘%(key)s’.") % {"key": key}
        raise ContentErrors([text.source.error(message, at=name)])
    return found


def _dilemmas(text: LoadableText) -> list[ScenarioPage]:
    wanted = text.source.meta.get("dilemmas", [])
    found = {page.key: page for page in ScenarioPage.objects.filter(key__in=wanted)}
    for key in wanted:
        if key not in found:
            message = _("Er is geen pagina met de sleutel ‘%(key)s’.") % {"key": key}
            raise ContentErrors([text.source.error(message, at="dilemmas")])
    return [found[key] for key in wanted]


def _publish(page: BasePage, revision: Revision) -> None:
    if isinstance(page, ApprovedPage):
        page.publish_loaded(revision)
    else:
        revision.publish(log_action="cursussen.load")


def _parent(text: LoadableText) -> BasePage:
    parent: BasePage
    if text.model is CasePage:
        parent = CaseIndexPage.objects.get()
    elif text.model is PolicyPage:
        parent = PolicyIndexPage.objects.get()
    elif text.model is InfoPage:
        parent = HomePage.objects.get()
    elif text.model is ModulePage:
        parent = _strand(text)
    else:
        parent = ModulePage.objects.get(key=text.parent)
    return parent


def _strand(text: LoadableText) -> StrandPage:
    strand: StrandPage | None = StrandPage.objects.filter(slug=text.parent).first()
    if strand is None:
        known = ", ".join(StrandPage.objects.values_list("slug", flat=True))
        message = f"Onbekende leerlijn ‘{text.parent}’; kies uit: {known}."
        raise ContentErrors([text.source.error(message, at="leerlijn")])
    return strand


def _put_in_order(texts: Iterable[LoadableText]) -> None:
    """New parts stand where the number of their file says."""
    wanted: dict[str, list[str]] = {}
    for text in texts:
        if text.source.path.parent.parent.name == "modules" and text.model is not ModulePage:
            wanted.setdefault(text.parent, []).append(text.source.key)
    for module_key, keys in wanted.items():
        module = ModulePage.objects.get(key=module_key)
        there = [key for key in module.get_children().values_list("key", flat=True) if key in keys]
        if there != keys:
            for key in keys:
                page = BasePage.objects.get(key=key)
                page.move(ModulePage.objects.get(key=module_key), pos="last-child")
