"""Public media: renditions of the pictures that editors uploaded, served without a thread of the site."""

from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from config.bodies import Application, Receive, Send


class PublicMedia:
    """ASGI middleware that answers `/media/images/…` from disk.

    Nothing else under MEDIA_ROOT is public: originals may carry the photographer's position, documents
    have access rules of their own.
    """

    prefix = f"{settings.MEDIA_URL}images/"

    def __init__(self, app: Application) -> None:
        self.app = app
        directory = settings.MEDIA_ROOT / "images"
        directory.mkdir(parents=True, exist_ok=True)
        self.files = StaticFiles(directory=directory)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if not scope["path"].startswith(self.prefix):
            await self.app(scope, receive, send)
            return

        async def send_cacheable(message: MutableMapping[str, Any]) -> None:
            # A rendition's name carries its filter and its original's name is never used twice.
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"] = [*message["headers"], (b"cache-control", b"public, max-age=31536000")]
                message["headers"] += [(b"x-content-type-options", b"nosniff")]
            await send(message)

        inner = dict(scope, path="/" + scope["path"].removeprefix(self.prefix), root_path="")
        try:
            await self.files(inner, receive, send_cacheable)
        except HTTPException as error:
            await send({"type": "http.response.start", "status": error.status_code, "headers": []})
            await send({"type": "http.response.body", "body": b""})
