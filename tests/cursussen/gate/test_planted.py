"""One case as a writer would bring it in, with something planted in every corner: pasted from a
word processor, in an alt text, in the name of a file, in an older version, in a photograph.
"""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Revision

from cursussen.blocks import TEXT_FEATURES
from cursussen.faces.covering import judge_picture, state_of
from cursussen.gate import judging
from cursussen.models import CasePage, Picture
from leer.accounts.api import Role, User
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db

PASTED = (
    '<p class="MsoNormal" style="margin:0"><span lang="NL" style="font-size:12pt">Toen kwam '
    '<b>Yas</b><span style="color:red">mina</span> Bouzidi aan in de <u>XJ-123</u>-B.</span></p>'
    '<p class="MsoNormal"><span>Ze vroeg naar het rooster.</span></p>'
)
PLANTED = {
    "Yasmina Bouzidi": "tekst 1",
    "XJ-123-B": "tekst 1",
    "Samira Haddad": "beschrijving van het beeld",
    "piotr_kowalski": "naam van het beeld",
}
OLD = "Hendrik Zwartjes"


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Path) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def author() -> User:
    return make.user_with(Role.EDITOR, name="schrijver")


@pytest.fixture
def chief() -> User:
    return make.user_with(Role.CHIEF_EDITOR, name="beoordelaar")


def test_what_is_planted_is_found_held_mended_and_gone(
    author: User, chief: User, tmp_path: Path
) -> None:
    # Given a case with something in every corner
    photo = make.upload(make.jpeg_with_gps(), "foto_piotr_kowalski.jpg")
    picture = Picture.objects.create(title="foto_piotr_kowalski", file=photo)
    page = make.draft_case(author, summary=f"Hoe {OLD} hielp.")
    changes = {
        "summary": "Hoe iemand hielp.",
        "picture": picture,
        "sections": make.parts_of_a_case(_pasted()),
    }
    _save(page, author, picture_alt="Samira Haddad bij het hek.", **changes)
    # Then each of them is found, and it is said where; the photograph itself tells nothing
    assert {text: _where(page)[text].split(" › ")[-1] for text in PLANTED} == PLANTED
    assert set(_where(page)) == set(PLANTED)
    assert len(judging.judge(_draft(page)).older) == 1
    assert _files_with_exif(tmp_path) == []
    # When it is handed in, a second person cannot let it go online
    page.get_workflow().start(page, author)
    page = CasePage.objects.get(pk=page.pk)
    with pytest.raises(PermissionDenied):
        make.approve(page, chief)
    assert not CasePage.objects.get(pk=page.pk).live
    # When changes are asked for, and the writer mends it where it stands
    page.current_workflow_task_state.reject(user=chief)
    name = _press_replace(page, author, "Yasmina Bouzidi")
    body = str(_draft(page).sections[0].value["body"][0].value.source)
    _save(
        page, author, picture_alt="Een vrouw bij het hek.",
        sections=make.parts_of_a_case(body.replace("de XJ-123-B", "een grijze auto")),
    )  # fmt: skip
    Picture.objects.filter(pk=picture.pk).update(title="Het hek")
    assert set(_where(page)) == {name}
    # And throws the older versions away, and hands it in again
    assert judging.throw_away_older(_draft(page), by=author) >= 2
    _draft(page).current_workflow_state.resume(user=author)
    # And says that nobody can be recognised in the photograph
    assert judging.judge(_draft(page)).pictures == (picture,)
    judge_picture(picture, [], seen=state_of(_looked_at(picture)), by=author)
    # Then the second person confirms that the name is made up, and approves
    (found,) = judging.judge(_draft(page)).open
    judging.accept(_draft(page), found.digest, reason="Dit is verzonnen.", by=chief)
    page = make.approve(CasePage.objects.get(pk=page.pk), chief)
    assert page.live
    # And nothing that was planted is anywhere any more
    kept = [str(one.content) for one in Revision.objects.for_instance(page)]
    assert not [text for text in (*PLANTED, OLD) for one in kept if text in one]
    assert f"Toen kwam <b>{name}</b> aan in een grijze auto." in str(page.sections)


def _pasted() -> str:
    """As the editor of the CMS keeps what was pasted in it."""
    converter = ContentstateConverter(features=TEXT_FEATURES)
    kept: str = converter.to_database_format(converter.from_database_format(PASTED))
    return kept


def _looked_at(picture: Picture) -> Picture:
    """As the worker leaves it that saw nothing."""
    Picture.objects.filter(pk=picture.pk).update(proposal=[])
    return Picture.objects.get(pk=picture.pk)


def _draft(page: CasePage) -> CasePage:
    found: CasePage = CasePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def _save(page: CasePage, by: User, **values: Any) -> None:
    case = _draft(page)
    for name, value in values.items():
        setattr(case, name, value)
    case.save_revision(user=by)


def _where(page: CasePage) -> dict[str, str]:
    return {one.finding.text: one.passage.where for one in judging.judge(_draft(page)).texts}


def _press_replace(page: CasePage, user: User, text: str) -> str:
    """What the writer does on the screen; returns the name that stands there now."""
    found = judging.judge(_draft(page)).texts
    at = next(i for i, one in enumerate(found) if one.finding.text == text)
    given = {"at": at, "digest": found[at].digest, "revision": _draft(page).latest_revision_id}
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    client.post(reverse("gate:replace", args=[page.pk]), given)
    return found[at].finding.suggestion


def _files_with_exif(folder: Path) -> list[Path]:
    """Of all that was kept of the photograph."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if Image.open(path).getexif()]
