"""Questions, of whatever kind.

The kinds of question are polymorphic *proxies*: all data is on ``Question``, a subclass only
adds rules. So mixed questions are listed in one query and made with ``bulk_create``
(design/stack.md, Polymorphic models with Wagtail).
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from modelcluster.models import model_from_serializable_data
from polymorphic.models import PolymorphicModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from leer.core.moments import check_moments
from leer.questions import showing
from leer.questions.blocks import AnswersBlock
from leer.questions.forms import QuestionForm, WordsField
from leer.questions.marking.frozen import FrozenOption, FrozenPicture, FrozenQuestion, Kind

PICTURE_SPECS = tuple(f"max-{width}x{width}|format-webp" for width in (480, 800, 1200))
KEY_LENGTH, KEY_LETTERS = 5, "abcdefghijkmnpqrstuvwxyz23456789"


class TagsField(ArrayField):
    """Words that questions are found and drawn by; written with commas between them."""

    def formfield(self, **kwargs: Any) -> Any:
        """One line to write them on."""
        return models.Field.formfield(self, form_class=WordsField, **kwargs)


class Question(PreviewableMixin, DraftStateMixin, RevisionMixin, PolymorphicModel):
    """One row per question, of whatever kind, for use in any quiz.

    ``parallel`` is shared by questions that stand for each other: an attempt asks one of them.
    A quiz that somebody began never looks here again: it plays its ``QuizVersion``.
    """

    kind: ClassVar[Kind | None] = None
    answers_block: ClassVar[StreamBlock | None] = None
    base_form_class = QuestionForm

    key = models.SlugField(
        _("sleutel"),
        max_length=100,
        unique=True,
        help_text=_("Vaste naam van deze vraag. Verandert nooit meer na publicatie."),
    )
    prompt = models.TextField(_("vraag"))
    explanation = models.TextField(
        _("uitleg"), blank=True, help_text=_("Lees je na het antwoord, wat je ook koos.")
    )
    options = StreamField(AnswersBlock(), verbose_name=_("antwoorden"), blank=True)
    policy_label = models.CharField(
        _("naam van het beleid"),
        max_length=120,
        blank=True,
        help_text=_("Bijvoorbeeld: Gedragscode Integriteit Rijk, over geschenken."),
    )
    policy_url = models.CharField(
        _("adres van het beleid"),
        max_length=500,
        blank=True,
        help_text=_("Een pagina in Leer (/info/…) of daarbuiten (https://…)."),
    )
    tags = TagsField(
        models.CharField(max_length=40),
        verbose_name=_("trefwoorden"),
        default=list,
        blank=True,
        help_text=_("Met komma’s ertussen. Een quiz kan vragen trekken op trefwoord."),
    )
    parallel = models.SlugField(
        _("staat voor elkaar"),
        max_length=100,
        blank=True,
        help_text=_(
            "Geef vragen die hetzelfde meten hier hetzelfde woord. Iemand krijgt er één van, "
            "en de volgende keer een andere."
        ),
    )

    panels: ClassVar[list[Any]] = [
        FieldPanel("key"),
        FieldPanel("prompt"),
        FieldPanel("options"),
        FieldPanel("explanation"),
        MultiFieldPanel(
            [FieldPanel("policy_label"), FieldPanel("policy_url")],
            heading=_("Het beleid erachter"),
        ),
        MultiFieldPanel(
            [FieldPanel("tags"), FieldPanel("parallel")], heading=_("In de vragenbank")
        ),
    ]

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.prompt[:80]

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> "Question | None":
        """Make the object of a revision again, as the class it was (not as the base)."""
        found: Question | None = model_from_serializable_data(
            cls, data, check_fks=check_fks, strict_fks=strict_fks
        )
        return found

    def clean(self) -> None:
        """Keys are there once, the key stays, and the kind's own rule holds."""
        super().clean()
        check_moments(self, "go_live_at", "expire_at")
        self.tags = sorted({tag.strip().lower() for tag in self.tags if tag.strip()})
        self._check_key_stays()
        self._check_policy()
        self._give_keys()
        options = self.frozen_options()
        repeated = [key for key, times in Counter(o.key for o in options).items() if times > 1]
        if repeated:
            raise ValidationError(
                {"options": _("De sleutel ‘%(key)s’ staat er twee keer.") % {"key": repeated[0]}}
            )
        self.check_options(options)

    def check_options(self, options: tuple[FrozenOption, ...]) -> None:
        """Raise ``ValidationError`` when these options make no question of this kind."""

    def frozen_options(self) -> tuple[FrozenOption, ...]:
        """What can be answered, as plain data."""
        return tuple(
            FrozenOption(**_known(child.value), before=before)
            for before, child in self._answers_with_text_before()
        )

    def freeze(self) -> FrozenQuestion:
        """This question as plain data, as it is now."""
        if self.kind is None:
            raise TypeError("A bare Question has no kind; save it as one of its subclasses.")
        return FrozenQuestion(
            kind=self.kind,
            key=self.key,
            prompt=self.prompt,
            explanation=self.explanation,
            options=self.frozen_options(),
            after=self._text_after(),
            picture=self._frozen_picture(),
            parallel=self.parallel,
            policy_label=self.policy_label,
            policy_url=self.policy_url,
        )

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """As the learner sees it, and below it what comes back."""
        return "questions/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The question of now, not yet answered; and its outcome for the right answer."""
        return {"request": request, **showing.preview(self.freeze())}

    def _answers_with_text_before(self) -> Iterator[tuple[str, Any]]:
        before = ""
        for child in self.options:
            if child.block_type == "plain":
                before = _joined(before, child.value)
            elif child.block_type != "picture":
                yield before, child
                before = ""

    def _text_after(self) -> str:
        """The text that follows on the last passage."""
        after = ""
        for child in self.options:
            after = _joined(after, child.value) if child.block_type == "plain" else ""
        return after

    def _frozen_picture(self) -> FrozenPicture | None:
        value = next((one.value for one in self.options if one.block_type == "picture"), None)
        if value is None or value["picture"] is None:
            return None
        sizes = list(value["picture"].get_renditions(*PICTURE_SPECS).values())
        return FrozenPicture(
            url=sizes[-1].url,
            srcset=", ".join(dict.fromkeys(f"{size.url} {size.width}w" for size in sizes)),
            width=sizes[-1].width,
            height=sizes[-1].height,
            alt=value["alt"],
        )

    def _give_keys(self) -> None:
        """A key for what has none: at random, so that it never was another's and tells nothing."""
        for _before, child in self._answers_with_text_before():
            if not child.value["key"]:
                child.value["key"] = get_random_string(KEY_LENGTH, KEY_LETTERS)

    def _check_policy(self) -> None:
        if bool(self.policy_label) != bool(self.policy_url):
            empty = "policy_url" if self.policy_label else "policy_label"
            raise ValidationError({empty: _("Vul bij beleid de naam en het adres in, of geen.")})
        inside = self.policy_url.startswith("/") and not self.policy_url.startswith("//")
        if self.policy_url and not inside and not self.policy_url.startswith("https://"):
            raise ValidationError({"policy_url": _("Begin het adres met https:// of met /.")})

    def _check_key_stays(self) -> None:
        if not self.pk or self.first_published_at is None:
            return
        was = Question.objects.non_polymorphic().filter(pk=self.pk).values_list("key", flat=True)
        if was and was[0] != self.key:
            raise ValidationError(
                {"key": _("Deze vraag is al gepubliceerd; de sleutel verandert niet meer.")}
            )


def _known(value: Any) -> dict[str, Any]:
    """The fields of a block that a frozen option has too."""
    known = {name: value[name] for name in FrozenOption.__slots__ if name in value}
    if "rating" in known:
        known["rating"] = int(known["rating"] or 0)
    return {name: found for name, found in known.items() if found is not None}


def _joined(first: str, then: str) -> str:
    return f"{first}\n{then}" if first else then
