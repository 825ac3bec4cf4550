"""Django's settings, all from the one typed environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from ligneclaire.config.env import environment
from ligneclaire.ops import logs
from ligneclaire.ops.postgres.login import login, login_options

ENV = environment()
PACKAGE = Path(__file__).resolve().parent.parent
PRODUCTION = ENV.mode == "production"

SECRET_KEY = ENV.key()
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)
VAR = ENV.var
POSTGRES_BIN = ENV.postgres_bin
OUTBOX, MAILBOX = VAR / "outbox", VAR / "mail"
SITE = ENV.site
SMTP, REPLY_ADDRESS = ENV.smtp_url, ENV.reply_address
SMPP = ENV.smpp_url
HOST, PORT = ENV.host, ENV.port
METRICS_TOKEN = ENV.metrics_token
CLOCK_SHIFT_DAYS = ENV.clock_shift_days
DEMO = ENV.demo
SCAN, CLAMAV = ENV.scan, ENV.clamav
APPROVE_ABOVE = ENV.approve_above
LETTERS_AT = ENV.letters_at
LETTER_PRICE, PAGE_PRICE, REGISTERED_PRICE = ENV.letter_price, ENV.page_price, ENV.registered_price
LETTER_DUPLEX, LETTER_COLOUR, LETTER_POSTAGE = ENV.letter_sides == "recto-verso", ENV.letter_colour, ENV.letter_postage
HOOKS_INSIDE = ENV.hooks_inside
LMTP, IMAP, MAIL_LARGEST = ENV.lmtp, ENV.imap_url, ENV.mail_largest

OURS = (
    "audit",
    "hooks",
    "facts",
    "flow",
    "people",
    "channels",
    "promises",
    "offers",
    "network",
    "visits",
    "contracts",
    "cases",
    "journeys",
    "voice",
    "figures",
    "ui",
    "desk",
    "space",
    "api",
    "simulation",
    "transfer",
)
INSTALLED_APPS = [
    "ligneclaire.ops",  # first: its `migrate` and `flush` stand before Django's
    *(f"ligneclaire.{name}" for name in OURS if (PACKAGE / name / "__init__.py").exists()),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_linear_migrations",
    "template_partials",
    "ninja",  # its pages load nothing from outside then
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "ligneclaire.ops.middleware.around",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "ligneclaire.config.urls"
ASGI_APPLICATION = "ligneclaire.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["ligneclaire.ui.templatetags.dates"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The application works as a role that may not change what is append-only; `migrate` alone works as the owner.
# The job runner's tables, which have triggers, live in a schema of their own.
DATABASE_ROLE = "ligneclaire_app"
DATABASE_SESSION = (
    f"-c role={DATABASE_ROLE} -c search_path=public,jobs"
    " -c jit=off -c plan_cache_mode=force_generic_plan"  # short queries, never compiled; what is prepared, planned once
)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **login(ENV.database_url),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **login_options(ENV.database_url, session=DATABASE_SESSION),
            "prepare_threshold": 2**31,  # statements are prepared where it is said, never by how often they are run
        },
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = ENV.language
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True

AUTHENTICATION_BACKENDS = ["ligneclaire.people.accounts.Accounts"]
SESSION_ENGINE = "ligneclaire.people.desk_sessions"
SECOND_FACTOR = ENV.second_factor
OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = ENV.oidc_issuer, ENV.oidc_client_id, ENV.oidc_client_secret
OIDC_NAME, OIDC_SECOND_FACTOR = ENV.oidc_name, ENV.oidc_second_factor
OIDC_SCOPES, OIDC_ROLES, OIDC_ROLES_CLAIM = ENV.oidc_scopes, ENV.oidc_roles, ENV.oidc_roles_claim
SESSION_IDLE, SESSION_LONGEST = timedelta(hours=ENV.desk_idle_hours), timedelta(hours=ENV.desk_session_hours)
OIDC_SESSION_LONGEST = timedelta(hours=ENV.oidc_session_hours)
SESSION_COOKIE_AGE = int(SESSION_IDLE.total_seconds())
LOGIN_URL, LOGIN_REDIRECT_URL = "/login", "/"

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # straight from the packages: nothing to collect

LOGGING = logs.configuration(how=ENV.log_format, level=ENV.log_level)

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
# Whether subdomains are ours is not for us to say; our own pages show letters in frames.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
X_FRAME_OPTIONS = "SAMEORIGIN"
