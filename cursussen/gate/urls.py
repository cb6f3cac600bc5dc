"""Where the gate's screen is, below ``/cms/``. Who may come: ``leer.access``."""

from django.urls import include, path

from cursussen.gate import views

_gate = [
    path("<int:page_id>/", views.Gate.as_view(), name="page"),
    path("<int:page_id>/vervang/", views.Replace.as_view(), name="replace"),
    path("<int:page_id>/oude-versies-weg/", views.ThrowAway.as_view(), name="throw_away"),
]
urlpatterns = [path("herkenbaarheid/", include((_gate, "gate")))]
