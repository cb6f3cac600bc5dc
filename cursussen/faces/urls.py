"""Where pictures are judged, below ``/cms/``. Who may come: ``leer.access``."""

from django.urls import include, path

from cursussen.faces.views import Judge, Waiting

_faces = [
    path("", Waiting.as_view(), name="list"),
    path("<int:picture_id>/", Judge.as_view(), name="page"),
]
urlpatterns = [path("wie-staat-erop/", include((_faces, "faces")))]
