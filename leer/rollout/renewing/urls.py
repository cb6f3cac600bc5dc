"""Where the screens for new rounds are, below ``/cms/``."""

from django.urls import include, path

from leer.rollout.renewing import admin

_renewals = [
    path("", admin.Renewals.as_view(), name="list"),
    path("module/<slug:module>/", admin.Declare.as_view(), name="declare"),
    path("<uuid:public_id>/", admin.OneRenewal.as_view(), name="renewal"),
]
urlpatterns = [path("nieuwe-rondes/", include((_renewals, "renewals")))]
