"""One tree of settings for web, worker, beat, commands and tests; what differs is in the environment."""

from zaakplein import uploads
from zaakplein.above import *  # noqa: F403  # settings all of them
from zaakplein.environment import (
    CHECKOUT,
    listed,
    load_local,
    number,
    optional,
    places,
    required,
    seconds,
    switched_on,
)
from zaakplein.schedule import *  # noqa: F403  # the intervals are settings
from zaakplein.schedule import rounds
from zaakplein.sentry import start_sentry
from zaakplein.stores import stores

load_local()

SECRET_KEY = required("ZAAKPLEIN_SECRET_KEY")
DEBUG = switched_on("ZAAKPLEIN_DEBUG")

# Apps and the schemas that their tables are in -------------------------------------------------

SIGN_IN_APPS = ["allauth.account", "allauth.mfa", "allauth.socialaccount", "allauth.usersessions"]
SHARED_APPS = [
    "tenants.registry",  # first: its commands replace those of django-tenants
    "tenants.jobs",
    "tenants.errands",
    "tenants.accounts",  # before allauth: its templates replace those of allauth
    *SIGN_IN_APPS,
    "backoffice",
    "vendor_api",
    "api.selectielijst",
    "contracts",
    "access",
    "incidents",
    "helpdesk",
    "service_reports",
    "handover",
]
TENANT_APPS = [
    "tenants.accounts",
    *SIGN_IN_APPS,
    "tenants.console",
    "tenants.visits",
    "api.clients",
    "api.records",
    "api.catalogi",
    "api.documenten",
    "api.zaken",
    "api.autorisaties",
]
# The vendor's staff are in public, those of a municipality in its own schema.
APPS_IN_EVERY_SCHEMA = ["tenants.accounts", *SIGN_IN_APPS]
# The same for every municipality, which may read it: tenants.registry.provisioning.PUBLIC_TABLES.
NATIONAL_APPS = ["api.selectielijst"]
# django-tenants' database wrapper imports the model of contenttypes; nothing of ours uses its table.
APPS_WITHOUT_TABLES = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.socialaccount.providers.openid_connect",
    "django_tenants",
    "rest_framework",
    "drf_spectacular",
    "api.pipeline",
    "screens",
    "tenants.onboarding",
]

# Configured by a class of ours, where the package's own would have the APIs pay for people.
APP_CONFIGS = {"allauth.account": "tenants.accounts.apps.SignInConfig"}
INSTALLED_APPS = [
    APP_CONFIGS.get(app, app) for app in dict.fromkeys([*SHARED_APPS, *TENANT_APPS, *APPS_WITHOUT_TABLES])
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

# Database --------------------------------------------------------------------------------------

# The app takes the role of one municipality at a time; the owner migrates and onboards.
DATABASE_LOGINS = {
    "app": {
        "LOGIN": "app",
        "USER": required("ZAAKPLEIN_DATABASE_APP_USER"),
        "PASSWORD": required("ZAAKPLEIN_DATABASE_APP_PASSWORD"),
    },
    "owner": {
        "LOGIN": "owner",
        "USER": optional("ZAAKPLEIN_DATABASE_OWNER_USER", ""),  # the web does not know it
        "PASSWORD": optional("ZAAKPLEIN_DATABASE_OWNER_PASSWORD", ""),
    },
}
# Seconds by kind of work, 0 for no limit. One statement; one wait for what another has locked; and how long
# a transaction may do nothing while it holds its locks.
DATABASE_LIMITS = {
    work: {
        "statement_timeout": seconds(f"ZAAKPLEIN_{work.upper()}_STATEMENT_SECONDS", statement),
        "lock_timeout": seconds(f"ZAAKPLEIN_{work.upper()}_LOCK_SECONDS", lock),
        "idle_in_transaction_session_timeout": idle,
    }
    for work, statement, lock, idle in (
        ("read", 15, 5, 30),
        ("write", 15, 5, 30),
        ("import", 60, 30, 30),  # an import waits for the one before it
        ("job", 60, 5, 30),
        ("command", 0, 60, 600),
        ("migration", 0, 5, 600),  # whoever waits for a whole table keeps all others from it
    )
}
# A server that is silent for so long is asked whether it is there at all; and so long may a connection take.
DATABASE_SILENCE_SECONDS = 2
DATABASE_CONNECT_SECONDS = 4
DATABASE_SESSION = [
    "jit=off",
    "intervalstyle=iso_8601",
    "timezone=UTC",
    "client_connection_check_interval=2s",  # a statement ends when the process that waits for it is gone
    *(f"{limit}={longest}s" for limit, longest in DATABASE_LIMITS["read"].items()),  # until the first switch
]
DATABASES = {
    "default": {
        "ENGINE": "tenants.registry.postgresql",
        "HOST": required("ZAAKPLEIN_DATABASE_HOST"),
        "PORT": required("ZAAKPLEIN_DATABASE_PORT"),
        "NAME": required("ZAAKPLEIN_DATABASE_NAME"),
        **DATABASE_LOGINS[optional("ZAAKPLEIN_DATABASE_LOGIN", "app")],
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": False,  # costs a statement a request; the wrapper reconnects by itself
        "OPTIONS": {"options": f"-c {' -c '.join(DATABASE_SESSION)}"},
        "TEST": {
            "NAME": optional("ZAAKPLEIN_TEST_DATABASE", f"test_{required('ZAAKPLEIN_DATABASE_NAME')}"),
            "TEMPLATE": f"{required('ZAAKPLEIN_DATABASE_NAME')}_template",
        },
    }
}
# How many municipalities one connection may visit: each that it has read stays in the memory of its backend,
# some 0.4 MB. After the answer that takes it there (or a little before: not all at once) it is replaced.
DATABASE_MOST_VISITED = number("ZAAKPLEIN_DATABASE_MOST_VISITED", 150)
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
# `direct` or `session`: what stands between us and PostgreSQL. Transaction pooling mixes the schemas.
DATABASE_POOLING = optional("ZAAKPLEIN_DATABASE_POOLING", "direct")

# Tenancy ---------------------------------------------------------------------------------------

TENANT_MODEL = "registry.Municipality"
TENANT_DOMAIN_MODEL = "registry.Domain"
TENANT_LIMIT_SET_CALLS = True
PG_EXTRA_SEARCH_PATHS = ["extensions"]
SKIP_PG_EXTRA_VALIDATION = True  # it queries at each start; a municipality cannot be named "extensions"
VENDOR_HOSTS = listed("ZAAKPLEIN_VENDOR_HOSTS", "localhost,127.0.0.1")

# Web -------------------------------------------------------------------------------------------

WEB_WORKERS = number("ZAAKPLEIN_WEB_WORKERS", 2)
WEB_THREADS = number("ZAAKPLEIN_WEB_THREADS", 8)
# How many requests of one municipality, and of one application in it, run at once; how many of all wait, of
# which one municipality never has the last.
RUNNING_PER_MUNICIPALITY = number("ZAAKPLEIN_RUNNING_PER_MUNICIPALITY", WEB_WORKERS * WEB_THREADS // 3)
RUNNING_PER_APPLICATION = number("ZAAKPLEIN_RUNNING_PER_APPLICATION", WEB_WORKERS * WEB_THREADS // 4)
# Of those of one municipality, or of the vendor, how many of strangers; and how many with a large body.
RUNNING_STRANGERS = number("ZAAKPLEIN_RUNNING_STRANGERS", WEB_WORKERS * WEB_THREADS // 5)
RUNNING_LARGE = number("ZAAKPLEIN_RUNNING_LARGE", WEB_WORKERS * WEB_THREADS // 16)
# Bodies that are taken in piece by piece keep Python less busy, so of these there may be more.
RUNNING_UPLOADS = number("ZAAKPLEIN_RUNNING_UPLOADS", WEB_WORKERS * WEB_THREADS // 5)
UPLOAD_PATHS = uploads.PATHS
RUNNING_WAITING = number("ZAAKPLEIN_RUNNING_WAITING", WEB_WORKERS * WEB_THREADS // 4 + 1)

ALLOWED_HOSTS = ["*"]  # the municipality's middleware decides: it knows every host, and answers 404 to others
ROOT_URLCONF = "zaakplein.urls_tenant"
PUBLIC_SCHEMA_URLCONF = "zaakplein.urls_public"
WSGI_APPLICATION = "zaakplein.wsgi.application"
APPEND_SLASH = False
VENDOR_API_PATH = "/platform/"  # of the vendor's hosts, where every other path is of its console
CONSOLE_PATHS = ["/beheer", "/account"]  # of a municipality's host; every other path is of its APIs
MIDDLEWARE = [
    "zaakplein.request_log.RequestLogMiddleware",
    "zaakplein.edge.CachePolicyMiddleware",
    "zaakplein.edge.PlainBodyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before a host is asked for: style sheets belong to nobody
    "tenants.registry.middleware.MunicipalityMiddleware",
    "tenants.registry.running.ShareMiddleware",
    "tenants.accounts.middleware.ConsoleMiddleware",  # what people need; the APIs pass it by
    "tenants.registry.running.RunningMiddleware",  # it asks who is signed in
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenants.accounts.context_processors.console",
            ]
        },
    }
]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
    # For the document of the vendor's own API alone.
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "SCHEMA_COERCE_PATH_PK": False,
}
SPECTACULAR_SETTINGS = {
    # Values are words already; a list of them below would say each twice.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # What would be named by a digest, since several have a field of the same name.
    "ENUM_NAME_OVERRIDES": {
        "PriorityEnum": "contracts.models.Priority.values",
        "WeightEnum": "helpdesk.words.Weight.values",
        "TicketKindEnum": "helpdesk.words.Kind.values",
        "TicketStatusEnum": "helpdesk.words.Status.values",
        "TicketSideEnum": "helpdesk.words.Side.values",
        "CostKindEnum": "contracts.models.CostKind.values",
        "PriceKindEnum": "contracts.models.PriceKind.values",
        "ClockKindEnum": "contracts.running.ClockKind.values",
        "ContractSideEnum": "contracts.states.Side.values",
        "IncidentStateEnum": "incidents.models.State.values",
        "AnnexKindEnum": "contracts.models.AnnexKind.values",
        "ContractLineEnum": "contracts.models.Line.values",
        "ChannelEnum": "helpdesk.words.Channel.values",
        "ReplyChannelEnum": [(channel, channel) for channel in ("telefoon", "mail")],
        "WhatEnum": "helpdesk.words.What.values",
        "ReplyWhatEnum": [(what, what) for what in ("reply", "dispute", "confirm", "withdraw")],
        "SeverityEnum": "incidents.models.Severity.values",
        "SupportLineEnum": [(line, line) for line in (1, 2, 3)],
        "ServiceReportStateEnum": "service_reports.models.State.values",
    },
}

# The APIs that are served, each under /<name>/api/v1 by api.<name>.urls
APIS = ["autorisaties", "catalogi", "documenten", "selectielijst", "zaken"]

# Whom to ask about the vendor's own API
VENDOR_API_CONTACT = {
    "name": "Zaakplein",
    "url": optional("ZAAKPLEIN_VENDOR_API_CONTACT_URL", "https://zaakplein.example/"),
    "email": optional("ZAAKPLEIN_VENDOR_API_CONTACT_EMAIL", "beheer@zaakplein.example"),
}
# Where a webhook may go though its address is not public, and then without TLS too: hosts with their port
WEBHOOK_PRIVATE_HOSTS = places("ZAAKPLEIN_WEBHOOK_PRIVATE_HOSTS")
# How many requests one key of the vendor's own API has in a minute
VENDOR_API_REQUESTS_PER_MINUTE = number("ZAAKPLEIN_VENDOR_API_REQUESTS_PER_MINUTE", 600)

# Tokens of the standard: valid for so many seconds after they were issued, give or take the clocks
ZGW_JWT_EXPIRY = 3600
ZGW_JWT_LEEWAY = 60

# Consoles, of which the kit is platform/screens
FORM_RENDERER = "screens.forms.renderer.ScreensRenderer"
STATIC_URL = "/static/"
STATIC_ROOT = optional("ZAAKPLEIN_STATIC_ROOT", str(CHECKOUT / ".local" / "static"))

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# People ----------------------------------------------------------------------------------------

# Without TLS a browser takes no cookie that is marked as secure; only a developer's machine does without.
TLS = switched_on("ZAAKPLEIN_TLS", default="1")
# Of the front, where there is no TLS; with TLS it is that of https.
WEB_PORT = optional("ZAAKPLEIN_WEB_PORT", "8000")
CONSOLES = {"vendor": "backoffice.side.VENDOR", "municipality": "tenants.console.side.MUNICIPALITY"}
# The header in which the deployment's own front tells the address of the browser; empty: the connection's.
CLIENT_ADDRESS_HEADER = optional("ZAAKPLEIN_CLIENT_ADDRESS_HEADER", "")
SECRET_KEY_FALLBACKS = listed("ZAAKPLEIN_SECRET_KEY_FALLBACKS", "")
# Private HOST:PORT that the vendor's own identity provider may be at.
VENDOR_ALLOWED_HOSTS = listed("ZAAKPLEIN_VENDOR_ALLOWED_HOSTS", "")

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "tenants.accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail addresses are unique whatever their case: one_user_per_email
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 4 * 3600

SESSION_ENGINE = "tenants.accounts.session_store"
SESSION_CACHE_ALIAS = "people"
SESSION_COOKIE_AGE = 10 * 3600  # a working day
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
SESSION_COOKIE_SECURE = TLS
SESSION_COOKIE_SAMESITE = "Lax"  # the provider sends the browser back to us
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
CSRF_COOKIE_SECURE = TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "tenants.accounts.views.forged"
LANGUAGE_COOKIE_NAME = "__Host-language" if TLS else "language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "tenants.accounts.account_adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address was proven by taking up the invitation that went to it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # of this session; the others end
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "10/m/ip,3/h/key",
}
ACCOUNT_FORMS = {
    name: f"tenants.accounts.sign_in_forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reauthenticate": "ReauthenticateForm",
    }.items()
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if TLS else "http"

MFA_ADAPTER = "tenants.accounts.mfa_adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    name: f"tenants.accounts.sign_in_forms.{form}"
    for name, form in {
        "authenticate": "AuthenticateForm",
        "reauthenticate": "ReauthenticateWithCodeForm",
        "activate_totp": "ActivateTOTPForm",
        "add_webauthn": "AddWebAuthnForm",
        "edit_webauthn": "EditWebAuthnForm",
        "login_webauthn": "LoginWebAuthnForm",
        "authenticate_webauthn": "AuthenticateWebAuthnForm",
        "reauthenticate_webauthn": "ReauthenticateWebAuthnForm",
    }.items()
}
MFA_TOTP_TOLERANCE = 1  # of 30 seconds, for clocks that differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS

SOCIALACCOUNT_ADAPTER = "tenants.accounts.social_adapter.SocialAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "tenants.accounts.sign_in_forms.DisconnectForm"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an equal address links nobody
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

# Mail: to files where no server is named.
EMAIL_HOST = optional("ZAAKPLEIN_SMTP_HOST", "")
EMAIL_PORT = int(optional("ZAAKPLEIN_SMTP_PORT", "587"))
EMAIL_HOST_USER = optional("ZAAKPLEIN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = optional("ZAAKPLEIN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587  # noqa: PLR2004  # the port of submission
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = optional("ZAAKPLEIN_MAIL_ROOT", ".local/mail")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
DEFAULT_FROM_EMAIL = optional("ZAAKPLEIN_MAIL_FROM", "Zaakplein <no-reply@zaakplein.localhost>")

# Cache -----------------------------------------------------------------------------------------

REDIS_URL = required("ZAAKPLEIN_REDIS_URL")
# A Redis that does not answer is nobody's reason to wait: one request of a process does, as long as a busy
# machine may well hesitate, and after that it is left alone for a while.
CACHE_OPTIONS = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
# But for who is signed in: a person waits rather than signs in anew.
PATIENT_CACHE_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 2}
CACHES = {
    # Of the municipality that one is in: it raises outside any.
    "default": {
        "BACKEND": "tenants.registry.cache.ScopedRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": CACHE_OPTIONS,
        "KEY_FUNCTION": "tenants.registry.cache.municipal_key",
    },
    # The same keys, for sessions.
    "people": {
        "BACKEND": "tenants.registry.cache.PatientRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": PATIENT_CACHE_OPTIONS,
        "KEY_FUNCTION": "tenants.registry.cache.municipal_key",
    },
    # Of the deployment: only what no municipality owns.
    "public": {
        "BACKEND": "tenants.registry.cache.ScopedRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": CACHE_OPTIONS,
        "KEY_FUNCTION": "tenants.registry.cache.public_key",
    },
}
# Files -----------------------------------------------------------------------------------------

MEDIA_ROOT = required("ZAAKPLEIN_MEDIA_ROOT")
STORAGES = {
    # Of the municipality that one is in: they raise outside any.
    **{store.alias: store.as_setting() for store in stores()},
    # What the vendor gave with a job; no schema begins with a point.
    "jobs": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": f"{MEDIA_ROOT}/.jobs"},
    },
    # Files of mails about which somebody has to decide, before they belong to a municipality.
    "mail": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": f"{MEDIA_ROOT}/.mail"},
    },
    # Hashed names, so that a browser keeps a file until it changes.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# To which of them new contents of a municipality go that is set up from now on.
STORAGE_OF_NEW = optional("ZAAKPLEIN_STORAGE_OF_NEW", "default")
# How long the bytes stay that a move left behind, or that lost their document: as long as the oldest backup
# of the database that is ever restored.
LEFT_CONTENT_DAYS = number("ZAAKPLEIN_LEFT_CONTENT_DAYS", 7)
# How long after a municipality began to use another storage a request may still write to the one before: an
# upload has 900 seconds.
MOVE_SETTLES_SECONDS = 960

# Below which each municipality has a folder for the files of its imports, named as its schema.
IMPORT_ROOT = optional("ZAAKPLEIN_IMPORT_ROOT", f"{MEDIA_ROOT}/.invoer")
# Where ClamAV listens: the path of its socket, or HOST:PORT; empty: nobody looks for viruses.
CLAMAV = optional("ZAAKPLEIN_CLAMAV", "")
# The largest content that it takes: its own StreamMaxLength.
CLAMAV_MOST_MIB = number("ZAAKPLEIN_CLAMAV_MOST_MIB", 25)

# Helpdesk --------------------------------------------------------------------------------------

# The address that everybody may write to, and the one of which each report has its own after a plus.
HELPDESK_ADDRESS = optional("ZAAKPLEIN_HELPDESK_ADDRESS", "helpdesk@zaakplein.localhost")
HELPDESK_REPLY_ADDRESS = optional("ZAAKPLEIN_HELPDESK_REPLY_ADDRESS", "melding@zaakplein.localhost")
# How often in an hour one address is told that its mail became a report: two programs end after these.
HELPDESK_ACKNOWLEDGEMENTS_PER_HOUR = number("ZAAKPLEIN_HELPDESK_ACKNOWLEDGEMENTS_PER_HOUR", 5)
# Where mail is taken in by LMTP: HOST:PORT of this machine, or the path of a socket; empty: it is not.
HELPDESK_LMTP_LISTEN = optional("ZAAKPLEIN_HELPDESK_LMTP_LISTEN", "")
# How long after its end a report keeps its words, names and files.
HELPDESK_RETENTION_MONTHS = number("ZAAKPLEIN_HELPDESK_RETENTION_MONTHS", 24)
# A function that says why a file of a message may not come in, by dotted path; empty: every file may.
HELPDESK_ATTACHMENT_CHECK = optional(
    "ZAAKPLEIN_HELPDESK_ATTACHMENT_CHECK", "helpdesk.virus_check.why_refused" if CLAMAV else ""
)
# Who of the vendor hears of reports that nobody has yet, and by night of clocks that run on; empty: nobody.
HELPDESK_MAILBOX = optional("ZAAKPLEIN_HELPDESK_MAILBOX", "")
HELPDESK_ON_CALL = optional("ZAAKPLEIN_HELPDESK_ON_CALL", "")

# Work ------------------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = optional("ZAAKPLEIN_BEAT_SCHEDULE", "celerybeat-schedule")
# The deployment's own front, at a private address: asked each minute whether each municipality is served.
PROBE_URL = optional("ZAAKPLEIN_PROBE_URL", f"http://127.0.0.1:{WEB_PORT}")
# A step whose worker does not renew its lease for so long is given to another.
JOB_LEASE_SECONDS = 15
# Which queue wakes the workers with each login of the database.
JOB_QUEUES = {
    "app": optional("ZAAKPLEIN_JOBS_QUEUE", "jobs"),
    "owner": optional("ZAAKPLEIN_OWNER_QUEUE", "owner"),
}
CELERY_BEAT_SCHEDULE = rounds(JOB_QUEUES)

# What is told of what happens ------------------------------------------------------------------

LOGGING_CONFIG = "zaakplein.logging.configure"
LOGGING = {"level": optional("ZAAKPLEIN_LOG_LEVEL", "INFO")}
start_sentry(optional("SENTRY_DSN", ""))
