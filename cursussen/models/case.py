"""Cases: true stories made unrecognisable. They go live through a second person only."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.rich_text import expand_db_html

from cursussen.blocks import (
    MOMENT,
    NO_MOMENT,
    SECTION_KINDS,
    CaseBlock,
    empty_parts,
    stops_once,
)
from cursussen.content import CaseMoment, CaseOption, CaseSection
from cursussen.gate.panels import GatePanel
from cursussen.models.approved import ApprovedIndexPage, ApprovedPage
from cursussen.models.base import BasePage
from cursussen.models.illustrated import IllustratedPage
from cursussen.wording.panels import WordingPanel


class Origin(models.TextChoices):
    """Where a case comes from (herkomst): the inputs that the programme itself names."""

    KPMG = "kpmg-rapport", _("KPMG-rapport")
    BASELINE = "nulmeting", _("nulmeting")
    WEBINAR = "webinar", _("webinar")
    MAILBOX = "postbus", _("postbus")
    WALK_IN = "inloopsessie", _("inloopsessie")
    SOUNDING_BOARD = "klankbordgroep", _("klankbordgroep")
    RUNNING = "lopend-initiatief", _("lopend initiatief")
    CONSTRUCTED = "geconstrueerd", _("geconstrueerd")


class Phase(models.TextChoices):
    """The phases of our working model of an approach."""

    SCOUTING = "verkennen", _("verkennen")
    CONTACT = "contact", _("contact")
    BONDING = "binding", _("binding")
    SMALL_FAVOUR = "kleine-gunst", _("kleine gunst")
    GIFT = "gift", _("gift")
    HOLD = "vastzetten", _("vastzetten")
    THREAT = "dreiging", _("dreiging")


class Example(models.TextChoices):
    """Whether the story shows how it can be done or what went wrong."""

    GOOD = "goed", _("goed voorbeeld")
    BAD = "fout", _("het ging mis")


RECOGNISABLE = _(
    "Er staat nog iets in waaraan iemand te herkennen kan zijn. Kijk bij ‘Herkenbaarheid’."
)

EMBARGO = _("Er loopt een strafzaak. Haal het embargo eraf als de zaak voorbij is.")


class CaseIndexPage(ApprovedIndexPage):
    """Where the cases stand; the workflow hangs here."""

    intro = models.TextField(_("inleiding"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["cursussen.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cursussen.CasePage"]
    max_count = 1
    template = "cursussen/case_index_page.html"
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("overzicht van casussen")
        verbose_name_plural = _("overzichten van casussen")

    def learner_path(self) -> str | None:
        """The list of cases."""
        return reverse("delivery:cases")


class CaseForm(WagtailAdminPageForm):
    """Fields that a draft may lack and a case that is submitted may not. A new case has its parts
    ready to be written.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        new = kwargs.get("instance")
        if new is not None and new.pk is None and not new.sections:
            new.sections = empty_parts()
        super().__init__(*args, **kwargs)
        for name in ("review_on", "source", "themes"):
            if name in self.fields:
                self.fields[name].required = True


class CasePage(IllustratedPage, ApprovedPage):
    """One row per case, online through a second person only."""

    needs_key = True

    summary = models.TextField(_("samenvatting"), max_length=400)
    sections = StreamField(CaseBlock(), verbose_name=_("delen"))
    sensitivity = models.TextField(
        _("gevoeligheid"),
        max_length=400,
        blank=True,
        help_text=_(
            "Waar het over gaat, als dat iemand kan raken. Dat staat er vóór het verhaal, met waar"
            " je terechtkunt. Bijvoorbeeld: dit gaat over bedreiging van iemands gezin."
        ),
    )
    themes = ParentalManyToManyField(
        "cursussen.Theme", verbose_name=_("thema’s"), blank=True, related_name="cases"
    )
    origin = models.CharField(_("herkomst"), max_length=20, choices=Origin)
    source = models.TextField(
        _("bron"),
        blank=True,
        help_text=_("Hoe de casus is gemaakt en onherkenbaar is gemaakt. Nooit namen."),
    )
    functions = models.CharField(
        _("functies"),
        max_length=300,
        blank=True,
        help_text=_(
            "In wiens werk dit speelt, met komma’s ertussen. Bijvoorbeeld: planning, balie."
        ),
    )
    phase = models.CharField(_("fase"), max_length=20, choices=Phase, blank=True)
    lesson = models.CharField(
        _("lering"),
        max_length=200,
        blank=True,
        help_text=_("Het kenmerk van de lering waaruit deze casus komt. Nooit een zaaknummer."),
    )
    received_on = models.DateField(
        _("lering binnengekomen op"),
        null=True,
        blank=True,
        help_text=_("Daarmee telt Leer hoeveel dagen het duurde tot collega’s de casus lezen."),
    )
    embargo = models.BooleanField(
        _("embargo"),
        default=False,
        help_text=_("Er loopt een strafzaak. Zolang dit aanstaat, kan de casus niet online."),
    )
    practice = models.ForeignKey(
        "cursussen.ScenarioPage",
        verbose_name=_("scenario om te oefenen"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    policy = models.ForeignKey(
        "cursussen.PolicyPage",
        verbose_name=_("afspraak hierbij"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    example = models.CharField(_("voorbeeld"), max_length=4, choices=Example, default=Example.GOOD)

    base_form_class = CaseForm
    parent_page_types: ClassVar[list[str]] = ["cursussen.CaseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cursussen/case_page.html"

    content_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([GatePanel()], heading=_("Herkenbaarheid")),
        MultiFieldPanel([WordingPanel()], heading=_("Leesgemak")),
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("sensitivity"),
        MultiFieldPanel(IllustratedPage.picture_panels, heading=_("Beeld")),
        FieldPanel("sections"),
        MultiFieldPanel(
            [FieldPanel("practice"), FieldPanel("policy")], heading=_("Verder hierover")
        ),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=CheckboxSelectMultiple, required_on_save=False),
                FieldPanel("origin"),
                FieldPanel("source"),
                FieldPanel("lesson"),
                FieldPanel("received_on"),
                FieldPanel("embargo"),
                FieldPanel("functions"),
                FieldPanel("phase"),
                FieldPanel("example"),
                FieldPanel("review_on"),
            ],
            heading=_("Over deze casus"),
        ),
    ]
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug"), FieldPanel("key")]

    class Meta:
        verbose_name = _("casus")
        verbose_name_plural = _("casussen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The story and its picture, for the preview: the same parts as learners get."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"sections": self.read_sections(), "picture": self.picture_data()}

    def read_sections(self) -> tuple[CaseSection, ...]:
        """The parts of the story, rendered."""
        return tuple(
            _read_moment(part.value) if part.block_type == "moment" else _read_section(part.value)
            for part in self.sections
        )

    @property
    def function_names(self) -> tuple[str, ...]:
        """In whose work it plays, one by one."""
        names = (name.strip() for name in self.functions.split(","))
        return tuple(name for name in names if name)

    def learner_path(self) -> str | None:
        """The case as colleagues read it."""
        return reverse("delivery:case", args=[self.slug])

    @property
    def days_to_publication(self) -> int | None:
        """From the lesson to the first time that colleagues could read it."""
        if not (self.received_on and self.first_published_at):
            return None
        return (timezone.localdate(self.first_published_at) - self.received_on).days

    def check_complete(self) -> None:
        """A case that is read stops once for the reader to choose, has a day on which somebody
        looks again, is not under embargo, and gives nobody away. What came from the content folder
        was judged in review.
        """
        from cursussen.gate.judging import judge  # the gate knows the pages

        if not stops_once(self.sections):
            raise ValidationError({"sections": NO_MOMENT})
        if not self.review_on:
            raise ValidationError({"review_on": _("Vul in wanneer iemand deze casus herziet.")})
        if self.embargo:
            raise ValidationError({"embargo": EMBARGO})
        if not self._trusted and not judge(self).lets_pass:
            raise ValidationError(RECOGNISABLE)


def _read_section(section: Any) -> CaseSection:
    label = str(dict(SECTION_KINDS).get(section["kind"], section["kind"]))
    return CaseSection(section["kind"], label, section["title"], _html(section["body"]))


def _read_moment(moment: Any) -> CaseMoment:
    label = str(moment.block.label)
    options = tuple(
        CaseOption(number, option["text"], SafeString(expand_db_html(option["reflection"].source)))
        for number, option in enumerate(moment["options"], start=1)
    )
    html, question = _html(moment["body"]), moment["question"]
    return CaseMoment(MOMENT, label, moment["title"], html, question, options)


def _html(body: Any) -> SafeString:
    return render_to_string("cursussen/partials/body.html", {"body": body})
