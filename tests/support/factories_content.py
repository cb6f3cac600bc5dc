"""Content for tests, in the domain's words."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.rich_text import RichText

from cursussen.models import (
    CaseIndexPage,
    CasePage,
    InfoPage,
    LessonPage,
    ModulePage,
    Picture,
    PolicyIndexPage,
    PolicyPage,
    QuizPage,
    ScenarioPage,
    Standing,
    StrandPage,
    Theme,
)
from leer.accounts.api import Role, User, grant
from leer.questions.api import (
    JudgementQuestion,
    MatchQuestion,
    MultipleChoiceQuestion,
    OrderQuestion,
    PictureSignalsQuestion,
    Question,
    ReflectionQuestion,
    SingleChoiceQuestion,
    TextSignalsQuestion,
)


def user_with(*roles: Role, name: str = "", superuser: bool = False) -> User:
    """Somebody with these roles; the name defaults to the roles."""
    username = name or "-".join(role.value for role in roles) or "iemand"
    user = User.objects.create_user(username, is_superuser=superuser)
    for role in roles:
        grant(user, role)
    return User.objects.get(pk=user.pk)


def image_bytes(size: tuple[int, int] = (64, 48), image_format: str = "JPEG", **save: Any) -> bytes:
    """A real picture: a slope of colour, so that orientation and content can be seen."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    out = BytesIO()
    image.save(out, image_format, **save)
    return out.getvalue()


def jpeg_with_gps(size: tuple[int, int] = (64, 48), orientation: int = 1) -> bytes:
    """A JPEG as a phone makes it: place, maker and orientation in its EXIF, and a comment."""
    exif = Image.Exif()
    exif[0x010F] = "GeheimeTelefoon"
    exif[0x0112] = orientation
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (51.0, 57.0, 12.0)
    gps[3], gps[4] = "E", (4.0, 8.0, 24.0)
    return image_bytes(size, exif=exif.tobytes(), comment=b"GeheimeTelefoon van Jan")


def upload(data: bytes | None = None, name: str = "foto-jan-jansen.jpg") -> SimpleUploadedFile:
    """What a browser sends."""
    return SimpleUploadedFile(name, data or jpeg_with_gps(), content_type="image/jpeg")


def picture(title: str = "Haven") -> Picture:
    """A stored picture."""
    made: Picture = Picture.objects.create(title=title, file=upload())
    return made


def options(*right: bool) -> list[tuple[str, dict[str, Any]]]:
    """Options a, b, c … that are right or wrong as told."""
    return [
        (
            "option",
            {
                "key": "abcdefg"[number],
                "text": f"Antwoord {number}",
                "correct": correct,
                "feedback": f"Reactie {number}",
                "rationalisation": "" if correct else "iedereen doet het",
                "counter_line": "" if correct else "dat is niet zo",
            },
        )
        for number, correct in enumerate(right)
    ]


def single_choice(key: str = "een") -> Question:
    """A published question with one right answer."""
    made: Question = SingleChoiceQuestion.objects.create(
        key=key, prompt="Wat doe je?", explanation="Daarom.", options=options(True, False, False)
    )
    return made


def multiple_choice(key: str = "meer") -> Question:
    """A published question with two right answers."""
    made: Question = MultipleChoiceQuestion.objects.create(
        key=key, prompt="Wat klopt?", explanation="Hierom.", options=options(True, True, False)
    )
    return made


def one_of_each_kind() -> list[Question]:
    """A published question of each kind, made as an editor makes it: without keys."""

    def blocks(name: str, *values: dict[str, Any]) -> list[tuple[str, Any]]:
        back = {"key": "", "feedback": "Reactie", "rationalisation": "smoes", "counter_line": "nee"}
        return [(name, back | value) for value in values]

    signals = ({"text": "een", "correct": True}, {"text": "twee", "correct": False})
    spots = tuple(one | {"x": 20 + 30 * i, "y": 50} for i, one in enumerate(signals))
    scene = ("picture", {"picture": picture("Terras"), "alt": "Een terras."})
    made: list[tuple[type[Question], list[tuple[str, Any]]]] = [
        (SingleChoiceQuestion, blocks("option", *signals)),
        (MultipleChoiceQuestion, blocks("option", *signals)),
        (
            TextSignalsQuestion,
            [("plain", "Eerst."), *blocks("passage", *signals), ("plain", "Slot.")],
        ),
        (PictureSignalsQuestion, [scene, *blocks("spot", *spots)]),
        (OrderQuestion, blocks("step", *({"text": text} for text in ("nee", "weg", "vertel")))),
        (MatchQuestion, blocks("pair", *({"text": t, "target": f"bij {t}"} for t in ("a", "b")))),
        (JudgementQuestion, blocks("action", *({"text": r, "rating": r} for r in ("4", "1")))),
        (ReflectionQuestion, []),
    ]
    return [_kind(model, options) for model, options in made]


def _kind(model: type[Question], options: list[tuple[str, Any]]) -> Question:
    name = model.__name__.removesuffix("Question").lower()
    question = model(key=name, prompt=f"Vraag {name}?", explanation=f"Uitleg {name}.")
    question.options = options
    question.full_clean()
    question.save()
    question.save_revision().publish()
    return Question.objects.get(pk=question.pk)


def published(parent: Any, page: Any) -> Any:
    """Put a page under its parent and publish it as the CMS does."""
    page.live = False
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def module(key: str = "herken", parts: bool = True, **values: Any) -> ModulePage:
    """A live module; with a lesson, a quiz and a scenario unless told otherwise."""
    strand = StrandPage.objects.first()
    values = {"title": "Herken een benadering", "summary": "Kort."} | values
    made: ModulePage = published(strand, ModulePage(key=key, slug=key, **values))
    if parts:
        lesson(made, key=f"{key}-les")
        quiz(made, [single_choice(f"{key}-een"), multiple_choice(f"{key}-meer")], key=f"{key}-quiz")
        scenario = ScenarioPage(
            title="Een oude bekende",
            slug=f"{key}-scenario",
            key=f"{key}-scenario",
            scenario_key="een-oude-bekende",
        )
        published(made, scenario)
    return made


def lesson(parent: ModulePage, key: str = "les", body: Any = None) -> LessonPage:
    """A live lesson with a paragraph, or with this body."""
    body = body or [("text", RichText("<p>Zeg vroeg en hardop nee.</p>"))]
    made: LessonPage = published(
        parent, LessonPage(title="Wat je doet", slug=key, key=key, body=body)
    )
    return made


def quiz(
    parent: ModulePage, questions: Iterable[Question], key: str = "quiz", **draws: int
) -> QuizPage:
    """A live quiz with these questions, and draws: so many of each tag."""
    chosen: list[tuple[str, Any]] = [("question", question) for question in questions]
    chosen += [("draw", {"tag": tag, "count": count}) for tag, count in draws.items()]
    page = QuizPage(title="Wat zie je?", slug=key, key=key, questions=chosen)
    made: QuizPage = published(parent, page)
    return made


def info(key: str = "privacy", text: str = "<p>Wat Leer over jou weet.</p>") -> InfoPage:
    """A live information page."""
    home = CaseIndexPage.objects.get().get_parent().specific
    body = [("text", RichText(text))]
    made: InfoPage = published(home, InfoPage(title="Uitleg", slug=key, key=key, body=body))
    return made


def case_values(**values: Any) -> dict[str, Any]:
    """The fields of a case that is complete."""
    return {
        "title": "De pas",
        "summary": "Iemand leent zijn pas uit.",
        "sections": parts_of_a_case(),
        "origin": "geconstrueerd",
        "source": "Verzonnen.",
        "example": "fout",
        "review_on": date(2027, 11, 1),
    } | values


def parts_of_a_case(text: str = "<p>Iedereen kende de portier.</p>") -> list[tuple[str, Any]]:
    """What happened, what the reader could do, and what came of it."""
    return [
        ("section", part("gebeurtenis", "Tien minuten", text)),
        (
            "moment",
            {
                "title": "Mag ik hem even?",
                "body": [("text", RichText("<p>De portier houdt zijn hand op.</p>"))],
                "question": "Wat doe jij?",
                "options": [
                    option("Ik geef hem mijn pas.", "Je wilt helpen."),
                    option("Ik loop even mee.", "Je helpt, en je pas blijft van jou."),
                ],
            },
        ),
        ("section", part("vervolg", "Een uur", "<p>De pas bleef een uur weg.</p>")),
    ]


def part(kind: str, title: str, text: str) -> dict[str, Any]:
    """One part of a case that is only read."""
    return {"kind": kind, "title": title, "body": [("text", RichText(text))]}


def option(text: str, reflection: str) -> dict[str, Any]:
    """What the reader of a case could do."""
    return {"text": text, "reflection": RichText(f"<p>{reflection}</p>")}


def draft_case(author: User | None = None, **values: Any) -> CasePage:
    """A case that somebody wrote and nobody approved."""
    page = CasePage(owner=author, live=False, **case_values(**values))
    page.themes = list(Theme.objects.filter(slug="alert-en-weerbaar"))
    CaseIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=author)
    return CasePage.objects.get(pk=page.pk)


def submitted_case(author: User, **values: Any) -> CasePage:
    """A case that its author handed in."""
    page = draft_case(author, **values)
    page.get_workflow().start(page, author)
    return CasePage.objects.get(pk=page.pk)


def approve[P: (CasePage, PolicyPage)](page: P, user: User) -> P:
    """Approve as the CMS does: through the workflow's step."""
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")
    found: P = type(page).objects.get(pk=page.pk)
    return found


def live_case(author: User | None = None, approver: User | None = None, **values: Any) -> CasePage:
    """A case that two people brought online."""
    author = author or user_with(Role.EDITOR, name="schrijver")
    approver = approver or user_with(Role.CHIEF_EDITOR, name="beoordelaar")
    return approve(submitted_case(author, **values), approver)


def policy_values(**values: Any) -> dict[str, Any]:
    """The fields of a policy that is complete, and asked of nobody."""
    keys = ("nee-een", "nee-twee")
    return {
        "title": "Zeg nee",
        "slug": "nee",
        "summary": "Zeg vroeg nee.",
        "body": [("text", RichText("<p>Zeg vaak nee.</p>"))],
        "owner_name": "BVI",
        "holds_from": date(2026, 12, 1),
        "source": "Gedragscode Integriteit Rijk (2019)",
        "standing": Standing.ASSESSED,
        "situations": [("question", single_choice(key)) for key in keys],
    } | values


def policy(**values: Any) -> PolicyPage:
    """A live policy ``nee``, as the loader publishes it."""
    page = PolicyPage(live=False, **policy_values(**values))
    PolicyIndexPage.objects.get().add_child(instance=page)
    page.publish_loaded(page.save_revision())
    return PolicyPage.objects.get(pk=page.pk)


def policies(**values: dict[str, Any]) -> None:
    """A live policy for each key, with the same two situations."""
    fields = policy_values()
    for key, more in values.items():
        page = PolicyPage(live=False, **fields | {"slug": key} | more)
        PolicyIndexPage.objects.get().add_child(instance=page)
        page.publish_loaded(page.save_revision())


def new_text(key: str, html: str, **values: Any) -> PolicyPage:
    """The policy with another text, live."""
    page = PolicyPage.objects.get(key=key)
    page.body = [("text", RichText(html))]
    for name, value in ({"is_minor": False} | values).items():
        setattr(page, name, value)
    page.publish_loaded(page.save_revision())
    return PolicyPage.objects.get(pk=page.pk)


def take_away(key: str) -> None:
    """The policy is not online any more."""
    PolicyPage.objects.get(key=key).unpublish()
