"""URLs of the organisation; who may see them is in ``leer.access``."""

from django.urls import path

from leer.organisation import views

app_name = "organisation"
urlpatterns = [
    path("beheer/import/", views.imports, name="imports"),
    path("beheer/import/<uuid:run_id>/", views.import_run, name="import"),
    path("beheer/vervangingen/", views.deputies, name="deputies"),
]
