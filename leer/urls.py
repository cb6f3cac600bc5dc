"""Every URL of Leer. Who may see which is in ``leer.access``."""

from django.urls import include, path
from django.views.i18n import set_language
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from leer.core.media import media
from leer.core.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("taal/", set_language, name="set_language"),
    path("media/<path:path>", media, name="media"),
    path("cms/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("", include("leer.accounts.urls")),
    path("", include("leer.organisation.urls")),
    path("", include("leer.monitoring.urls")),
    path("", include("leer.delivery.urls")),
]
