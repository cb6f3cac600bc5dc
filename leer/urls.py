"""Every URL of Leer. Who may see which is in ``leer.access``."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.i18n import set_language
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from cursussen.accounts_in_cms import OwnAccount
from leer.core.media import media
from leer.core.views import healthz
from leer.xapi.rest.mount import view as xapi

handler400 = "leer.core.views.bad_request"

urlpatterns = [
    path("xapi/<path:path>", xapi, name="xapi"),
    path("healthz", healthz, name="healthz"),
    path("taal/", set_language, name="set_language"),
    path("media/<path:path>", media, name="media"),
    # Wagtail's own sign-out also answers to a link, and then does not sign out.
    path("cms/logout/", LogoutView.as_view()),
    path("cms/account/", require_admin_access(OwnAccount.as_view())),
    path("cms/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("", include("leer.accounts.urls")),
    path("", include("leer.privacy.urls")),
    path("", include("leer.organisation.urls")),
    path("", include("leer.risk.urls")),
    path("", include("leer.rollout.urls")),
    path("", include("leer.monitoring.urls")),
    path("", include("leer.certificates.urls")),
    path("", include("leer.delivery.urls")),
]
