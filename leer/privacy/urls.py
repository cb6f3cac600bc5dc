"""URLs of privacy."""

from django.urls import path

from leer.privacy import views

app_name = "privacy"
ONE = "privacy/besluiten/<uuid:public_id>"
urlpatterns = [
    path("privacy/register/", views.register, name="register"),
    path("privacy/besluiten/", views.decisions, name="decisions"),
    path("privacy/besluiten/vastleggen/", views.record, name="record"),
    path(f"{ONE}/bevestigen/", views.confirm, name="confirm"),
    path(f"{ONE}/beeindigen/", views.end, name="end"),
]
