"""Django settings of Khéo. What differs between sites comes from kheo.config.env."""

from __future__ import annotations

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kheo.config import env

BASE_DIR = env.ROOT
KHEO_HOME = env.home()
DEBUG = env.flag("KHEO_DEBUG")
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.allowed_hosts()
SITE_URL = env.text("KHEO_BASE_URL")

KHEO_APPS = [
    # High to low: the same order as the layers of .importlinter.
    "kheo.config",
    "kheo.portal",
    "kheo.desk",
    "kheo.reports",
    "kheo.commendations",
    "kheo.practices",
    "kheo.inspections",
    "kheo.procedures",
    "kheo.feedback",
    "kheo.news",
    "kheo.movements",
    "kheo.indicators",
    "kheo.visits",
    "kheo.accounts",
    "kheo.organizations",
    "kheo.workdays",
    "kheo.documents",
    "kheo.audit",
    "kheo.core",
]
INSTALLED_APPS = [
    *KHEO_APPS,
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kheo.config.middleware.EditorPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kheo.config.middleware.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kheo.accounts.middleware.PositionMiddleware",
    "kheo.config.middleware.DomainErrorMiddleware",
    "kheo.portal.middleware.OldAddressMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kheo.config.urls"
WSGI_APPLICATION = "kheo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "kheo" / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "kheo.config.context.waiting_messages",
                "kheo.config.context.site",
            ],
        },
    },
]
FORM_RENDERER = "kheo.core.forms.KheoRenderer"

DATABASES = env.databases()
KHEO_INCOMING = env.text("KHEO_INCOMING")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "kheo.core.pages.caching.DatabaseAwareCache",
        # The default of 300 entries throws useful entries away all the time.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # What all processes must agree on, such as how often an address asked in this hour.
    "shared": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": KHEO_HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People
AUTH_USER_MODEL = "accounts.User"
# Who answers when an app below accounts asks for rights (kheo.core.access).
KHEO_RIGHTS = "kheo.accounts.queries.rights"
KHEO_DESK_GUARD = "kheo.accounts.views.access.desk_required"
KHEO_KEPT_DATA = "kheo.accounts.views.access.kept_data"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ban-lam-viec/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "kheo.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to strangers who type an address
# Wrong passwords are counted by axes, in the database. A ward's whole office may share one address.
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": "300/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Khéo"
SESSION_COOKIE_AGE = 12 * 60 * 60
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_CALLABLE = "kheo.accounts.adapter.typed_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
WAGTAIL_FRONTEND_LOGIN_URL = "/tai-khoan/login/"
WAGTAILADMIN_LOGIN_URL = "/tai-khoan/login/"

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["kheo.config.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # numbers on screen go through the `number` filter
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = KHEO_HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = KHEO_HOME / "media"
PRIVATE_ROOT = KHEO_HOME / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# How long the log of hits is kept after its day is closed; the figures themselves stay.
KHEO_VISITS_KEEP_DAYS = env.whole("KHEO_VISITS_KEEP_DAYS", least=2)
KHEO_VISITS_SYNC_MS = env.whole("KHEO_VISITS_SYNC_MS", least=0)

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kheo.config.errors.csrf_failure"
if env.flag("KHEO_HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Mail
_mail = env.email()
EMAIL_BACKEND = str(_mail["EMAIL_BACKEND"])
EMAIL_HOST = str(_mail.get("EMAIL_HOST") or "")
EMAIL_PORT = int(str(_mail.get("EMAIL_PORT") or 25))
EMAIL_HOST_USER = str(_mail.get("EMAIL_HOST_USER") or "")
EMAIL_HOST_PASSWORD = str(_mail.get("EMAIL_HOST_PASSWORD") or "")
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("KHEO_EMAIL_FROM")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Wagtail
WAGTAIL_SITE_NAME = "Khéo"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # accounts are ours
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"  # what the editor's calendars write and read
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "kheo.core.search.titles", "AUTO_UPDATE": False}}  # editors search titles; no index to keep
WAGTAILIMAGES_IMAGE_FORM_BASE = "kheo.news.forms.image.ImageForm"  # originals lie below /media/ too: without place and device
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "kheo.news.forms.attachment.AttachmentForm"  # no identity numbers
WAGTAILDOCS_SERVE_METHOD = "direct"  # files of public pages, below /media/
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "ods", "odt", "csv", "txt", "zip"]

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"kheo": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
