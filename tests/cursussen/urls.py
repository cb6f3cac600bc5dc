"""The admin and the learner's names, for tests of content alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls


def nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("niets")


delivery = (
    [
        path("", nothing, name="home"),
        path("mijn-leren", nothing, name="my_learning"),
        path("mijn-gegevens", nothing, name="own_data"),
        path("hulp", nothing, name="help"),
        path("module/<slug:module>", nothing, name="module"),
        path("module/<slug:module>/<slug:part>", nothing, name="part"),
        path("casussen", nothing, name="cases"),
        path("casussen/<slug:slug>", nothing, name="case"),
        path("afspraken", nothing, name="policies"),
        path("afspraken/<slug:key>", nothing, name="policy"),
        path("afspraken/<slug:key>/<int:number>", nothing, name="policy_version"),
        path("over/<slug:key>", nothing, name="info"),
        path("themas", nothing, name="themes"),
    ],
    "delivery",
)
one = [
    path("een", nothing, name="teams"),
    path("twee", nothing, name="imports"),
    path("drie", nothing, name="stories"),
    path("vier", nothing, name="programmes"),
    path("vijf", nothing, name="overview"),
]

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("taal", set_language, name="set_language"),
    path("inhoud/", include(wagtail_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("", include(delivery)),
    path("m/", include((one, "monitoring"))),
    path("o/", include((one, "organisation"))),
    path("r/", include((one, "risk"))),
    path("", include("leer.accounts.urls")),
]
