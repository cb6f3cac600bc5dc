"""From pages to plain data. Runs once per content stamp; ``api`` keeps the outcome."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from cursussen import models
from cursussen.content import (
    Case,
    CaseLink,
    CaseSummary,
    EndedPolicy,
    GoalData,
    InfoPage,
    Module,
    OutcomeData,
    Part,
    PartKind,
    PhaseData,
    Policy,
    PolicyEdition,
    PolicyText,
    TermData,
    ThemeData,
    UnknownCase,
    UnknownPage,
    UnknownPolicy,
    WholeTheme,
)
from cursussen.models import (
    AskedOf,
    BasePage,
    CasePage,
    Goal,
    LessonPage,
    ModulePage,
    Phase,
    PolicyPage,
    PolicyVersion,
    QuizPage,
    ScenarioPage,
    Standing,
    Term,
    Theme,
)

WORDS_PER_MINUTE = 200
MINUTES_FOR_SITUATIONS = 1
KINDS: dict[type[BasePage], PartKind] = {
    LessonPage: PartKind.LESSON,
    QuizPage: PartKind.QUIZ,
    ScenarioPage: PartKind.SCENARIO,
}


def read_modules(stamp: str) -> dict[str, Module]:
    """Every live module in a live strand, in the tree's order."""
    strands = set(BasePage.objects.live().filter(depth=3).values_list("path", flat=True))
    parts = _parts_by_parent_path()
    pages = ModulePage.objects.live().select_related("picture")
    return {
        page.key: _module(page, stamp, parts.get(page.path, []))
        for page in pages.order_by("path")
        if page.path[:-4] in strands
    }


def _parts_by_parent_path() -> dict[str, list[Part]]:
    found: dict[str, list[BasePage]] = {}
    for model in KINDS:
        for page in model.objects.live():
            found.setdefault(page.path[:-4], []).append(page)
    return {
        path: [_part(page) for page in sorted(pages, key=lambda page: page.path)]
        for path, pages in found.items()
    }


def _part(page: BasePage) -> Part:
    return Part(
        key=page.key,
        kind=KINDS[type(page)],
        title=page.title,
        summary=page.summary,
        minutes=page.minutes,
        version=version_of(page),
        page_id=page.pk,
        scenario_key=getattr(page, "scenario_key", ""),
        remember=tuple(_remember(page)) if isinstance(page, LessonPage) else (),
    )


def _remember(page: LessonPage) -> Iterator[SafeString]:
    for block in page.body:
        if block.block_type == "remember":
            yield SafeString(expand_db_html(block.value["text"].source))


def _module(page: ModulePage, stamp: str, parts: Iterable[Part]) -> Module:
    return Module(
        stamp=stamp,
        key=page.key,
        title=page.title,
        summary=page.summary,
        intro_html=SafeString(expand_db_html(page.intro)),
        goals=tuple(goal.value for goal in page.goals),
        minutes=page.minutes,
        parts=tuple(parts),
        version=version_of(page),
        page_id=page.pk,
        picture=page.picture_data(),
        for_everyone=page.for_everyone,
        days_to_complete=page.days_to_complete,
    )


def version_of(page: BasePage) -> int:
    """A number that changes with every publication."""
    if page.live_revision_id:
        return int(page.live_revision_id)
    return int(page.last_published_at.timestamp()) if page.last_published_at else 0


def read_lesson_html(page_id: int) -> SafeString:
    """The body of a lesson."""
    page = LessonPage.objects.live().get(pk=page_id)
    return render_to_string("cursussen/partials/lesson.html", {"page": page})


def read_cases() -> tuple[CaseSummary, ...]:
    """Every live case, the newest first."""
    modules = _modules_by_path()
    return tuple(CaseSummary(**_summary(page, modules)) for page in _live_cases())


def read_case(slug: str) -> Case:
    """One live case, by its slug or key."""
    for page in _live_cases():
        if slug in {page.slug, page.key}:
            return _case(page)
    raise UnknownCase(slug)


def _live_cases() -> Iterable[CasePage]:
    cases: Iterable[CasePage] = (
        CasePage.objects.live()
        .select_related("picture", "policy", "practice")
        .prefetch_related("themes")
        .order_by("-first_published_at", "-pk")
    )
    return cases


def _modules_by_path() -> dict[str, str]:
    """The keys of the live modules, by their place in the tree."""
    return dict(ModulePage.objects.live().values_list("path", "key"))


def _summary(page: CasePage, modules: Mapping[str, str]) -> dict[str, Any]:
    return {
        "title": page.title,
        "slug": page.slug,
        "key": page.key,
        "summary": page.summary,
        "themes": _themes(page.themes.all()),
        "phase": _phase(page.phase),
        "functions": page.function_names,
        "picture": page.picture_data(),
        "published_on": _day(page.first_published_at),
        "minutes": _minutes_to_read(page),
        "practice": _practice(page.practice, modules),
        "policy": _agreed(page.policy),
    }


def read_phases() -> tuple[PhaseData, ...]:
    """The seven, in their order."""
    return tuple(PhaseData(phase.value, str(phase.label)) for phase in Phase)


def _phase(value: str) -> PhaseData | None:
    return next((phase for phase in read_phases() if phase.slug == value), None)


def _practice(page: ScenarioPage | None, modules: Mapping[str, str]) -> CaseLink | None:
    if page is None or not page.live:
        return None
    module = modules.get(page.path[: -page.steplen])
    return CaseLink(page.key, page.title, module) if module else None


def _agreed(page: PolicyPage | None) -> CaseLink | None:
    return CaseLink(page.key, page.title) if page and page.live else None


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _minutes_to_read(page: CasePage) -> int:
    return _minutes(strip_tags(str(page.sections)))


def _minutes(text: str) -> int:
    return max(1, round(len(text.split()) / WORDS_PER_MINUTE))


def _case(page: CasePage) -> Case:
    return Case(
        **_summary(page, _modules_by_path()),
        sensitivity=page.sensitivity,
        sections=page.read_sections(),
        source=page.source,
        review_on=page.review_on,
        version=version_of(page),
        page_id=page.pk,
    )


def read_info_page(key: str) -> InfoPage:
    """One live information page."""
    page = models.InfoPage.objects.live().filter(key=key).first()
    if page is None:
        raise UnknownPage(key)
    html = render_to_string("cursussen/partials/body.html", {"body": page.body})
    return InfoPage(page.key, page.title, html, _day(page.last_published_at))


def read_policies() -> dict[str, Policy]:
    """Every live policy that holds and has a version."""
    editions: dict[str, list[PolicyEdition]] = {}
    for row in PolicyVersion.objects.defer("text").order_by("policy_key", "number"):
        editions.setdefault(row.policy_key, []).append(PolicyEdition(**_edition(row)))
    pages = (
        PolicyPage.objects.live()
        .filter(standing=Standing.ASSESSED)
        .prefetch_related("job_functions", "holds_for", "dilemmas")
        .order_by("title", "pk")
    )
    modules = _modules_by_path()
    return {
        page.key: _policy(page, editions[page.key], modules)
        for page in pages
        if page.key in editions
    }


def _policy(
    page: PolicyPage, editions: Iterable[PolicyEdition], modules: Mapping[str, str]
) -> Policy:
    chosen = page.job_functions.all() if page.asked_of == AskedOf.FUNCTIONS else ()
    everybody = page.asked_of == AskedOf.EVERYBODY
    return Policy(
        key=page.key,
        title=page.title,
        summary=page.summary,
        html=render_to_string("cursussen/partials/body.html", {"body": page.body}),
        owner=page.owner_name,
        holds_from=page.holds_from,
        source=page.source,
        source_url=page.source_url,
        minutes=_minutes(page.canonical_text()) + MINUTES_FOR_SITUATIONS,
        situations=tuple(question.freeze() for question in page.asked()),
        functions=None if everybody else frozenset(one.pk for one in chosen),
        days_to_read=page.days_to_read,
        editions=tuple(editions),
        regions=page.regions,
        holds_for=tuple(function.name for function in page.holds_for.all()),
        search_words=tuple(filter(None, map(str.strip, page.search_words.splitlines()))),
        contact=page.contact,
        contact_name=page.get_contact_display(),
        dilemmas=tuple(filter(None, (_practice(one, modules) for one in page.dilemmas.all()))),
    )


def read_ended_policies() -> dict[str, EndedPolicy]:
    """Every policy that was online and holds no more, and says so."""
    pages = PolicyPage.objects.live().filter(standing__in=(Standing.MERGED, Standing.WITHDRAWN))
    return {
        page.key: EndedPolicy(page.key, page.title, page.ended_because, _agreed(page.merged_into))
        for page in pages.select_related("merged_into")
    }


def _edition(row: PolicyVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "sha256": row.sha256,
        "changes": row.changes,
        "is_minor": row.is_minor,
        "published_on": timezone.localdate(row.published_at),
    }


def read_policy_text(key: str, number: int) -> PolicyText:
    """One version, with its text."""
    row = PolicyVersion.objects.filter(policy_key=key, number=number).first()
    if row is None:
        raise UnknownPolicy(key)
    return PolicyText(**_edition(row), title=row.title, text=row.text)


def _themes(themes: Iterable[Theme]) -> tuple[ThemeData, ...]:
    return tuple(ThemeData(theme.slug, theme.name) for theme in themes)


def read_themes() -> tuple[WholeTheme, ...]:
    """All themes, with the live modules that serve each of their outcomes in the tree's order."""
    serving: dict[str, list[str]] = {}
    rows = ModulePage.outcomes.through.objects.filter(modulepage__live=True)
    pairs = rows.order_by("modulepage__path").values_list("outcome__key", "modulepage__key")
    for outcome, module in pairs:
        serving.setdefault(outcome, []).append(module)
    themes = Theme.objects.prefetch_related("outcomes")
    return tuple(_whole(theme, serving) for theme in themes)


def _whole(theme: Theme, serving: Mapping[str, Iterable[str]]) -> WholeTheme:
    words = {name: getattr(theme, name) for name in Theme.WORDS}
    outcomes = tuple(
        OutcomeData(one.key, one.text, tuple(serving.get(one.key, ())))
        for one in theme.outcomes.all()
    )
    return WholeTheme(slug=theme.slug, name=theme.name, **words, outcomes=outcomes)


def read_goals() -> tuple[GoalData, ...]:
    """The main goal first."""
    return tuple(GoalData(one.key, one.name, one.text, one.is_main) for one in Goal.objects.all())


def read_terms() -> tuple[TermData, ...]:
    """The words that are shown, by the alphabet and not by capitals."""
    shown = sorted(Term.objects.filter(is_shown=True), key=lambda term: term.name.lower())
    return tuple(TermData(term.key, term.name, term.meaning) for term in shown)
