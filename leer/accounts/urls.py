"""URLs of accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from leer.accounts.views import SignIn

app_name = "accounts"
urlpatterns = [
    path("inloggen/", SignIn.as_view(), name="login"),
    path("uitloggen/", LogoutView.as_view(), name="logout"),
]
