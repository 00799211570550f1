"""Settings, read from the environment and failing loudly where they make no sense.

Every name a deployer may set is read in this file and told in `docs/reference/settings.md`.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import unquote, urlsplit

import platformdirs
from django.core.exceptions import ImproperlyConfigured

from config.problems import HomeNotWritable

BASE_DIR = Path(__file__).resolve().parent.parent


def env_flag(name: str, *, default: bool) -> bool:
    """A yes or a no from the environment.

    :raises ImproperlyConfigured: if it is neither.
    """
    said = os.environ.get(name, "").strip().lower()
    if said in ("", None):
        return default
    if said in ("1", "true", "yes", "on"):
        return True
    if said in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {said!r}.")


def env_port(name: str, *, default: int) -> int:
    """A port from the environment.

    :raises ImproperlyConfigured: if it is no number of a port.
    """
    said = os.environ.get(name, "").strip()
    if not said:
        return default
    if said.isascii() and said.isdecimal() and len(said) < 6 and 0 < int(said) < 65536:
        return int(said)
    raise ImproperlyConfigured(f"{name} must be a number from 1 to 65535, not {said!r}.")


def env_list(name: str, *, default: list[str]) -> list[str]:
    """Comma-separated values from the environment."""
    said = os.environ.get(name, "")
    return [part.strip() for part in said.split(",") if part.strip()] or default


# ── where things are kept ────────────────────────────────────────────────────────────────────────
MARSAD_HOME = Path(
    os.environ.get("MARSAD_HOME") or platformdirs.user_data_path("marsad", appauthor=False)
).resolve()
#: Where files of figures lie: a folder, or an object store by its URL.
DATA_ROOT = os.environ.get("MARSAD_DATA") or str(MARSAD_HOME / "figures")
#: What identifiers in records are hashed with; None: a key that is made once and kept beside them.
RECORDS_KEY = os.environ.get("MARSAD_RECORDS_KEY")
#: Demo mode makes people with known passwords; outside it those passwords are refused.
DEMO = env_flag("MARSAD_DEMO", default=False)
DEBUG = env_flag("MARSAD_DEBUG", default=False)


def secret_key() -> str:
    """The key that signs sessions: given, or made once and kept beside the data."""
    given = os.environ.get("MARSAD_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("MARSAD_SECRET_KEY must have at least 32 characters.")
        return given
    try:
        return _kept_key(MARSAD_HOME / "secret-key")
    except OSError as error:
        raise HomeNotWritable(home=MARSAD_HOME) from error


def _kept_key(kept: Path) -> str:
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        # Written whole and then named, so that no other process reads half of it.
        with NamedTemporaryFile("w", dir=kept.parent, delete=False, encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(file.name, kept)
        except FileExistsError:
            pass  # another process was faster
        finally:
            os.unlink(file.name)
    return kept.read_text(encoding="ascii").strip()


SECRET_KEY = secret_key()


def database() -> dict[str, Any]:
    """The server that DATABASE_URL names, or the embedded one in MARSAD_HOME."""
    url = os.environ.get("DATABASE_URL")
    common: dict[str, Any] = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if not url:
        return {
            **common,
            "ENGINE": "config.embedded",
            "NAME": "marsad",
            "OPTIONS": {"home": str(MARSAD_HOME)},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user@host/database.")
    return {
        **common,
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── the rooms ────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "marsad.design",
    "marsad.journal",
    "marsad.directory",
    "marsad.library",
    "marsad.review",
    "marsad.surveys",
    "marsad.statistics",
    "marsad.questionnaires",
    "config.apps.Config",
    "config.apps.Admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.security.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.security.RefuseUnreadable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "marsad.design.middleware.ReaderPreferences",
    "marsad.directory.middleware.PersonOfRequest",
    "config.problem_responses.ProblemMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.house",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# ── languages ────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "marsad" / "locale"]
USE_I18N = True
USE_TZ = True
#: The Conference meets and counts its deadlines in Vienna.
TIME_ZONE = "Europe/Vienna"

# ── people ───────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "directory.Person"
AUTHENTICATION_BACKENDS = ["marsad.directory.sign_in.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "marsad.directory.sign_in.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_DISPLAY = "marsad.directory.sign_in.display_name"
MFA_TOTP_ISSUER = "Marsad"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ── files ────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
#: Served from where each room keeps them: there is no collecting step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
#: The largest document the library takes, in bytes; the reading engine names it in its refusal.
LARGEST_DOCUMENT = 50 * 1024 * 1024
#: The largest file of figures, in bytes: a million rows as CSV.
LARGEST_FIGURES = 300 * 1000 * 1000
#: What phones are told that one request may hold, and the largest file in it, in bytes.
LARGEST_SUBMISSION = 100_000_000
LARGEST_ATTACHMENT = 25 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["config.security.RefuseTooLarge"]
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# ── the wall around it ───────────────────────────────────────────────────────────────────────────
ALLOWED_HOSTS = env_list("MARSAD_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_FAILURE_VIEW = "config.problem_responses.form_expired"
CSRF_TRUSTED_ORIGINS = env_list("MARSAD_ORIGINS", default=[])
#: Behind a reverse proxy with a certificate: secure cookies, HSTS, redirect to https.
HTTPS = env_flag("MARSAD_HTTPS", default=False)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
#: How many proxies stand in front, whose word on the reader's address is taken: sign-in attempts
#: are counted by it.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

# ── mail ─────────────────────────────────────────────────────────────────────────────────────────
EMAIL_HOST = os.environ.get("MARSAD_EMAIL_HOST", "")
EMAIL_PORT = env_port("MARSAD_EMAIL_PORT", default=587)
EMAIL_HOST_USER = os.environ.get("MARSAD_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MARSAD_EMAIL_PASSWORD", "")
# Port 465 is encrypted from the first byte; elsewhere encryption is agreed on first.
_ENCRYPTED = env_flag("MARSAD_EMAIL_TLS", default=True)
EMAIL_USE_SSL = _ENCRYPTED and EMAIL_PORT == 465
EMAIL_USE_TLS = _ENCRYPTED and EMAIL_PORT != 465
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("MARSAD_EMAIL_FROM") or EMAIL_HOST_USER or "marsad@localhost"


def email_backend() -> str:
    """How mail leaves the house.

    A mail that resets a password holds a link that works: it is written to the output, which ends
    in logs, only where all the people are made up.
    """
    if given := os.environ.get("MARSAD_EMAIL_BACKEND"):
        return given
    kind = "smtp" if EMAIL_HOST else "console" if DEMO or DEBUG else "dummy"
    return f"django.core.mail.backends.{kind}.EmailBackend"


EMAIL_BACKEND = email_backend()
#: Whether anybody can receive a mail; where nobody can, pages say so.
SENDS_MAIL = not EMAIL_BACKEND.endswith(".dummy.EmailBackend")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "config.security.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"marsad": {"level": "INFO"}},
}
