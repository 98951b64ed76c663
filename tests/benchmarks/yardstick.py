"""The floor: the same data through bare Django views, without our middleware or templates (a settings module, too)."""

from config.settings import *  # noqa: F403

# allauth does not start without its own; it costs next to nothing.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
ROOT_URLCONF = "tests.benchmarks.yardstick_urls"
