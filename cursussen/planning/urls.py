"""Where the editors' calendar is, below ``/cms/``. Who may come: ``leer.access``."""

from django.urls import include, path

from cursussen.planning.views import Planning

_planning = [path("", Planning.as_view(), name="page")]
urlpatterns = [path("kalender/", include((_planning, "planning")))]
