"""The embedded default, as ``manage.py start`` runs it: one machine, own PostgreSQL."""

import os

import dj_database_url

from leer.core import embedded

from .base import *

DATA_DIR = embedded.data_dir()
DEBUG = os.environ.get("LEER_DEBUG") == "1"
SECRET_KEY = embedded.secret_key(DATA_DIR)
ALLOWED_HOSTS = os.environ.get("LEER_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or embedded.database_url(DATA_DIR),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DATA_DIR / "mail")},
    }
}
