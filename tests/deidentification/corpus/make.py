"""Make the generated part of the corpus: ``uv run python -m tests.deidentification.corpus.make``.

The same every time. Numbers carry true check digits, worked out here and not by the engine.
"""

import html
import random
import re
import unicodedata
from collections.abc import Callable
from functools import partial

from tests.deidentification.corpus.reading import HERE, lines_of

SEED = 7
TO = HERE
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
Maker = Callable[[], str]


class Names:
    """People of one part of the corpus, each in turn."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self.people = [tuple(line.split("|")) for line in lines_of(name)]
        self.chance = chance
        self.left: list[tuple[str, ...]] = []

    def next(self) -> tuple[str, str, str]:
        if not self.left:
            self.left = self.chance.sample(self.people, len(self.people))
        first, infix, last = self.left.pop()
        return first, infix, last

    def full(self) -> str:
        return " ".join(part for part in self.next() if part)

    def first(self) -> str:
        return self.next()[0]

    def last(self) -> str:
        """As behind *collega*: Van der Meulen, El Idrissi, Bakker."""
        _first, infix, last = self.next()
        return f"{infix[:1].upper()}{infix[1:]} {last}".strip()

    def initials(self) -> str:
        first, infix, last = self.next()
        letters = first[0] + "." + self.chance.choice(["", "A.", "M."])
        return " ".join(part for part in (letters, infix, last) if part)


class Values:
    """What may stand at each ``{…}`` of a template."""

    def __init__(self, part: str, chance: random.Random) -> None:
        self.chance = chance
        self.names = Names(f"namen{part}.txt", chance)
        self.lists = _lists(held_out=bool(part))
        self.turn: dict[str, list[str]] = {}

    def makers(self) -> dict[str, tuple[str, Maker]]:
        """Per name of a slot the kind that is marked, and what fills it."""
        names = self.names
        listed = {
            "plaats": "plaats", "terminal": "terminal", "functie": "functie", "team": "team",
            "straat": "adres", "werkadres": "adres",
        }  # fmt: skip
        return {
            "naam": ("persoon", names.full),
            "voornaam": ("persoon", names.first),
            "achternaam": ("persoon", names.last),
            "Achternaam": ("persoon", names.last),
            "initialen": ("persoon", names.initials),
            "klein": ("persoon", lambda: names.full().lower()),
            "kleinvoor": ("persoon", lambda: names.first().lower()),
            "kleinachter": ("persoon", lambda: names.last().lower()),
            "adres": ("adres", partial(self.listed, "werkadres")),
            "telefoon": ("telefoon", self.phone),
            "email": ("email", self.email),
            "kenteken": ("kenteken", self.plate),
            "container": ("container", self.container),
            "bsn": ("bsn", self.bsn),
            "iban": ("iban", self.iban),
            "zaak": ("nummer", self.case),
            "datum": ("datum", self.date),
            "tijd": ("tijd", self.time),
            "postcode": ("postcode", self.postcode),
        } | {slot: (kind, partial(self.listed, slot)) for slot, kind in listed.items()}

    def listed(self, which: str) -> str:
        if not self.turn.get(which):
            self.turn[which] = self.chance.sample(self.lists[which], len(self.lists[which]))
        return self.turn[which].pop()

    def digits(self, count: int) -> str:
        return "".join(self.chance.choice("0123456789") for _ in range(count))

    def letters(self, count: int) -> str:
        return "".join(self.chance.choice("BDFGHJKLNPRSTVXZ") for _ in range(count))

    def shape(self, *shapes: str) -> str:
        """A shape filled in: 9 a digit, X a letter."""
        return re.sub(
            "[9X]",
            lambda m: self.digits(1) if m.group() == "9" else self.letters(1),
            self.chance.choice(shapes),
        )

    def phone(self) -> str:
        return self.shape(
            "06-19999999", "06 29 99 99 99", "0639999999", "+31 6 4999 9999", "010-4999999",
            "0181-399999", "(0113) 29 99 99", "+32 479 99 99 99", "0049 151 99999999",
            "+57 310 999 9999", "+90 532 999 99 99", "088-1999999",
        )  # fmt: skip

    def email(self) -> str:
        first, _infix, last = (
            re.sub(r"[^a-z]", "", _plain(part).lower()) for part in self.names.next()
        )
        host = self.chance.choice(["example.nl", "post.example.com", "example.org", "xs.example"])
        form = self.chance.choice(["{f}.{l}@{h}", "{f[0]}.{l}@{h}", "{f}_{l}99@{h}", "{l}@{h}"])
        return form.format(f=first, l=last, h=host)

    def plate(self) -> str:
        return self.shape(
            "XX-99-99", "99-XX-99", "99-XX-XX", "XX-XX-99", "99-XXX-9", "9-XXX-99", "XX-999-X",
            "X-999-XX", "9-XXX-999", "XX-999-XX", "XXX-X 999",
        )  # fmt: skip

    def container(self) -> str:
        owner = self.chance.choice(["MSCU", "TGHU", "HLBU", "MAEU", "CSQU", "SUDU", "OOLU", "CMAU"])
        code = owner + self.digits(6)
        # ISO 6346 by its table of values, which leaves out 11, 22 and 33.
        worth = [n for n in range(10, 39) if n % 11]
        table = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", worth, strict=False))
        total = sum((table.get(c) or int(c)) * 2**i for i, c in enumerate(code))
        check = str(total % 11 % 10)
        return self.chance.choice(
            [code + check, f"{owner} {code[4:]}-{check}", f"{owner} {code[4:7]} {code[7:]} {check}"]
        )

    def bsn(self) -> str:
        while True:
            eight = self.chance.choice("123456789") + self.digits(7)
            last = sum(int(d) * (9 - i) for i, d in enumerate(eight)) % 11
            if last < 10:
                nine = f"{eight}{last}"
                return self.chance.choice([nine, f"{nine[:4]}.{nine[4:6]}.{nine[6:]}"])

    def iban(self) -> str:
        bank, account = self.chance.choice(["ABNA", "INGB", "RABO", "TRIO"]), "0" + self.digits(9)
        number = "".join(str(ord(c) - 55) if c.isalpha() else c for c in bank + account + "NL")
        code = f"NL{98 - int(number + '00') % 97:02}{bank}{account}"
        spaced = " ".join(code[i : i + 4] for i in range(0, len(code), 4))
        return self.chance.choice([code, spaced])

    def case(self) -> str:
        return self.shape(
            "2023-099999", "Z2024-99999", "PL1700-2023999999", "D23.004999", "24/99999",
            "10/999999-23", "INC0099999", "202399999", "23NL0004XX99X99X9",
        )  # fmt: skip

    def date(self) -> str:
        day, month, year = (
            self.chance.randint(1, 28), self.chance.randint(1, 12), self.chance.randint(2016, 2025),
        )  # fmt: skip
        name = MONTHS[month - 1]
        return self.chance.choice(
            [
                f"{day} {name} {year}",
                f"{day} {name}",
                f"{day:02}-{month:02}-{year}",
                f"{day}/{month}/{year}",
                f"{year}-{month:02}-{day:02}",
                f"zaterdag {day} {name}",
                f"{day} {name[:3]} {year}",
            ]
        )

    def time(self) -> str:
        hour, minute = self.chance.randint(1, 12), self.chance.choice([5, 10, 25, 40, 55])
        word = ["één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
        return self.chance.choice(
            [
                f"{hour + 11}:{minute:02}",
                f"{hour + 11}.{minute:02} uur",
                f"kwart over {self.chance.choice(word)}",
                f"half {self.chance.choice(word)}",
                f"{self.chance.choice(word)} uur",
                f"{hour}u{minute:02}",
                f"tien voor half {self.chance.choice(word)}",
            ]
        )

    def postcode(self) -> str:
        return self.shape("3019 XX", "4389 XX", "2919XX", "1019 XX", "5619 KL")


def fill(template: str, makers: dict[str, tuple[str, Maker]]) -> str:
    """The template with a marked value at each of its slots."""

    def value(match: re.Match[str]) -> str:
        kind, maker = makers[match[1]]
        return f"[{kind}:{maker()}]"

    return re.sub(r"\{(\w+)\}", value, template)


DISGUISES: dict[str, Callable[[str], str]] = {
    "harde spaties": lambda text: text.replace(" ", "\u00a0"),
    "afbreekstreepjes": "\u00ad".join,
    "tekens zonder breedte": "\u200b".join,
    "brede tekens": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text
    ),
    "Cyrillische letters": lambda text: text.translate(str.maketrans("AEOaeoxX", "АЕОаеохХ")),
    "losse accenten": partial(unicodedata.normalize, "NFD"),
    "entiteiten": lambda text: "".join(
        f"&#{ord(c)};" if i % 3 == 1 else html.escape(c) for i, c in enumerate(text)
    ),
    "regeleinde": lambda text: text.replace(" ", "¶", 1),
    "liggende streepjes": lambda text: text.replace("-", "–"),
    "vet": lambda text: f"<b>{text[: len(text) // 2]}</b>{text[len(text) // 2 :]}",
}


def disguise(line: str, how: str) -> str:
    """The same line, with what is marked written so that a simple search would miss it."""
    return re.sub(r"\[(\w+):([^\]]+)\]", lambda m: f"[{m[1]}:{DISGUISES[how](m[2])}]", line)


def write(part: str, rounds: int) -> None:
    """Every template a number of times, and once more with each round another disguise."""
    chance = random.Random(SEED)
    makers = Values(part, chance).makers()
    templates = list(lines_of(f"sjablonen{part}.txt"))
    plain = [fill(template, makers) for _ in range(rounds) for template in templates]
    _write(f"gemaakt{part}.txt", plain)
    tricks = list(DISGUISES)
    marked = [fill(template, makers) for _ in range(2) for template in templates]
    _write(
        f"vermomd{part}.txt",
        [disguise(line, tricks[i % len(tricks)]) for i, line in enumerate(marked)],
    )


def _write(name: str, lines: list[str]) -> None:
    head = "# Gemaakt door make.py; niet met de hand veranderen. ¶ is een regeleinde.\n"
    (TO / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _plain(text: str) -> str:
    odd = str.maketrans("ıłŁßøØđĐ", "ilLsoOdD")
    return unicodedata.normalize("NFD", text.translate(odd))


def _lists(*, held_out: bool) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    which, behind = "", False
    for line in lines_of("zaken.txt"):
        if line.startswith("@"):
            which, behind = line[1:], False
            lists[which] = []
        elif line == "==":
            behind = True
        elif behind == held_out:
            lists[which].append(line)
    return lists


def write_all() -> None:
    """The tuned part and the one that is kept apart."""
    write("", rounds=6)
    write("_apart", rounds=6)


if __name__ == "__main__":
    write_all()
