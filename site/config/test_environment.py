"""The environment of tests: they neither see this copy's .env nor touch its var/.

Imported by the settings before they read anything; `TEST_DATABASE_URL` and `TEST_REDIS_URL` name real services.
"""

import os
import tempfile

EMPTIED = (
    *("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE", "SENTRY_DSN", "ALLOWED_HOSTS", "SITE_URL"),
    *("MAILINGS_URL", "MAILINGS_BOUNCE_ADDRESS", "MAILINGS_INBOX_URL", "MAILINGS_WEBHOOK_SECRET"),
    *("MAILINGS_SENDING_IPS", "MAILINGS_DNS_SERVERS", "ELASTIC_EMAIL_API_KEY"),
)

os.environ["DEBUG"] = "1"
os.environ["EMAIL_URL"] = "outbox://"
# Tests and benchmarks buy from one address; the limit's own tests set it.
os.environ["STORE_GUEST_ORDERS"] = "0"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="vitrina-tests-")
for name in ("DATABASE_URL", "REDIS_URL"):
    os.environ[name] = os.environ.get(f"TEST_{name}", "")
if os.environ["REDIS_URL"] and "PYTEST_XDIST_WORKER" in os.environ:
    # A Redis database for each worker of xdist: clearing one's cache must not clear the other's.
    server, _, number = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{server}/{(int(number) + int(os.environ['PYTEST_XDIST_WORKER'][2:])) % 16}"
for name in EMPTIED:
    os.environ[name] = ""
