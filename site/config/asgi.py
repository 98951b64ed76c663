"""One port for everything: HTTP through the WSGI handler, WebSocket through channels, public media from disk.

Django's own ASGI handler is slower than WSGI in threads; bodies are buffered first, so that a slow upload
holds no thread.
"""

import os

from a2wsgi import WSGIMiddleware
from channels.auth import AuthMiddlewareStack
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.urls import re_path

from config.bodies import BufferedBodies
from config.media import PublicMedia
from config.wsgi import application as wsgi_application
from notifications.sockets import websocket_urlpatterns

http = PublicMedia(
    BufferedBodies(
        WSGIMiddleware(wsgi_application, workers=settings.WEB_THREADS),  # type: ignore[arg-type]
        limit=settings.MAX_UPLOAD_BYTES,
    )
)


class NoSuchSocket(AsyncWebsocketConsumer):
    """Any other address: refused, where the router would only raise."""

    async def connect(self) -> None:
        await self.close()


sockets = [*websocket_urlpatterns, re_path("", NoSuchSocket.as_asgi())]
websocket = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(sockets)))

application = ProtocolTypeRouter({"http": http, "websocket": websocket})
