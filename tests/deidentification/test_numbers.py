"""Check digits, and what has a shape. Published examples where there are."""

import pytest

from leer.deidentification.api import Kind, search
from leer.deidentification.engine.containers import is_container
from leer.deidentification.engine.numbers import is_bsn, is_iban


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(found.kind, found.text) for found in search(text)]


@pytest.mark.parametrize("number", ["111222333", "123456782", "12345672"])
def test_the_eleven_test_is_passed(number: str) -> None:
    assert is_bsn(number)


@pytest.mark.parametrize(
    "number", ["111222334", "123456783", "213456782", "000000000", "1234567890", "12345678X"]
)
def test_the_eleven_test_is_failed(number: str) -> None:
    """One digit off, two that changed places, none at all, too many, a letter."""
    assert not is_bsn(number)


@pytest.mark.parametrize(
    "number",
    [
        # Examples of the banks themselves (SWIFT's registry of IBANs).
        "NL91 ABNA 0417 1643 00",
        "BE68 5390 0754 7034",
        "DE89 3704 0044 0532 0130 00",
        "GB29 NWBK 6016 1331 9268 19",
        "PL61 1090 1014 0000 0712 1981 2874",
        "TR33 0006 1005 1978 6457 8413 26",
        "nl91abna0417164300",
    ],
)
def test_iban_with_right_check_digits(number: str) -> None:
    assert is_iban(number)
    assert kinds(f"Maak het over naar {number} voor vrijdag.") == [(Kind.IBAN, number)]


@pytest.mark.parametrize(
    "number",
    ["NL92 ABNA 0417 1643 00", "NL91 ABNA 0417 1634 00", "NL91 ABNA 0417 1643 0", "ZZ91 1234"],
)
def test_iban_with_wrong_check_digits_or_length(number: str) -> None:
    assert not is_iban(number)


def test_a_mistyped_dutch_account_is_found_all_the_same() -> None:
    assert kinds("Op NL92 ABNA 0417 1643 00 dus.") == [(Kind.IBAN, "NL92 ABNA 0417 1643 00")]


@pytest.mark.parametrize("number", ["CSQU3054383", "csqu 305438-3", "MSCU1234566"])
def test_container_with_right_check_digit(number: str) -> None:
    """CSQU3054383 is the example of ISO 6346."""
    assert is_container(number)


@pytest.mark.parametrize(
    "number", ["CSQU3054384", "CSQU3045383", "CSQ3054383", "CSQU305438", "CSQU30543833"]
)
def test_container_with_wrong_check_digit_or_length(number: str) -> None:
    assert not is_container(number)


def test_a_check_digit_of_ten_is_written_zero() -> None:
    """The remainder of 10 is the one that a careless test gets wrong."""
    zeros = [n for n in range(1000) if is_container(f"MSCU{n:06}0")]
    # Of every eleven remainders two are written 0: the 0 and the 10.
    assert len(zeros) == pytest.approx(1000 * 2 / 11, abs=20)


def test_a_mistyped_container_is_found_all_the_same() -> None:
    assert kinds("Het ging om CSQU 305438-4.") == [(Kind.CONTAINER, "CSQU 305438-4")]


@pytest.mark.parametrize(
    "plate",
    [
        "XX-12-34", "12-34-XX", "12-XX-34", "XX-12-XX", "XX-XX-12", "12-XX-XX", "12-XXX-3",
        "1-XXX-23", "XX-123-X", "X-123-XX", "XXX-12-X", "X-12-XXX", "1-XX-234", "123-XX-1",
        "xx-12-34", "GB 123 H", "1-ABC-234", "AB-123-CD", "KLE-AB 123", "B-123-ABC",
    ],
)  # fmt: skip
def test_plates(plate: str) -> None:
    assert kinds(f"We zagen {plate} staan.") == [(Kind.PLATE, plate)]


@pytest.mark.parametrize(
    "text",
    [
        "ISO 9001 en A4", "Poort 12, rij 3", "van 2015 tot 2020", "artikel 12-3", "€ 12.500,00",
        "de top 100 van 2019", "1200 kg in 60 dozen", "versie 2.1.0", "in 2024 en 2025",
        "kamer 12 b",
        "een auto die 120 KM reed",
        "de BMW X5 van de buurman",
        "artikel 2:25 van de wet", "drie uur later", "een half jaar",
        "acht uur per dag", "24 uur per dag",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str) -> None:
    assert kinds(f"Het is {text}.") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0612345678", Kind.PHONE),
        ("06 - 123 456 78", Kind.PHONE),
        ("+31 (0)10 1234567", Kind.PHONE),
        ("(0113) 29 12 34", Kind.PHONE),
        ("0034 612 345 678", Kind.PHONE),
        ("0800-1234", Kind.PHONE),
        ("jan.de_vries@post.example.nl", Kind.EMAIL),
        ("jan [at] example [dot] nl", Kind.EMAIL),
        ("https://example.org/a?b=c", Kind.WEB),
        ("3011 AD", Kind.POSTCODE),
        ("3011ad", Kind.POSTCODE),
        ("Kerkstraat 12", Kind.ADDRESS),
        ("Hauptstraße 14", Kind.ADDRESS),
        ("Postbus 1042", Kind.ADDRESS),
        ("12 maart 2024", Kind.DATE),
        ("12-03-2024", Kind.DATE),
        ("zondag 3 mei", Kind.DATE),
        ("de twaalfde maart", Kind.DATE),
        ("14:32", Kind.TIME),
        ("kwart over drie", Kind.TIME),
        ("half vier", Kind.TIME),
        ("24NL0005100A1B2C3D", Kind.CASE_NUMBER),
        ("Z2024-00123", Kind.CASE_NUMBER),
        ("ECLI:NL:RBROT:2021:4567", Kind.CASE_NUMBER),
        ("j.devries", Kind.WEB),
        ("03041985", Kind.DATE),
        ("3-4-'85", Kind.DATE),
        ("10/123456-24", Kind.CASE_NUMBER),
    ],
)
def test_what_has_a_shape(text: str, kind: Kind) -> None:
    [found] = search(f"Ze schreef {text}, en verder niets.")
    assert (found.kind, text.endswith(found.text)) == (kind, True)
