"""Policies (afspraken): a text that colleagues read and say they understood, version by version."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cursussen.blocks import PolicyBlock
from cursussen.models.approved import ApprovedIndexPage, ApprovedPage
from cursussen.models.base import BasePage
from cursussen.models.portal import Contact, Standing
from cursussen.policies.canonical import canonical_text, sha256_of
from cursussen.policies.panels import VersionsPanel
from cursussen.quiz_blocks import SituationsBlock, entries_of
from leer.questions.api import Question

SITUATIONS = 2
FIRST = 1


class AskedOf(models.TextChoices):
    """Who is asked to say that they read and understood a policy."""

    NOBODY = "niemand", _("niemand: alleen om op te zoeken")
    EVERYBODY = "iedereen", _("iedereen")
    FUNCTIONS = "functies", _("de functies die je aanvinkt")


class PolicyVersion(models.Model):
    """One row per text of a policy that was ever published; never changed and never deleted (the
    database refuses it): who acknowledged it can be shown what that was.

    ``text`` is the canonical form (``cursussen.policies.canonical``) and ``sha256`` its hash.
    ``changes`` says in plain words what is new since the version before, and is empty of the first.
    A minor version changes nothing in meaning: nobody is asked to read it again.
    """

    policy_key = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    changes = models.TextField(blank=True)
    is_minor = models.BooleanField(default=False)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("versie van een afspraak")
        verbose_name_plural = _("versies van afspraken")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy_key", "number"], name="policy_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.policy_key} {self.number}"

    @classmethod
    def latest(cls, policy_key: str) -> Self | None:
        """The last text that was published."""
        return cls.objects.filter(policy_key=policy_key).order_by("-number").first()


class PolicyIndexPage(ApprovedIndexPage):
    """Where the policies stand; the workflow hangs here."""

    parent_page_types: ClassVar[list[str]] = ["cursussen.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cursussen.PolicyPage"]
    max_count = 1

    class Meta:
        verbose_name = _("overzicht van afspraken")
        verbose_name_plural = _("overzichten van afspraken")

    def learner_path(self) -> str | None:
        """The list of policies."""
        return reverse("delivery:policies")


class PolicyForm(WagtailAdminPageForm):
    """What is said of one version is not said of the next by forgetting to change it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = PolicyVersion.latest(self.instance.key)
        if last and last.changes == self.instance.changes:
            self.initial |= {"changes": "", "is_minor": False}

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation and not self.errors:
            self._refuse_incomplete()

    def _refuse_incomplete(self) -> None:
        self.instance.job_functions = self.cleaned_data["job_functions"]
        try:
            self.instance.check_complete()
        except ValidationError as error:
            self.add_error(None, error)


class PolicyPage(ApprovedPage):
    """One row per policy, online through a second person only. Every published text becomes a
    ``PolicyVersion``; ``changes`` and ``is_minor`` are what the next one says of itself.
    """

    needs_key = True

    summary = models.TextField(
        _("kort gezegd"),
        max_length=600,
        help_text=_("Waar het op neerkomt, voor wie de afspraak voor het eerst leest."),
    )
    body = StreamField(PolicyBlock(), verbose_name=_("de tekst"))
    owner_name = models.CharField(
        _("eigenaar"),
        max_length=200,
        help_text=_("De afdeling of rol die over deze afspraak gaat. Geen naam van een persoon."),
    )
    holds_from = models.DateField(_("geldt vanaf"), default=timezone.localdate)
    source = models.CharField(_("bron"), max_length=300, help_text=_("Waar de afspraak op rust."))
    source_url = models.URLField(_("adres van de bron"), blank=True)
    situations = StreamField(SituationsBlock(), verbose_name=_("twee situaties"))
    asked_of = models.CharField(
        _("wie leest dit"), max_length=10, choices=AskedOf, default=AskedOf.NOBODY
    )
    job_functions = ParentalManyToManyField(
        "organisation.JobFunction", verbose_name=_("functies"), blank=True, related_name="+"
    )
    days_to_read = models.PositiveSmallIntegerField(
        _("dagen de tijd"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_(
            "Zoveel dagen na publicatie, of nadat iemand hier begint, moet het gelezen zijn."
        ),
    )
    changes = models.TextField(
        _("wat er verandert"),
        max_length=1000,
        blank=True,
        help_text=_(
            "In gewone woorden, voor wie de vorige versie kent. Nodig zodra de tekst verandert."
        ),
    )
    is_minor = models.BooleanField(
        _("er verandert niets in betekenis"),
        default=False,
        help_text=_(
            "Bijvoorbeeld een tikfout. Het wordt wel een nieuwe versie, maar niemand hoeft die"
            " opnieuw te lezen."
        ),
    )

    standing = models.CharField(_("stand"), max_length=12, choices=Standing, default=Standing.FOUND)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("opgegaan in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ended_because = models.TextField(
        _("waarom"),
        max_length=400,
        blank=True,
        help_text=_("Voor wie hem zoekt: waarom hij is samengevoegd of ingetrokken."),
    )
    regions = models.CharField(
        _("regio’s"),
        max_length=300,
        blank=True,
        help_text=_("Waar hij geldt, met komma’s ertussen. Leeg: overal."),
    )
    holds_for = ParentalManyToManyField(
        "organisation.JobFunction",
        verbose_name=_("geldt voor deze functies"),
        blank=True,
        related_name="+",
        help_text=_("Niets aangevinkt: voor iedereen."),
    )
    search_words = models.TextField(
        _("zo zoekt een collega"),
        max_length=3000,
        blank=True,
        help_text=_(
            "Situaties waarin iemand deze afspraak nodig heeft, in gewone woorden. Elke situatie"
            " op een eigen regel."
        ),
    )
    contact = models.CharField(_("wie bel je eerst"), max_length=20, choices=Contact, blank=True)
    dilemmas = ParentalManyToManyField(
        "cursussen.ScenarioPage", verbose_name=_("dilemma’s hierbij"), blank=True, related_name="+"
    )

    base_form_class = PolicyForm
    parent_page_types: ClassVar[list[str]] = ["cursussen.PolicyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cursussen/policy_page.html"

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        VersionsPanel(heading=_("Versies tot nu toe")),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("changes"), FieldPanel("is_minor")], heading=_("Deze versie")),
        FieldPanel("situations"),
        MultiFieldPanel(
            [
                FieldPanel("asked_of"),
                FieldPanel("job_functions", widget=CheckboxSelectMultiple),
                FieldPanel("days_to_read"),
            ],
            heading=_("Voor wie en wanneer"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner_name"),
                FieldPanel("holds_from"),
                FieldPanel("source"),
                FieldPanel("source_url"),
            ],
            heading=_("Over deze afspraak"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("search_words"),
                FieldPanel("contact"),
                FieldPanel("dilemmas", widget=CheckboxSelectMultiple),
            ],
            heading=_("Te vinden vanuit een situatie"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("standing"),
                FieldPanel("merged_into"),
                FieldPanel("ended_because"),
                FieldPanel("regions"),
                FieldPanel("holds_for", widget=CheckboxSelectMultiple),
                FieldPanel("review_on"),
            ],
            heading=_("Stand en geldigheid"),
        ),
    ]

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")

    def learner_path(self) -> str | None:
        """The policy as colleagues read it."""
        return reverse("delivery:policy", args=[self.key])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The situations, for the preview: with what comes back at each answer."""
        situations = [question.freeze() for question in self.asked()]
        return super().get_context(request, *args, **kwargs) | {"situations": situations}

    def canonical_text(self) -> str:
        """The exact text as it is now."""
        return canonical_text(self.title, self.body)

    def asked(self) -> list[Question]:
        """The situations that are published."""
        return [one for one in entries_of(self.situations) if isinstance(one, Question)]

    def slots(self) -> list[str]:
        """What the service still has to fill in."""
        return [block.value for block in self.body if block.block_type == "slot"]

    def check_complete(self) -> None:
        """Two situations; a text that is whole for whoever must read it; and what changed."""
        problems = dict(
            (*self._reading_problems(), *self._version_problems(), *self._standing_problems())
        )
        if problems:
            raise ValidationError(problems)

    def went_live(self) -> None:
        """A text that is new becomes a version."""
        text, last = self.canonical_text(), PolicyVersion.latest(self.key)
        if last is None or last.text != text:
            PolicyVersion.objects.create(
                policy_key=self.key,
                number=last.number + 1 if last else FIRST,
                title=self.title,
                text=text,
                sha256=sha256_of(text),
                changes=self.changes if last else "",
                is_minor=self.is_minor and last is not None,
            )

    def _reading_problems(self) -> Iterable[tuple[str, str]]:
        if len(self.asked()) != SITUATIONS:
            yield "situations", gettext("Kies twee situaties die gepubliceerd zijn.")
        if self.asked_of == AskedOf.FUNCTIONS and not self.job_functions.exists():
            yield "job_functions", gettext("Vink de functies aan die dit lezen.")
        if self.asked_of != AskedOf.NOBODY and self.slots():
            words = gettext(
                "Vul eerst in wat de dienst nog moet invullen. Vraag pas daarna om het te lezen."
            )
            yield "asked_of", words

    def _standing_problems(self) -> Iterable[tuple[str, str]]:
        if self.standing == Standing.FOUND:
            yield "standing", gettext("Beoordeel de afspraak eerst. Pas daarna kan hij online.")
        if self.standing == Standing.MERGED and self.merged_into in (None, self):
            yield "merged_into", gettext("Kies de afspraak waar deze in is opgegaan.")
        if self.standing == Standing.WITHDRAWN and not self.ended_because.strip():
            yield "ended_because", gettext("Schrijf waarom de afspraak is ingetrokken.")

    def _version_problems(self) -> Iterable[tuple[str, str]]:
        last = PolicyVersion.latest(self.key)
        if last is None or last.text == self.canonical_text():
            return
        if not self.changes.strip() or self.changes == last.changes:
            words = gettext(
                "De tekst is veranderd. Schrijf bij ‘wat er verandert’ wat er nieuw is."
            )
            yield "changes", words
