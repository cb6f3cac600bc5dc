"""The preview panel of the editor: Wagtail shows the page in a frame of its own."""

import pytest
from django.test import Client
from django.urls import reverse

from leer.accounts.api import Role
from tests.support import factories_content as make
from tests.support import learning


@pytest.mark.django_db
def test_a_preview_may_be_framed_by_the_cms_and_the_page_itself_by_nobody() -> None:
    editor = make.user_with(Role.EDITOR, name="esra")
    case = make.draft_case(editor)
    client = learning.signed_in(editor)
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[case.pk]))
    assert preview.status_code == 200
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    page = Client().get(reverse("accounts:login"))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "unsafe-inline" not in page["Content-Security-Policy"]
