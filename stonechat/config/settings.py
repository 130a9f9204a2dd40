"""All settings, from the environment (prefix STONECHAT_); `docs/settings.md` explains each."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from stonechat.config import environment as env

BASE = Path(__file__).resolve().parent.parent

# What an administrator sets.

STONECHAT_VERSION = version("stonechat")
STONECHAT_URL = env.address("URL", "http://localhost:8000")
STONECHAT_DATA_DIR = Path(env.text("DATA_DIR", "var")).resolve()
STONECHAT_NAME = env.text("NAME", "Stonechat")
STONECHAT_DESCRIPTION = env.text("DESCRIPTION")
STONECHAT_CONTACT = env.text("CONTACT")
STONECHAT_SIGNUP = env.one_of("SIGNUP", "closed", ["closed", "invite", "open"])
STONECHAT_RATE_LIMITS = env.flag("RATE_LIMITS", True)
STONECHAT_POST_LENGTH = env.number("POST_LENGTH", 500, 1, 100_000)
STONECHAT_OPEN_READING = env.flag("OPEN_READING", False)
STONECHAT_CLIENT_TESTS = env.flag("CLIENT_TESTS", False)
STONECHAT_UPLOAD_LIMIT = env.number("UPLOAD_LIMIT", 40, 1, 2_000) * 1_000_000  # megabytes
STONECHAT_FETCH_ALLOW = env.words("FETCH_ALLOW")
STONECHAT_CLAMD = env.text("CLAMD")
STONECHAT_PROXIES: list[str] = env.words("PROXIES") or ["127.0.0.1", "::1"]
STONECHAT_LOG_LEVEL = env.one_of("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
STONECHAT_MAIL_FROM = env.text("MAIL_FROM", f"stonechat@{urlsplit(STONECHAT_URL).hostname}")

if STONECHAT_CLIENT_TESTS:
    STONECHAT_SIGNUP, STONECHAT_OPEN_READING, STONECHAT_RATE_LIMITS = "open", True, False

# What Django needs.

SECRET_KEY = env.text("SECRET_KEY") or env.kept_secret(STONECHAT_DATA_DIR / "secret_key")
DEBUG = False
ALLOWED_HOSTS = [urlsplit(STONECHAT_URL).hostname or "localhost"]
if ALLOWED_HOSTS[0] in {"localhost", "127.0.0.1", "::1"}:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [STONECHAT_URL]
ROOT_URLCONF = "stonechat.config.urls"
WIRING = "stonechat.config.wiring"
SCHEDULE = "stonechat.config.schedule"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "lucide",
    "oauth2_provider",
    "stonechat.core",
    "stonechat.audience",
    "stonechat.people",
    "stonechat.access",
    "stonechat.posts",
    "stonechat.timelines",
    "stonechat.notifications",
    "stonechat.governance",
    "stonechat.web",
    "stonechat.api",
]
MIDDLEWARE = ["stonechat.config.middleware.by_door"]
DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{STONECHAT_DATA_DIR}/stonechat.sqlite3")
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
STORAGES = {
    "default": {
        "BACKEND": "stonechat.core.files.Disk",
        "OPTIONS": {"location": STONECHAT_DATA_DIR / "media", "base_url": "/media/"},
    },
    "staticfiles": {"BACKEND": "stonechat.config.static.DigestStorage"},
}
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
FILE_UPLOAD_MAX_MEMORY_SIZE = 256_000
DATA_UPLOAD_MAX_MEMORY_SIZE = STONECHAT_UPLOAD_LIMIT
APPEND_SLASH = False

# Signing in.

SESSION_ENGINE = "stonechat.access.sessions"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "stonechat.access.secrets.SecretHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["stonechat.access.backends.ByMailOrHandle"]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"
_SECURE = STONECHAT_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "stonechat.web.errors.stale_form"

# OAuth for client programs. The scopes themselves are in `access.scopes`.

OAUTH2_PROVIDER_APPLICATION_MODEL = "access.Application"
OAUTH2_PROVIDER = {
    "SCOPES_BACKEND_CLASS": "stonechat.access.oauth.Scopes",
    "OAUTH2_VALIDATOR_CLASS": "stonechat.access.oauth.Validator",
    "PKCE_REQUIRED": False,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 10 * 365 * 86_400,  # Mastodon's tokens do not expire
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 600,
    "REQUEST_APPROVAL_PROMPT": "auto",
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    # The secrets are 128 random characters, so a slow hash would guard nothing and cost 1.6 s.
    "CLIENT_SECRET_HASHER": "pbkdf2_once",
    "ALLOWED_REDIRECT_URI_SCHEMES": ["http", "https"],
}

# Languages and time.

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("da", "Dansk")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

globals().update(env.mail("MAIL"))
EMAIL_BACKEND = "django.core.mail.backends.%s.EmailBackend" % (
    "smtp" if env.text("MAIL") else "console"
)
DEFAULT_FROM_EMAIL = STONECHAT_MAIL_FROM

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": STONECHAT_LOG_LEVEL},
}
SILENCED_SYSTEM_CHECKS = ["fields.W342"]
