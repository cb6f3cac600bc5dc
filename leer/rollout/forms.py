"""What a planner fills in, but for the programme itself (``programme_form``)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation.api import JobFunction, Team
from leer.rollout.correcting.withdrawing import is_floor
from leer.rollout.models import (
    About,
    Assignment,
    AudienceRule,
    Blocker,
    Programme,
    TeamWish,
)
from leer.rollout.planning import Method
from leer.rollout.programmes.exempting import members, people_called
from leer.rollout.programmes.problem import day_of, week_of
from leer.rollout.selectors import assignments_of

# Reasons are about work. Words of which the plain meaning is somebody's health end a reason;
# "langdurig afwezig" says enough.
HEALTH = re.compile(
    r"\b(?:ziek\w*|zwanger\w*|medisch\w*|gezondheid\w*|(?:huis|bedrijfs)?arts(?:en)?|burn-?\s?out"
    r"|overspannen|depress\w*|psych\w*|handicap\w*|sick\w*|ill(?:ness)?|pregnan\w*|medical\w*)\b",
    re.IGNORECASE,
)


def about_work(text: str) -> None:
    """A reason that tells of health would be kept, and read by others."""
    if HEALTH.search(text):
        raise ValidationError(
            _("Hier staat iets over gezondheid. Dat mag Leer niet bewaren. Schrijf iets anders.")
        )


def reason_field(label: Any, **values: Any) -> forms.CharField:
    """Why something is decided about somebody, who reads it too."""
    return forms.CharField(
        label=label,
        max_length=200,
        validators=[about_work],
        help_text=_(
            "De collega leest dit ook. Schrijf iets over het werk, en niets over gezondheid"
            " of privé."
        ),
        **values,
    )


RANGES = re.compile(r"^\s*(\d+(\s*-\s*\d+)?)(\s*,\s*\d+(\s*-\s*\d+)?)*\s*$")


def weeks_from(text: str) -> list[int]:
    """Weeks from "3, 7-9". Raises ``ValidationError``."""
    if not text.strip():
        return []
    if not RANGES.match(text):
        raise ValidationError(_("Schrijf weken als 3, 7-9."))
    return sorted({week for part in text.split(",") for week in _range(part)})


def _range(part: str) -> Iterable[int]:
    first, _dash, last = part.partition("-")
    return range(int(first), int(last or first) + 1)


class WeeksField(forms.CharField):
    """Weeks as people write them: 3, 7-9."""

    def clean(self, value: Any) -> list[int]:
        """The weeks."""
        return weeks_from(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        """As text again."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value


def day_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RuleForm(forms.ModelForm):
    """One sentence of "for whom"."""

    regions = forms.MultipleChoiceField(
        label=_("Regio’s"), widget=forms.CheckboxSelectMultiple, required=False
    )
    job_functions = forms.MultipleChoiceField(
        label=_("Functies"), widget=forms.CheckboxSelectMultiple, required=False
    )
    teams = forms.MultipleChoiceField(
        label=_("Teams"), required=False, widget=forms.SelectMultiple(attrs={"size": 8})
    )

    class Meta:
        model = AudienceRule
        fields = (
            "excludes", "regions", "job_functions", "teams", "leaders_only", "joined_from",
            "joined_until",
        )  # fmt: skip
        widgets = {"joined_from": day_input(), "joined_until": day_input()}
        help_texts = {"excludes": _("Wie hieraan voldoet, doet niet mee.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        functions = JobFunction.objects.order_by("name").values_list("external_id", "name")
        teams = Team.objects.filter(active=True).order_by("name").values_list("external_id", "name")
        self.fields["regions"].choices = [(name, name) for name in regions()]  # type: ignore[attr-defined]
        self.fields["job_functions"].choices = list(functions)  # type: ignore[attr-defined]
        self.fields["teams"].choices = list(teams)  # type: ignore[attr-defined]


def regions() -> list[str]:
    """The regions that active teams are in, by name."""
    found = Team.objects.filter(active=True).exclude(region="")
    return list(found.order_by("region").values_list("region", flat=True).distinct())


class SeatsForm(forms.Form):
    """So many seats in these weeks of one region."""

    region = forms.ChoiceField(label=_("Regio"))
    first = forms.TypedChoiceField(label=_("Van week"), coerce=int)
    last = forms.TypedChoiceField(label=_("Tot en met week"), coerce=int)
    seats = forms.IntegerField(label=_("Plaatsen per week"), min_value=0, max_value=10_000)

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted({*regions(), *programme.seats.values_list("region", flat=True)})
        self.fields["region"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        for name in ("first", "last"):
            self.fields[name].choices = list(_weeks_by_month(programme))  # type: ignore[attr-defined]
            self.fields[name].initial = max(0, week_of(programme, timezone.localdate()))

    def clean(self) -> dict[str, Any]:
        """The weeks from the first to the last."""
        data: dict[str, Any] = super().clean() or {}
        if {"first", "last"} <= data.keys():
            data["weeks"] = list(range(data.pop("first"), data.pop("last") + 1))
            if not data["weeks"]:
                self.add_error("last", _("De laatste week ligt voor de eerste."))
        return data


def _weeks_by_month(programme: Programme) -> Iterable[tuple[str, list[tuple[int, str]]]]:
    """The programme's weeks as people look them up: by the month in which they begin."""
    days = ((week, day_of(programme, week)) for week in range(programme.weeks))
    for month, some in groupby(days, lambda one: date_format(one[1], "F Y")):
        yield month, [(week, _week_name(week, day)) for week, day in some]


def _week_name(week: int, day: date) -> str:
    return _("%(day)s (week %(week)d)") % {"day": date_format(day, "j F"), "week": week}


class WishForm(forms.ModelForm):
    """What planning must know of one team."""

    blackout_weeks = WeeksField(
        label=_("Niet in week"), required=False, help_text=_("Bijvoorbeeld 3, 7-9.")
    )

    class Meta:
        model = TeamWish
        fields = ("team", "ready_week", "blackout_weeks", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(active=True).order_by("name")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class ExemptForm(forms.Form):
    """Who need not take part, or need not do one module; why, and until when."""

    module_key = forms.ChoiceField(label=_("Waarvan?"), required=False)
    person = forms.CharField(
        label=_("Eén collega"),
        required=False,
        help_text=_("Personeelsnummer, e-mailadres, gebruikersnaam of hele naam."),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Of een team"), required=False)
    job_function = forms.ModelChoiceField(
        JobFunction.objects.none(), label=_("Of een functie"), required=False
    )
    region = forms.ChoiceField(label=_("Of een regio"), required=False)
    reason = reason_field(_("Reden"))
    until = forms.DateField(
        label=_("Tot en met"),
        required=False,
        widget=day_input(),
        help_text=_("Leeg: zolang het programma loopt."),
    )

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = set(programme.items.values_list("module_key", flat=True))
        modules = [one for one in content.modules().values() if one.key in keys]
        titles = [(one.key, one.title) for one in modules if not one.for_everyone]
        self.fields["module_key"].choices = [("", _("Het hele programma")), *titles]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", "---------"), *((one, one) for one in regions())]  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.filter(active=True).order_by("name")  # type: ignore[attr-defined]
        self.fields["job_function"].queryset = JobFunction.objects.order_by("name")  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        """Not over already."""
        until: date | None = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise ValidationError(_("Deze dag is al voorbij."))
        return until

    def clean(self) -> dict[str, Any]:
        """One colleague, or a group; and somebody in it."""
        data: dict[str, Any] = super().clean() or {}
        group = self._group(data)
        if bool(data.get("person")) == bool(group):
            self.add_error("person", _("Vul één collega in, of kies een groep."))
            return data
        people = members(**group) if group else people_called(data["person"])
        if group and not people:
            self.add_error("team", _("In deze groep zit nu niemand."))
        elif not group and not people:
            self.add_error("person", _("Deze collega staat niet in Leer."))
        elif not group and len(people) > 1:
            self.add_error("person", _("Zo heten er meer. Vul het personeelsnummer in."))
        return data | {"people": people}

    @staticmethod
    def _group(data: Mapping[str, Any]) -> dict[str, Any]:
        fields = ("team", "job_function", "region")
        return {name: data[name] for name in fields if data.get(name)}


class TakeBackForm(forms.Form):
    """Why an exemption holds no longer."""

    because = reason_field(_("Waarom neem je dit terug?"))


class AnswerForm(forms.Form):
    """What is answered to who says that a fact is not right, and on which day it was done then."""

    CANNOT = _(
        "Dit kan niet worden ingetrokken: het is een basismodule, of het staat er niet meer. Wijs"
        " het verzoek af en leg uit waarom."
    )
    done_on = forms.DateField(
        label=_("Op welke dag is het wel gedaan?"),
        required=False,
        widget=day_input(),
        help_text=_("Alleen als het op een andere dag is gedaan. Leeg: het is niet gedaan."),
    )
    answer = reason_field(_("Je antwoord"))

    def __init__(self, about: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if about not in {About.DONE, About.ELSEWHERE}:
            del self.fields["done_on"]

    def clean_done_on(self) -> date | None:
        """Not still to come."""
        day: date | None = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen."))
        return day


class GiveBackForm(forms.Form):
    """Why something has to be done after all."""

    because = reason_field(_("Waarom geef je dit terug?"))


class WithdrawForm(forms.Form):
    """Who, which assignment of theirs, and why; first only who."""

    person = forms.CharField(
        label=_("Welke collega?"),
        help_text=_("Personeelsnummer, e-mailadres, gebruikersnaam of hele naam."),
    )
    assignment = forms.ChoiceField(
        label=_("Welke module?"), widget=forms.RadioSelect, required=False
    )
    reason = reason_field(_("Waarom trek je dit in?"))

    def __init__(self, *args: Any, withdraws: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user: User | None = None
        self.assignments: dict[str, Assignment] = {}
        self.fields["assignment"].required = self.fields["reason"].required = withdraws

    def clean_person(self) -> str:
        """One colleague; what can be chosen is theirs."""
        text: str = self.cleaned_data["person"]
        people = people_called(text)
        if len(people) != 1:
            told = _("Zo heten er meer. Vul het personeelsnummer in.")
            raise ValidationError(told if people else _("Deze collega staat niet in Leer."))
        [self.user] = people
        self._offer([row for row in assignments_of(self.user) if not is_floor(row)])
        return text

    def _offer(self, rows: Sequence[Assignment]) -> None:
        live = content.modules()
        self.assignments = {str(row.pk): row for row in rows}
        self.fields["assignment"].choices = [(str(row.pk), _told(row, live)) for row in rows]  # type: ignore[attr-defined]


def _told(row: Assignment, live: content.Modules) -> str:
    """Which module, and by when. Not how far somebody is."""
    title = live[row.module_key].title if row.module_key in live else row.module_key
    return _("%(module)s, uiterlijk %(day)s") % {
        "module": title,
        "day": date_format(row.due_on, "j F Y"),
    }


class BlockerForm(forms.ModelForm):
    """Something without which nothing may begin."""

    class Meta:
        model = Blocker
        fields = ("what", "region")
        help_texts = {"region": _("Leeg: het hele programma.")}


class SolvedForm(forms.Form):
    """What solved a blocker."""

    solved_with = forms.CharField(
        label=_("Waarmee opgelost?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: besluit OR 2026-14."),
    )


class ProposalForm(forms.Form):
    """How a plan is made."""

    method = forms.ChoiceField(
        label=_("Manier"),
        widget=forms.RadioSelect,
        initial=Method.GREEDY,
        choices=[
            (Method.GREEDY.value, _("Het hoogste risico eerst: uit te leggen aan iedereen")),
            (Method.EXACT.value, _("Het best mogelijke plan, uitgerekend")),
        ],
    )


class AgainForm(forms.Form):
    """Why a new plan is needed."""

    reason = forms.CharField(label=_("Wat is er veranderd?"), max_length=200)


class DayForm(forms.Form):
    """As of which day."""

    day = forms.DateField(label=_("Op welke dag?"), widget=day_input())
