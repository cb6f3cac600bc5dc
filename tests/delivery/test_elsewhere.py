"""*Ik deed dit al ergens anders*: from the page of the module to the proof, as its users do it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import User
from leer.privacy.models import Look
from leer.rollout.models import Equivalence, EquivalenceProof
from tests.support import factories_running as running
from tests.support.learning import signed_in, url

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nniets\n%%EOF\n"
DAY = timezone.localdate() - timedelta(days=40)
SAID = {"what": "Weerbaar", "place": "Politieacademie", "done_on": DAY.isoformat()}


def upload(data: bytes = PDF, name: str = "certificaat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="application/pdf")


@pytest.fixture
def learner(noor: User) -> Any:
    return signed_in(noor)


@pytest.fixture
def planner() -> Any:
    return signed_in(running.planner())


def ask(browser: Any, module: content.Module, **said: Any) -> Any:
    return browser.post(url("elsewhere", module), SAID | {"proof": upload()} | said)


def text(browser: Any, address: str) -> str:
    answer: Any = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def page_of(equivalence: Equivalence) -> str:
    return reverse("rollout:equivalence", args=[equivalence.public_id])


def test_from_asking_to_a_proof_that_says_elsewhere(
    learner: Any, planner: Any, noor: User, module: content.Module
) -> None:
    assert url("elsewhere", module) in text(learner, url("module", module))
    assert ask(learner, module).status_code == 302
    assert "Iemand van het programma kijkt ernaar" in text(learner, url("module", module))
    made = Equivalence.objects.get()
    waiting = text(planner, reverse("rollout:equivalences"))
    assert "Er wacht 1 verzoek" in waiting
    assert str(noor) not in waiting
    assert "Dit telt mee" in text(planner, page_of(made))
    assert Look.objects.filter(people=[noor.pk], page="rollout:equivalence").exists()
    planner.post(page_of(made), {"action": "accept"})
    assert "Elders gedaan op" in text(learner, url("module", module))
    assert "elders" in text(learner, reverse("delivery:my_learning"))
    proof = text(learner, url("proof", module))
    assert "deed elders wat telt voor de module" in proof
    assert "Versie van de module" not in proof
    number = Equivalence.objects.get().public_id  # the paper of that other course is theirs
    assert str(number) in proof
    assert reverse("certificates:choose", args=[number]) not in proof
    assert learner.get(reverse("certificates:choose", args=[number])).status_code == 404


def test_who_did_it_elsewhere_may_still_do_it_here(
    learner: Any, planner: Any, module: content.Module
) -> None:
    ask(learner, module)
    planner.post(page_of(Equivalence.objects.get()), {"action": "accept"})
    assert learner.post(url("begin", module)).status_code == 302
    assert text(learner, url("part", module, module.parts[0]))


def test_refused_the_reason_is_read_and_it_can_be_asked_again(
    learner: Any, planner: Any, module: content.Module
) -> None:
    ask(learner, module)
    made = Equivalence.objects.get()
    assert planner.post(page_of(made), {"action": "refuse", "reason": ""}).status_code == 422
    planner.post(page_of(made), {"action": "refuse", "reason": "De naam ontbreekt."})
    assert "De naam ontbreekt." in text(learner, url("module", module))
    assert "De naam ontbreekt." in text(learner, url("elsewhere", module))
    ask(learner, module)
    assert Equivalence.objects.count() == 2


def test_taken_back_the_reason_is_read_and_the_module_is_to_do(
    learner: Any, planner: Any, module: content.Module
) -> None:
    ask(learner, module)
    made = Equivalence.objects.get()
    planner.post(page_of(made), {"action": "accept"})
    planner.post(page_of(made), {"action": "withdraw", "reason": "Van een ander."})
    shown = text(learner, url("module", module))
    assert "telt niet meer mee: Van een ander." in shown
    assert url("begin", module) in shown
    again = planner.post(page_of(made), {"action": "accept"}, follow=True)
    assert "Iemand anders was je voor" in again.content.decode()


def test_the_file_is_saved_and_never_shown_as_a_page(
    learner: Any, planner: Any, noor: User, module: content.Module
) -> None:
    ask(learner, module)
    made = Equivalence.objects.get()
    address = reverse("rollout:equivalence_proof", args=[made.public_id])
    answer = planner.get(address)
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="bewijs.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert learner.get(address).status_code == 403
    EquivalenceProof.objects.all().delete()
    assert planner.get(address).status_code == 404
    assert "geen bestand" in text(planner, page_of(made))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"proof": ""}, "Stuur een bewijs mee, of schrijf een toelichting."),
        ({"done_on": "2031-01-01"}, "Deze dag moet nog komen."),
        ({"done_on": "2001-01-01"}, "Dit is te lang geleden om nog mee te tellen."),
        ({"what": ""}, "Dit lukte nog niet."),
    ],
    ids=["nothing to show", "to come", "too long ago", "what"],
)
def test_what_is_not_complete_is_not_sent(
    learner: Any, module: content.Module, said: dict[str, Any], words: str
) -> None:
    answer = ask(learner, module, **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Equivalence.objects.exists()


def test_a_page_in_disguise_is_no_proof(learner: Any, module: content.Module) -> None:
    answer = ask(learner, module, proof=upload(b"<script>alert(1)</script>"))
    assert "geen PDF en geen foto" in answer.content.decode()
    assert not Equivalence.objects.exists()


def test_words_without_a_file_are_enough_and_a_second_request_waits_for_the_first(
    learner: Any, module: content.Module
) -> None:
    ask(learner, module, proof="", told="Drie dagen, met een toets.")
    assert ask(learner, module).url == url("module", module)
    assert Equivalence.objects.count() == 1


def test_nobody_decides_about_themselves(module: content.Module) -> None:
    """Of the programme, and a learner like everybody."""
    browser = signed_in(running.planner())
    ask(browser, module)
    made = Equivalence.objects.get()
    shown = text(browser, page_of(made))
    assert "iemand anders van het programma beslist" in shown
    assert 'value="accept"' not in shown
    assert browser.post(page_of(made), {"action": "accept"}).status_code == 403
    assert Equivalence.objects.get().state == "asked"


def test_the_own_file_has_the_request_and_the_proof(learner: Any, module: content.Module) -> None:
    ask(learner, module)
    said = json.loads(text_of_file(learner))["records"]
    [row] = said["rollout.Equivalence"]
    assert (row["what"], row["place"]) == ("Weerbaar", "Politieacademie")
    assert said["rollout.EquivalenceProof"][0]["content"] == "JVBERi0xLjcKbmlldHMKJSVFT0YK"


def text_of_file(browser: Any) -> str:
    answer = browser.get(reverse("delivery:own_data_file"))
    return str(answer.content.decode())


def test_who_has_done_the_module_has_nothing_to_ask(
    learner: Any, noor: User, module: content.Module
) -> None:
    running.progress_of(noor, module.key, done=True)
    assert learner.get(url("elsewhere", module)).status_code == 302
    assert "ergens anders" not in text(learner, url("module", module))
