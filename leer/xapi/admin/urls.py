"""Where the ledger is in Wagtail's admin. Who may come: ``leer.access``."""

from django.urls import include, path

from leer.xapi.admin import credentials, forwarding, ledger

_ledger = [
    path("", ledger.Facts.as_view(), name="facts"),
    path("<uuid:statement_id>/", ledger.OneFact.as_view(), name="fact"),
    path("doorsturen/", forwarding.Targets.as_view(), name="targets"),
    path("doorsturen/<int:pk>/pauzeren/", forwarding.Pause.as_view(), name="pause"),
    path("doorsturen/<int:pk>/hervatten/", forwarding.Resume.as_view(), name="resume"),
]
_credentials = [
    path("", credentials.Keys.as_view(), name="list"),
    path("nieuw/", credentials.NewKey.as_view(), name="new"),
    path("<int:pk>/intrekken/", credentials.RevokeKey.as_view(), name="revoke"),
]
urlpatterns = [
    path("grootboek/", include((_ledger, "ledger"))),
    path("sleutels/", include((_credentials, "credentials"))),
]
