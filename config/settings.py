"""The only settings: read from the environment, safe unless DEBUG is on."""

import os
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# What is run

DEBUG = env.flag("DEBUG", default=False)
HTI_DEMO = env.flag("DEMO", default=False)
if HTI_DEMO and not DEBUG:
    raise ImproperlyConfigured("DEMO makes accounts for a trial; it needs DEBUG.")

SECRET_KEY = env.secret("SECRET_KEY", kept_at=VAR_DIR / "secret_key" if DEBUG else None)
SECRET_KEY_FALLBACKS = env.listing("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.listing(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else []
)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is required: the names that the site answers to.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts; * would accept any.")

SITE_URL = env.address("SITE_URL", default="http://127.0.0.1:8000")
# Where readers tell what is wrong or missing.
CONTACT = env.contact("CONTACT")
# How many reverse proxies of ours stand in front; each adds itself to X-Forwarded-For.
PROXIES = env.number("PROXIES", default=0)

INSTALLED_APPS = [
    "incidents",
    "articles",
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "config.middleware.request_id",
    "config.middleware.open_to_pages",
    "config.failures.Unavailable",
    "config.middleware.head",
    "config.middleware.deadline",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.compressed",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.no_store",
    "config.middleware.plain_session",
    "config.middleware.trial_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.living_session",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "incidents.audit.listening",
    "incidents.entrance.closed_to_strangers",
    "incidents.entrance.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Records

# Milliseconds after which a question is given up; 0 never.
STATEMENT_TIMEOUT = env.number("STATEMENT_TIMEOUT", default=30_000)
DATABASES = {
    "default": {
        **env.database(
            "DATABASE_URL",
            default="sqlite:///var/hti.sqlite3",
            base=BASE_DIR,
            statement_timeout=STATEMENT_TIMEOUT,
        ),
    },
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Two test runs on one server never share a database; SQLite tests live in memory.
    DATABASES["default"]["TEST"] = {"NAME": f"test_hti_{os.getpid()}"}
# Where the heads of the ledger are kept outside the database. A file for work on the code
# stands beside its SQLite database, for there are several of these.
LEDGER_ANCHOR = env.path(
    "LEDGER_ANCHOR",
    default=VAR_DIR / f"{DATABASES['default']['NAME']}.anchor" if DEBUG else None,
    base=BASE_DIR,
)
# Milliseconds in which a dashboard makes panels; its page asks for the others one by one.
PANELS_WITHIN = env.number("PANELS_WITHIN", default=500)
# Up to so many records a dashboard makes parts before it is sent; beyond, its page asks for all.
PANELS_UP_TO = env.number("PANELS_UP_TO", default=20_000)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is kept for a while: tries at passwords, codes that were used; and apart from these, so that
# they push none of them out, answers that everybody is given

CACHES = {
    "default": env.cache("CACHE", default="memory"),
    "answers": env.answers("ANSWERS_KEPT", default=256),
}

# Pages of others that are captured

# What a site is told of who asks; by default nothing.
CAPTURE_AGENT = env.line("CAPTURE_AGENT", default="Mozilla/5.0 (compatible)")
# Whether `recheck` leaves alone what a site's robots.txt asks to.
CAPTURE_ROBOTS = env.flag("CAPTURE_ROBOTS", default=False)

# Language and time

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
FORMAT_MODULE_PATH = "config.formats"
USE_TZ = True

# Files that the browser loads

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Pictures of the documents are shown beside their text.
STATICFILES_DIRS = [BASE_DIR / "static", ("docs", BASE_DIR / "docs" / "img")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# Accounts

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "config.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
# Whether everybody reads what is CLEAR, or only those who are known.
PUBLIC_READ = env.flag("PUBLIC_READ", default=True)
# Whether reviewers and administrators do nothing without a second factor.
MFA_REQUIRED = env.flag("MFA_REQUIRED", default=not HTI_DEMO)
MFA_ADAPTER = "incidents.entrance.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
ACCOUNT_ADAPTER = "incidents.entrance.AccountAdapter"
ACCOUNT_FORMS = {"login": "incidents.entrance.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Passwords are slowed down by incidents.guessing; this is for the codes of a second factor.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/15m/key"}

# Mail

_MAIL = env.mail("EMAIL_URL")
HTI_MAIL = bool(_MAIL)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if HTI_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = _MAIL.get("host", "")
EMAIL_PORT = _MAIL.get("port", 0)
EMAIL_HOST_USER = _MAIL.get("user", "")
EMAIL_HOST_PASSWORD = _MAIL.get("password", "")
EMAIL_USE_TLS = _MAIL.get("starttls", False)
EMAIL_USE_SSL = _MAIL.get("tls", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", default="hti@localhost")

# The browser's walls

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not DEBUG
# A monitor inside the network asks over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
USE_X_FORWARDED_HOST = False

SESSION_COOKIE_NAME = "sessionid" if DEBUG else "__Host-sessionid"
SESSION_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A login ends at the latest this many seconds after it began, or when it was idle for so long.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE = 60 * 60
SESSION_ENGINE = "config.sessions"
# The row of the session says when it ends; the cookie goes with the browser.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Tells a browser that logged in to an account before, whose tries are counted apart.
BROWSER_COOKIE_NAME = "browser" if DEBUG else "__Host-browser"
CSRF_COOKIE_NAME = "csrftoken" if DEBUG else "__Host-csrftoken"
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "incidents.desk.send_again"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A long admin form with all its rows has more fields than Django's 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# The interface for programs

# How often it may be asked from an address (IPv6: its /64), and by a token or an account; and
# how often an asker may take a file. Work on the code and trials have no limit.
API_RATE_ANONYMOUS = env.rate("API_RATE_ANONYMOUS", default="off" if DEBUG else "120/minute")
API_RATE_TOKEN = env.rate("API_RATE_TOKEN", default="off" if DEBUG else "600/minute")
API_RATE_EXPORTS = env.rate("API_RATE_EXPORTS", default="off" if DEBUG else "20/minute")

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["incidents.api.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "incidents.api.access.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["incidents.api.limits.Limit"],
    # A view that is open says so itself.
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAdminUser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "incidents.api.errors.handle",
    "URL_FORMAT_OVERRIDE": None,
    "NUM_PROXIES": PROXIES,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "HTI",
    "DESCRIPTION": (
        "Incidents of hybrid threats, the articles they rest on, and their counts. What is public "
        "needs no token. The guide, with recipes, is at [/help/api/](/help/api/)."
    ),
    "EXTERNAL_DOCS": {"description": "The guide, with recipes", "url": "/help/api/"},
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {
        "name": "Data: CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
    "SERVERS": [{"url": "/", "description": "This site."}],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "incidents.api.schema.summarised",
    ],
    "ENUM_NAME_OVERRIDES": {
        "EditionStateEnum": "incidents.codebook.State",
        "CountryEnum": "articles.models.COUNTRY_CHOICES",
        "PlaceEnum": "incidents.models.children.PLACE_CHOICES",
        "TargetCountryEnum": "incidents.models.children.TARGET_COUNTRY_CHOICES",
    },
}

# What is told

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name} {request_id} {message}",
            "style": "{",
        },
    },
    "filters": {"named": {"()": "incidents.problems.Named"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
            "filters": ["named"],
        },
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        # Its warnings about headers hold whole addresses of pages.
        "urllib3": {"level": "ERROR"},
    },
}
