"""Which names the metadata of each kind of file may and must have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cursussen.loading.quizzes import KINDS, RATINGS
from cursussen.loading.sources import ContentError, Source
from cursussen.models import AskedOf, Contact, Example, Origin, Phase


@dataclass(frozen=True)
class Name:
    """One name in the metadata: the type of its value, and which values are known."""

    type: type
    required: bool = True
    choices: tuple[object, ...] = ()


TEXT, NUMBER, TRUTH, DAY, LIST = str, int, bool, date, list
# What to write for each, in words and with an example.
WRITTEN = {
    TEXT: gettext_lazy('een tekst tussen aanhalingstekens: "zo"'),
    NUMBER: gettext_lazy("een heel getal zonder aanhalingstekens: 12"),
    TRUTH: gettext_lazy("true of false, zonder aanhalingstekens"),
    DAY: gettext_lazy("een datum zonder aanhalingstekens: 2027-01-31"),
    LIST: gettext_lazy('een lijst: ["een", "twee"]'),
}
COMMON = {"soort": Name(TEXT), "sleutel": Name(TEXT), "titel": Name(TEXT)}
SUMMARY = {"samenvatting": Name(TEXT), "herziening": Name(DAY, required=False)}
PART = COMMON | SUMMARY | {"minuten": Name(NUMBER), "bronnen": Name(LIST, required=False)}
PICTURE = {"beeld": Name(TEXT, required=False), "beeld_alt": Name(TEXT, required=False)}

SHAPES: Mapping[str, Mapping[str, Name]] = {
    "module": COMMON | SUMMARY | PICTURE | {
        "leerdoelen": Name(LIST),
        "minuten": Name(NUMBER),
        "themas": Name(LIST, required=False),
        "kenmerken": Name(LIST, required=False),
        "leerlijn": Name(TEXT, required=False),
        "iedereen": Name(TRUTH, required=False),
        "dagen": Name(NUMBER, required=False),
    },
    "les": PART,
    "quiz": PART | {"vraag": Name(LIST), "trek": Name(LIST, required=False)},
    "scenario": PART | {"scenario": Name(TEXT)},
    "casus": COMMON | SUMMARY | PICTURE | {
        "themas": Name(LIST),
        "herkomst": Name(TEXT, choices=tuple(Origin.values)),
        "bron": Name(TEXT),
        "functies": Name(LIST, required=False),
        "fase": Name(TEXT, required=False, choices=tuple(Phase.values)),
        "gevoeligheid": Name(TEXT, required=False),
        "oefenen": Name(TEXT, required=False),
        "afspraak": Name(TEXT, required=False),
        "voorbeeld": Name(TEXT, choices=tuple(Example.values)),
        "herziening": Name(DAY),
    },
    "afspraak": COMMON | SUMMARY | {
        "eigenaar": Name(TEXT),
        "geldt_vanaf": Name(DAY),
        "bron": Name(TEXT),
        "bron_adres": Name(TEXT, required=False),
        "voor": Name(TEXT, choices=(AskedOf.NOBODY.value, AskedOf.EVERYBODY.value)),
        "dagen": Name(NUMBER, required=False),
        "verandert": Name(TEXT, required=False),
        "klein": Name(TRUTH, required=False),
        "zoekwoorden": Name(LIST, required=False),
        "wie": Name(TEXT, required=False, choices=tuple(Contact.values)),
        "regios": Name(LIST, required=False),
        "dilemmas": Name(LIST, required=False),
        "vraag": Name(LIST),
    },
    "pagina": COMMON | {"herziening": Name(DAY, required=False)},
}  # fmt: skip
DRAW = {"trefwoord": Name(TEXT), "aantal": Name(NUMBER)}
QUESTION = {
    "soort": Name(TEXT, choices=tuple(KINDS)),
    "sleutel": Name(TEXT),
    "tekst": Name(TEXT),
    "uitleg": Name(TEXT, required=False),
    "beleid": Name(TEXT, required=False),
    "beleid_adres": Name(TEXT, required=False),
    "trefwoorden": Name(LIST, required=False),
    "staat_voor": Name(TEXT, required=False),
    "vast": Name(TRUTH, required=False),
}
SAYS_BACK = {
    "sleutel": Name(TEXT),
    "tekst": Name(TEXT),
    "reactie": Name(TEXT, required=False),
    "smoes": Name(TEXT, required=False),
    "weerwoord": Name(TEXT, required=False),
}
PLACE = Name(NUMBER, choices=tuple(range(101)))
# The tables of each kind of question.
ANSWERS: Mapping[str, Mapping[str, Name]] = {
    "optie": SAYS_BACK | {"goed": Name(TRUTH)},
    "stuk": SAYS_BACK | {"signaal": Name(TRUTH)},
    "plek": SAYS_BACK | {"signaal": Name(TRUTH), "van_links": PLACE, "van_boven": PLACE},
    "stap": SAYS_BACK,
    "paar": SAYS_BACK | {"past_bij": Name(TEXT)},
    "actie": SAYS_BACK | {"oordeel": Name(TEXT, choices=tuple(RATINGS))},
}
PLAIN = {"tekst": Name(TEXT)}


def mistakes(source: Source) -> Iterator[ContentError]:
    """Everything that is wrong with the metadata of one file."""
    shape = SHAPES.get(source.kind)
    if shape is None:
        names = ", ".join(SHAPES)
        yield source.error(
            _("Geef met ‘soort’ aan wat dit is; kies uit: %(names)s.") % {"names": names},
            at="soort",
        )
        return
    yield from compare(source, source.meta, shape)
    if source.meta.get("beeld") and not source.meta.get("beeld_alt"):
        yield source.error(_("Beschrijf het beeld met ‘beeld_alt’."), at="beeld")
    for question in tables(source.meta, "vraag"):
        yield from _question_mistakes(source, question)
    for draw in tables(source.meta, "trek"):
        yield from compare(source, draw, DRAW)


def _question_mistakes(source: Source, question: Mapping[str, Any]) -> Iterator[ContentError]:
    """Of one question, with the tables of its kind."""
    kind = KINDS.get(question.get("soort", ""))
    table = kind.table if kind else ""
    own = {table: Name(LIST)} if table else {}
    if table == "plek":
        own |= {"beeld": Name(TEXT), "beeld_alt": Name(TEXT)}
    yield from compare(source, question, QUESTION | own)
    for answer in tables(question, table):
        plain = table == "stuk" and "sleutel" not in answer
        yield from compare(source, answer, PLAIN if plain else ANSWERS[table])


def tables(meta: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The tables ``[[name]]``; what is no table is empty, so that everything in it is missed."""
    found = meta.get(name, [])
    for table in found if isinstance(found, list) else []:
        yield table if isinstance(table, dict) else {}


def compare(
    source: Source, given: Mapping[str, Any], shape: Mapping[str, Name]
) -> Iterator[ContentError]:
    """What is unknown, missing or of the wrong type in one table."""
    for name in given.keys() - shape.keys():
        yield source.error(_("Onbekende naam ‘%(name)s’; haal hem weg.") % {"name": name}, at=name)
    for name, wanted in shape.items():
        if name not in given:
            if wanted.required:
                yield source.error(_("Vul ‘%(name)s’ in.") % {"name": name}, at="sleutel")
        elif type(given[name]) is not wanted.type:  # in Python true is a number, and here not
            yield source.error(
                _("Schrijf bij ‘%(name)s’ %(written)s.")
                % {"name": name, "written": WRITTEN[wanted.type]},
                at=name,
            )
        elif wanted.choices and given[name] not in wanted.choices:
            yield source.error(
                _("‘%(value)s’ kan hier niet; kies uit: %(choices)s.")
                % {"value": given[name], "choices": ", ".join(map(str, wanted.choices))},
                at=name,
            )
