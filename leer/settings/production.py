"""Elsewhere: everything from the environment. See docs/developers/deployment.md."""

import os

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from .base import *

SHORTEST_KEY = 50

DEBUG = False
SECRET_KEY = os.environ["LEER_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["LEER_HOSTS"].split(",")
if len(SECRET_KEY) < SHORTEST_KEY or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        f"LEER_SECRET_KEY needs at least {SHORTEST_KEY} characters, and LEER_HOSTS names."
    )
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {
    "default": dj_database_url.parse(
        os.environ["DATABASE_URL"], conn_max_age=600, conn_health_checks=True
    )
}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("LEER_SMTP_HOST", "localhost"),
            "port": int(os.environ.get("LEER_SMTP_PORT", "25")),
            "username": os.environ.get("LEER_SMTP_USER", ""),
            "password": os.environ.get("LEER_SMTP_PASSWORD", ""),
            "use_tls": os.environ.get("LEER_SMTP_TLS", "1") == "1",
        },
    }
}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
XAPI_REQUIRES_HTTPS = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
