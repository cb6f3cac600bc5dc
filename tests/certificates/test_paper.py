"""The paper itself: what is on it, how it is read aloud, and that its code leads to its page."""

from typing import Any

import pypdfium2
import pytest
import zxingcpp

from leer.accounts.api import User
from leer.certificates import checking, issuing, paper
from leer.certificates.models import Certificate, NameShown
from leer.progress.models import ModuleProgress

A4 = (595, 842)  # points


def drawn(certificate: Certificate) -> bytes:
    return paper.draw(certificate, checking.check(certificate))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_bounded().split())


def made(noor: User, done: ModuleProgress, **choices: Any) -> str:
    language = choices.pop("language", "nl")
    return text_of(drawn(issuing.issue(noor, done.registration, language=language, **choices)))


def test_the_paper_shows_the_least_unless_its_holder_wants_more(
    noor: User, done: ModuleProgress
) -> None:
    text = made(noor, done)
    assert "Herken" in text
    assert "Gedaan op:" in text
    for hidden in ("Noor", "N.v", "Kade", "noor", str(done.registration), "Versie"):
        assert hidden not in text
    assert "De houder heeft alle delen gedaan" in text


@pytest.mark.parametrize(
    ("choices", "shown"),
    [
        ({"name_shown": NameShown.FULL}, "Noor van der Kade"),
        ({"name_shown": NameShown.INITIALS}, "N.v.d.K."),
    ],
    ids=["name", "initials"],
)
def test_what_is_chosen_is_on_it(
    noor: User, done: ModuleProgress, choices: dict[str, Any], shown: str
) -> None:
    assert shown in made(noor, done, **choices)


def test_the_version_is_on_it_when_chosen(noor: User, done: ModuleProgress) -> None:
    text = made(noor, done, shows_version=True)
    assert f"Versie van de module: {done.completed_version}" in text


def test_the_number_is_on_it_when_chosen(noor: User, done: ModuleProgress) -> None:
    assert str(done.registration) in made(noor, done, shows_number=True).replace(" ", "")


def test_it_is_in_the_language_of_who_had_it_made(noor: User, done: ModuleProgress) -> None:
    text = made(noor, done, language="en")
    assert "Certificate" in text
    assert "Gedaan" not in text


def test_the_code_on_it_leads_to_its_check_page(certificate: Certificate) -> None:
    page = pypdfium2.PdfDocument(drawn(certificate))[0]
    [code] = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
    assert code.text == paper.address_of(certificate)
    assert code.text.endswith(f"/certificaat/{certificate.token}/")


def test_it_is_one_a4_that_can_be_read_aloud_and_tells_nothing_but_its_title(
    certificate: Certificate,
) -> None:
    pdf = drawn(certificate)
    document = pypdfium2.PdfDocument(pdf)
    assert tuple(round(side) for side in document[0].get_size()) == A4
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    assert b"pdfuaid:part>1" in pdf
    assert b"/Lang(nl)" in pdf
    about = document.get_metadata_dict(skip_empty=True)
    assert about.pop("Title") == f"Certificaat: {certificate.title}"
    assert list(about) == ["Creator"]
    assert about["Creator"].startswith("Typst")


def test_a_name_is_text_and_no_markup(noor: User, done: ModuleProgress) -> None:
    noor.first_name, noor.last_name = '#image("x")', "*Zoë* $Ł$ _d’Ašŷ_ <b>"
    noor.save()
    assert '#image("x") *Zoë* $Ł$ _d’Ašŷ_ <b>' in made(noor, done, name_shown=NameShown.FULL)


def test_the_same_certificate_is_the_same_paper(certificate: Certificate) -> None:
    assert drawn(certificate) == drawn(certificate)
