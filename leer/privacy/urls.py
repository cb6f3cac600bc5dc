"""URLs of privacy."""

from django.urls import path

from leer.privacy import views

app_name = "privacy"
urlpatterns = [path("privacy/register/", views.register, name="register")]
