"""Having a certificate made, the page that checks it, and who sees what there."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.certificates import issuing
from leer.certificates.models import Certificate, NameShown, Opening
from leer.privacy import api as privacy
from leer.progress.models import ModuleProgress
from tests.support import factories_content as make
from tests.support import learning

NAME = "Noor van der Kade"


@pytest.fixture
def colleague(db: None) -> Client:
    return learning.signed_in(make.user_with(Role.EMPLOYEE, name="piet"))


def url(name: str, certificate: Certificate) -> str:
    key = certificate.token if name == "check" else certificate.public_id
    return reverse(f"certificates:{name}", args=[key])


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# The holder ---------------------------------------------------------------------------------------
def test_from_the_proof_one_button_leads_to_the_choice_and_one_to_the_pdf(
    noor: User, module: content.Module, done: ModuleProgress
) -> None:
    browser = learning.signed_in(noor)
    choose = reverse("certificates:choose", args=[done.registration])
    assert choose in text_of(browser.get(learning.url("proof", module)))
    made = browser.post(choose, {"name_shown": "full", "shows_version": "on"}, follow=True)
    certificate = Certificate.objects.get(user=noor)
    assert (certificate.name_shown, certificate.shows_version) == (NameShown.FULL, True)
    assert not certificate.shows_number
    assert url("pdf", certificate) in text_of(made)
    paper = browser.get(url("pdf", certificate))
    assert paper["Content-Type"] == "application/pdf"
    assert "no-store" in paper["Cache-Control"]
    assert paper.content.startswith(b"%PDF")


def test_the_form_begins_with_the_least(noor: User, done: ModuleProgress) -> None:
    page = learning.signed_in(noor).get(reverse("certificates:choose", args=[done.registration]))
    assert page.context["form"]["name_shown"].value() == NameShown.NOT
    assert text_of(page).count("checked") == 1


def test_a_certificate_is_made_only_of_what_one_did_oneself(
    noor: User, done: ModuleProgress, colleague: Client
) -> None:
    choose = reverse("certificates:choose", args=[done.registration])
    assert colleague.get(choose).status_code == 404
    assert colleague.post(choose, {"name_shown": "full"}).status_code == 404
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("name", ["one", "pdf", "open", "close", "withdraw"])
def test_somebody_elses_certificate_is_not_there(
    certificate: Certificate, colleague: Client, name: str
) -> None:
    method = colleague.get if name in {"one", "pdf"} else colleague.post
    assert method(url(name, certificate), {"days": 30}).status_code == 404
    certificate.refresh_from_db()
    assert certificate.withdrawn_at is None
    assert not Opening.objects.exists()


def test_ones_list_has_ones_own(noor: User, certificate: Certificate, colleague: Client) -> None:
    mine = reverse("certificates:mine")
    assert url("one", certificate) in text_of(learning.signed_in(noor).get(mine))
    assert "Je hebt nog geen certificaten" in text_of(colleague.get(mine))


# A colleague --------------------------------------------------------------------------------------
def test_a_colleague_sees_that_it_holds_and_no_more_than_the_holder_chose(
    noor: User, certificate: Certificate, colleague: Client
) -> None:
    text = text_of(colleague.get(url("check", certificate)))
    assert "Dit certificaat klopt" in text
    assert certificate.title in text
    for hidden in ("Noor", "noor", "Kade", str(certificate.registration), "Versie", "Nummer"):
        assert hidden not in text


def test_what_was_chosen_is_shown(noor: User, done: ModuleProgress, colleague: Client) -> None:
    chosen: dict[str, Any] = {"shows_version": True, "shows_number": True}
    made = issuing.issue(
        noor, done.registration, language="nl", name_shown=NameShown.FULL, **chosen
    )
    text = text_of(colleague.get(url("check", made)))
    for shown in (NAME, str(done.registration), "Versie van de module", "Gedaan op"):
        assert shown in text


def test_the_holder_reads_who_checked_it(
    noor: User, certificate: Certificate, colleague: Client
) -> None:
    learning.signed_in(noor).get(url("check", certificate))
    assert list(privacy.looks_at(noor)) == []
    colleague.get(url("check", certificate))
    [seen] = privacy.looks_at(noor)
    assert (seen.viewer, str(seen.words)[:23]) == ("piet", "een certificaat van jou")


def test_a_colleague_with_a_wrong_address_reads_what_may_be_the_matter(colleague: Client) -> None:
    answer = colleague.get(reverse("certificates:check", args=["x" * 32]))
    assert answer.status_code == 404
    assert "Dit certificaat is er niet" in text_of(answer)


def test_the_check_costs_as_much_with_many_certificates(
    noor: User,
    certificate: Certificate,
    colleague: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(5):
        issuing.issue(noor, certificate.registration, language="nl")
    colleague.get(url("check", certificate))
    # 1 the session and the person 2 the certificate 3 the fact 4 until when the ledger has it valid
    # 5 that it was looked at
    with django_assert_num_queries(5):
        colleague.get(url("check", certificate))


# Somebody from outside ----------------------------------------------------------------------------
def test_who_is_not_signed_in_cannot_tell_whether_there_is_such_a_certificate(
    certificate: Certificate,
) -> None:
    answers = []
    for token in (certificate.token, "x" * 32):
        answer = Client().get(reverse("certificates:check", args=[token]))
        assert answer.status_code == 404
        answers.append(text_of(answer).replace(token, ""))
    assert answers[0] == answers[1]
    assert "Log in om dit te controleren" in answers[0]


def test_an_account_without_a_role_is_no_colleague(certificate: Certificate) -> None:
    nobody = learning.signed_in(make.user_with(name="niemand"))
    assert nobody.get(url("check", certificate)).status_code == 404


def test_while_it_is_open_an_outsider_sees_the_same_and_is_counted(
    noor: User, certificate: Certificate
) -> None:
    holder = learning.signed_in(noor)
    holder.post(url("open", certificate), {"days": 30})
    text = text_of(Client().get(url("check", certificate)))
    assert "Dit certificaat klopt" in text
    assert "Noor" not in text
    Client().get(url("check", certificate))
    assert "2 keer bekeken" in text_of(holder.get(url("one", certificate)))
    holder.post(url("close", certificate))
    assert Client().get(url("check", certificate)).status_code == 404
    assert "door jou gesloten" in text_of(holder.get(url("one", certificate)))


def test_it_closes_by_itself(certificate: Certificate) -> None:
    then = timezone.now() - timedelta(days=30, minutes=1)
    issuing.open_for_outsiders(certificate, days=30, at=then)
    assert Client().get(url("check", certificate)).status_code == 404
    issuing.open_for_outsiders(certificate, days=30, at=then + timedelta(minutes=2))
    assert Client().get(url("check", certificate)).status_code == 200


def test_a_length_that_nobody_offered_opens_nothing(noor: User, certificate: Certificate) -> None:
    learning.signed_in(noor).post(url("open", certificate), {"days": 3650})
    assert not Opening.objects.exists()


# Withdrawing --------------------------------------------------------------------------------------
def test_after_withdrawal_a_colleague_reads_that_and_nothing_else(
    noor: User, certificate: Certificate, colleague: Client
) -> None:
    issuing.open_for_outsiders(certificate, days=30)
    holder = learning.signed_in(noor)
    holder.post(url("withdraw", certificate))
    text = text_of(colleague.get(url("check", certificate)))
    assert "Dit certificaat is ingetrokken" in text
    assert certificate.title not in text
    assert Client().get(url("check", certificate)).status_code == 404
    assert holder.get(url("pdf", certificate)).status_code == 404
    holder.post(url("open", certificate), {"days": 30})
    assert Client().get(url("check", certificate)).status_code == 404
    assert not [row for row in Opening.objects.all() if row.closed_at is None]


def test_what_was_withdrawn_stays_withdrawn_at_its_first_moment(certificate: Certificate) -> None:
    first = timezone.now()
    issuing.withdraw(certificate, at=first)
    issuing.withdraw(certificate, at=first + timedelta(days=1))
    certificate.refresh_from_db()
    assert certificate.withdrawn_at == first


# What must not get out ----------------------------------------------------------------------------
def test_no_search_engine_cache_or_next_site_learns_of_it(
    certificate: Certificate, colleague: Client
) -> None:
    issuing.open_for_outsiders(certificate, days=7)
    nobody = reverse("certificates:check", args=["x" * 32])
    for browser in (colleague, Client()):
        for page in (url("check", certificate), nobody):
            answer = browser.get(page)
            assert "noindex" in answer["X-Robots-Tag"]
            assert "no-store" in answer["Cache-Control"]
            assert answer["Referrer-Policy"] == "no-referrer"
            assert '<meta name="robots" content="noindex' in text_of(answer)


def test_tokens_are_long_and_never_the_same(certificate: Certificate, noor: User) -> None:
    tokens = {issuing.issue(noor, certificate.registration, language="nl").token for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {32}
