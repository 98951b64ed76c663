"""The site as a WSGI application: `config.asgi` serves it; gunicorn can (`--pythonpath site`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Needs the apps. Views that a killed process noted are counted as soon as the next one starts.
from blog import view_counts  # noqa: E402

view_counts.start()
