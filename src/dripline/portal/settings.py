"""Django's settings, all from ``environment.py``; what a site may choose stands there."""

from datetime import timedelta
from pathlib import Path

from dripline.portal.environment import Environment
from dripline.portal.outgoing import Outgoing
from dripline.portal.zone import rooms

ENVIRONMENT = Environment.read()
ROOM = Path(__file__).parent

DRIPLINE_HOME = ENVIRONMENT.home
DRIPLINE_ZONE = ENVIRONMENT.zone
DRIPLINE_SYNTHETIC = ENVIRONMENT.synthetic
DRIPLINE_SECOND_FACTOR = ENVIRONMENT.second_factor
DRIPLINE_DOORS = ENVIRONMENT.doors
DRIPLINE_INVITATION_DAYS = ENVIRONMENT.doors.invitation_days

SECRET_KEY = ENVIRONMENT.secret
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
DATABASES = ENVIRONMENT.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "dripline.portal.urls"
WSGI_APPLICATION = "dripline.portal.wsgi.application"

OUR_APPS = rooms(DRIPLINE_ZONE)
INSTALLED_APPS = [
    *(f"dripline.portal.{name}" for name in OUR_APPS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # pages of the login say "an hour ago"
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
MIDDLEWARE = [
    "dripline.portal.headers.SafeHeaders",
    "dripline.portal.headers.KnownProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dripline.portal.accounts.middleware.Viewers",
    "axes.middleware.AxesMiddleware",
]
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
                "dripline.portal.navigation.frame",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": ENVIRONMENT.doors.password_length}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "dripline.portal.accounts.adapter.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
# axes counts wrong passwords for everybody and says so on its page; these bound guesses at second factors.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,12/5m/key"}
SOCIALACCOUNT_ADAPTER = "dripline.portal.accounts.adapter.ByIdentity"
SOCIALACCOUNT_STORE_TOKENS = False
# A link, as the policy of the pages lets no form lead to another site; the way back is held by state and PKCE.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = ENVIRONMENT.doors.providers()
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Dripline"
AXES_FAILURE_LIMIT = ENVIRONMENT.doors.failures
AXES_COOLOFF_TIME = timedelta(minutes=ENVIRONMENT.doors.locked_minutes)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the trail is the one log of who came in
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password"]
AXES_LOCKOUT_CALLABLE = "dripline.portal.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "dripline.portal.headers.client_address"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# In the database: the processes of the server count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "dripline_cache",
    }
}

SESSION_COOKIE_AGE = ENVIRONMENT.doors.session_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_IDLE_SECONDS = ENVIRONMENT.doors.idle_minutes * 60
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOM / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
# Straight from the package: nothing is collected, so nothing can be stale.
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = ENVIRONMENT.folder / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_TEMP_DIR = None

OUTGOING = Outgoing.read(ENVIRONMENT.variables)
DRIPLINE_MAIL = bool(OUTGOING.mail_host)
DRIPLINE_WEBHOOK_HOSTS = OUTGOING.webhook_hosts
EMAIL_HOST, EMAIL_PORT = OUTGOING.mail_host, OUTGOING.mail_port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = OUTGOING.mail_user, OUTGOING.mail_password
EMAIL_USE_TLS, EMAIL_TIMEOUT = True, 20
DEFAULT_FROM_EMAIL = OUTGOING.mail_from or "dripline@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "dripline.portal.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"dripline": {"level": "INFO"}},
}
