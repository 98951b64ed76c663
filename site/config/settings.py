"""Settings, read from the environment (`.env.example` is the table of variables)."""

import secrets
import sys
from pathlib import Path
from typing import Any

import environ
import font_manrope
import sentry_sdk
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parents[2]

TESTING = "pytest" in sys.modules
if TESTING:
    from config import test_environment  # noqa: F401  (before anything is read)

env = environ.Env()
env.read_env(ROOT / ".env")

DEBUG = env.bool("DEBUG", False)
VAR_DIR = Path(env.str("VAR_DIR", str(ROOT / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def required(name: str, *, development: Any) -> Any:
    """The variable's value; without it `development` when DEBUG is on, else the start stops with one line."""
    value = env.str(name, "")
    if value:
        return value
    if DEBUG:
        return development() if callable(development) else development
    sys.exit(f"vitrina: set {name} (or DEBUG=1 to try the site on this machine); see .env.example")


def development_secret_key() -> str:
    """A key of this copy's own, kept under var/: demo sessions survive a restart."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = required("SECRET_KEY", development=development_secret_key)
# Former ones, comma-separated: sessions and sealed DKIM keys are still read with them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Suppression, return paths and unsubscribe links have keys of their own: a new SECRET_KEY must not un-suppress anybody.
SUPPRESSION_KEY = env.str("SUPPRESSION_KEY", "") or SECRET_KEY
UNSUBSCRIBE_KEY = env.str("UNSUBSCRIBE_KEY", "") or SECRET_KEY

PORT = env.int("PORT", 8000)
# Threads per web process; two cores gain nothing from more.
WEB_THREADS = env.int("WEB_THREADS", 8)
ALLOWED_HOSTS = [
    host for host in required("ALLOWED_HOSTS", development="localhost,127.0.0.1,[::1],testserver").split(",") if host
]
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]", "*")
LOCAL_URL = f"http://127.0.0.1:{PORT}"
DEFAULT_URL = LOCAL_URL if ALLOWED_HOSTS[0] in LOCAL_HOSTS else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
SITE_URL = (env.str("SITE_URL", "") or DEFAULT_URL).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

INSTALLED_APPS = [
    "config",
    "demo",
    "home",
    "campaigns",
    "blog",
    "store",
    "jobs",
    "accounts",
    "notifications",
    "company",
    "api",
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.api.v3",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.AdminUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "anymail",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "channels",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_q",
    "ninja",
    "bootstrap",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.TrustedProxyMiddleware",
    "config.page_cache.AnonymousPageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.csrf.SameOriginCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "api.idempotency.IdempotencyMiddleware",
    # Inside: a repeated call gets this answer again.
    "api.methods.MethodProblemMiddleware",
    "api.middleware.UnreadableBodyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# ---------------------------------------------------------------- database, cache, sessions
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if IS_SQLITE:
    # IMMEDIATE: a transaction that will write takes the lock at once, so it waits instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Kept per thread: the web process has few of them.
DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            # Counting up stores with this timeout, whatever the count began with: the window of `store.throttle`.
            "TIMEOUT": 900,
            # Beyond so many, what has run out goes first, then any: counts of tries must not be crowded out.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    ),
    # Per process: for pages and lists that may be stale for some seconds, never for throttles or locks.
    "local": {
        "BACKEND": "company.process_cache.ProcessCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Per process: small pieces of pages under keys that name all their content, so that they are never stale.
    "pieces": {
        "BACKEND": "company.process_cache.ProcessCache",
        "LOCATION": "pieces",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Wagtail writes a rendition to its cache each time it shows one: four queries where looking it up is one.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends." + ("cached_db" if REDIS_URL else "db")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"

# ---------------------------------------------------------------- tasks
# retry > timeout × (ceil((queue_limit + 1) / workers) + 1): django-q2 counts from the fetch, not from the start.
Q_CLUSTER: dict[str, Any] = {
    "name": "vitrina",
    "orm": "default",
    "broker_class": "jobs.broker.GuardedQueue",
    "workers": env.int("WORKERS", 2),
    "queue_limit": 2,
    "bulk": 1,
    "timeout": 60,
    "retry": 240,
    "max_attempts": 3,
    "ack_failures": False,
    "catch_up": False,
    "save_limit": 1000,
    "poll": 0.5,
    "label": "Jobs",
    # A mail server that hangs must not delay anything else: mail has a cluster of its own.
    "ALT_CLUSTERS": {"mail": {"workers": env.int("MAIL_WORKERS", 3), "queue_limit": 3}},
}

# ---------------------------------------------------------------- languages
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = USE_TZ = WAGTAIL_I18N_ENABLED = True
# Numbers for people are grouped where they are shown (money, intcomma): grouping all would also write
# `value="1,234"` into forms.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = env.str("TIME_ZONE", "UTC")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "ru")

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [ROOT / "static", ("fonts", str(Path(font_manrope.__file__).parent / "files"))]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Invoices, exports and other files that only their owner may read; never under MEDIA_ROOT.
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "company.static_files.StaticFiles"
        )
    },
}
# Uploads on S3 (or what speaks like it) instead of this machine's disk; the keys are boto3's own variables.
AWS_STORAGE_BUCKET_NAME = env.str("AWS_STORAGE_BUCKET_NAME", "")
AWS_S3_ENDPOINT_URL = env.str("AWS_S3_ENDPOINT_URL", "") or None
AWS_S3_REGION_NAME = env.str("AWS_S3_REGION_NAME", "") or None
AWS_S3_CUSTOM_DOMAIN = env.str("AWS_S3_CUSTOM_DOMAIN", "") or None
AWS_S3_FILE_OVERWRITE = False
AWS_QUERYSTRING_AUTH = not AWS_S3_CUSTOM_DOMAIN
if AWS_STORAGE_BUCKET_NAME:
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage"}
    private = {"location": "private", "default_acl": "private", "querystring_auth": True, "custom_domain": None}
    STORAGES["private"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": private}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
FILE_UPLOAD_TEMP_DIR = VAR_DIR
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MAX_UPLOAD_BYTES = 64 * 1024 * 1024

# ---------------------------------------------------------------- accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher", "django.contrib.auth.hashers.ScryptPasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
# Made by `manage.py demo` with a password that everybody knows: refused without DEBUG.
DEMO_LOGINS = frozenset(
    f"{name}@example.com"
    for name in ("admin", "editor", "shop", "manager", "owner", "owner2", "distributors", "distributor", "shopper")
)
DEMO_LOGINS_ALLOWED = DEBUG
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:profile"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.social_adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "accounts.allauth_forms.LoginForm",
    "signup": "accounts.allauth_forms.SignupForm",
    "add_email": "accounts.allauth_forms.AddEmailForm",
    "change_password": "accounts.allauth_forms.ChangePasswordForm",
    "set_password": "accounts.allauth_forms.SetPasswordForm",
    "reset_password": "accounts.allauth_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.allauth_forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.allauth_forms.ReauthenticateForm",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Somebody who changes a password, an address or a second factor is told by mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_TOTP_ISSUER = "Vitrina"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split("://", 1)[0]
HEADLESS_ENABLED = True
HEADLESS_CLIENTS = ("app",)
HEADLESS_TOKEN_STRATEGY = "allauth.headless.tokens.strategies.jwt.JWTTokenStrategy"
HEADLESS_JWT_ALGORITHM = "HS256"
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True
HEADLESS_SERVE_SPECIFICATION = True
# Its HTML page loads a script from elsewhere; `/api/v1/docs` links to the JSON.
HEADLESS_SPECIFICATION_TEMPLATE_NAME = None
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env.str("GITHUB_CLIENT_ID", ""):
    SOCIALACCOUNT_PROVIDERS["github"] = {
        "APPS": [{"client_id": env.str("GITHUB_CLIENT_ID"), "secret": env.str("GITHUB_CLIENT_SECRET", ""), "key": ""}],
        "SCOPE": ["user:email"],
    }

# ---------------------------------------------------------------- mail
EMAIL_TIMEOUT = 20
EMAIL_URL = required("EMAIL_URL", development="outbox://")
if EMAIL_URL.startswith("outbox:"):
    # Mail lands in var/outbox and is read at /outbox/.
    EMAIL_BACKEND = "notifications.outbox.OutboxBackend"
else:
    EMAIL_BACKEND = ""
    vars().update(env.email_url_config(EMAIL_URL))
    if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
        # The same, and it remembers the server's answer.
        EMAIL_BACKEND = "notifications.smtp.EmailBackend"
OUTBOX_DIR = VAR_DIR / "outbox"
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", development="Vitrina <shop@example.com>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ---------------------------------------------------------------- campaigns
# Back-off after a temporary refusal (RFC 5321 4.5.4.1), in seconds.
CAMPAIGNS_RETRY_SECONDS = [
    int(step) for step in env.list("CAMPAIGNS_RETRY_SECONDS", default=[60, 300, 1800, 7200, 21600])
]
# Messages a second over all mailings; 0: as many as the server takes.
CAMPAIGNS_MESSAGES_PER_SECOND = env.float("CAMPAIGNS_MESSAGES_PER_SECOND", default=0.0)
# Messages a minute to recipients of one domain, for providers that turn away who comes faster.
CAMPAIGNS_DOMAIN_LIMITS = env.dict("CAMPAIGNS_DOMAIN_LIMITS", cast={"value": int}, default={})
# An order counts for a mailing so many days after the last click in it; 0: never.
CAMPAIGNS_ATTRIBUTION_DAYS = env.int("CAMPAIGNS_ATTRIBUTION_DAYS", 7)
# A click of somebody who agreed leaves it; the shop keeps it with an order and does not read it.
ATTRIBUTION_COOKIE = "touch"

# Another way out than EMAIL_URL: smtp://…, elastic://KEY, anymail+sendgrid://KEY.
MAILINGS_URL = env.str("MAILINGS_URL", "")
# Where bounces come back to, with a token after a plus sign; empty: to the sender.
MAILINGS_BOUNCE_ADDRESS = env.str("MAILINGS_BOUNCE_ADDRESS", "")
# Where they are read: imaps://user:password@host/INBOX or maildir:///path.
MAILINGS_INBOX_URL = env.str("MAILINGS_INBOX_URL", "")
# `user:password` that providers' webhooks come with; empty: none is taken.
MAILINGS_WEBHOOK_SECRET = env.str("MAILINGS_WEBHOOK_SECRET", "")
# A key alone chooses the provider too.
ELASTIC_EMAIL_API_KEY = env.str("ELASTIC_EMAIL_API_KEY", "")
ELASTIC_EMAIL_API_BASE = env.str("ELASTIC_EMAIL_API_BASE", "https://api.elasticemail.com")
if ELASTIC_EMAIL_API_KEY and not MAILINGS_URL:
    MAILINGS_URL = "elastic://"
ANYMAIL = {"WEBHOOK_SECRET": MAILINGS_WEBHOOK_SECRET or None}
# Addresses that mailings leave from, for the check of SPF and PTR; empty: those of the mail server.
MAILINGS_SENDING_IPS = env.list("MAILINGS_SENDING_IPS", default=[])
# `address[:port]` of name servers to ask; empty: the system's.
MAILINGS_DNS_SERVERS = env.list("MAILINGS_DNS_SERVERS", default=[])

# ---------------------------------------------------------------- store
# So many orders a guest's address may place in a quarter of an hour; 0: as many as it likes.
STORE_GUEST_ORDERS = env.int("STORE_GUEST_ORDERS", 100)
STORE_CURRENCY = env.str("STORE_CURRENCY", "EUR").upper()
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", "")
STRIPE_PUBLISHABLE_KEY = env.str("STRIPE_PUBLISHABLE_KEY", "")
STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET", "")
STRIPE_API_BASE = env.str("STRIPE_API_BASE", "")
if STRIPE_SECRET_KEY and not STRIPE_WEBHOOK_SECRET and not DEBUG:
    sys.exit("vitrina: set STRIPE_WEBHOOK_SECRET: STRIPE_SECRET_KEY is set, and payments are told by webhooks")

# ---------------------------------------------------------------- Wagtail
WAGTAIL_SITE_NAME = "Vitrina"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "company.upload_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "company.upload_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "epub", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
MAX_DOCUMENT_BYTES = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Passwords are allauth's business: throttled, with a second factor.
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
TAGGIT_CASE_INSENSITIVE = True
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# ---------------------------------------------------------------- blog
# Tests flush by hand.
VIEWS_FLUSH_SECONDS = 0 if TESTING else 10

# ---------------------------------------------------------------- security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
IS_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30 if IS_HTTPS and not DEBUG else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Chromium applies form-action to the redirect after the post as well: without it the way to Stripe is blocked.
        "form-action": [SELF, "https://checkout.stripe.com", "https://github.com"],
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    },
}
if AWS_STORAGE_BUCKET_NAME:
    MEDIA_ORIGIN = (
        AWS_S3_ENDPOINT_URL or f"https://{AWS_S3_CUSTOM_DOMAIN or AWS_STORAGE_BUCKET_NAME + '.s3.amazonaws.com'}"
    )
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(MEDIA_ORIGIN)
# The Wagtail admin writes inline scripts and styles of its own.
ADMIN_CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": CONTENT_SECURITY_POLICY["DIRECTIVES"]
    | {
        "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [*CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"], "blob:"],
        "form-action": [SELF],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        # Everything is said once, by the root; Django's own handler would say it again.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Wagtail's indexing tasks run at once, each with two lines to say so.
        "django_tasks": {"level": "WARNING"},
        # At INFO it names every task, twice.
        "django-q": {"level": env.str("QUEUE_LOG_LEVEL", "WARNING")},
        "wagtail": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}

if SENTRY_DSN := env.str("SENTRY_DSN", ""):
    sentry_sdk.init(SENTRY_DSN, send_default_pii=False)
