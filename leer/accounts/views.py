"""Signing in and out."""

from typing import Any

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leer.accounts.forms import SignInForm


class SignIn(auth_views.LoginView):
    """Name and password; somebody who is signed in already goes on."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: say when to try again."""
    return render(request, "accounts/locked_out.html", status=429)
