"""/ws/notifications/: notices reach open pages.

One polling coroutine per web process reads the notices of the last seconds that it has not sent. There is no
`id > last` cursor: it would lose rows that commit late. No channel layer, no Redis: 0.3–0.5 s from row to browser.
"""

import asyncio
import logging
from collections import defaultdict
from datetime import timedelta
from typing import Any, cast

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.sessions.models import Session
from django.urls import path
from django.utils import timezone

from notifications.models import Notice
from notifications.notices import allowed_in

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
WINDOW = timedelta(seconds=10)
# Closed by us because the log-in ended (RFC 6455 7.4.2 leaves 4000–4999 to applications).
LOGGED_OUT = 4401


class NotificationSocket(AsyncJsonWebsocketConsumer):
    """Speaks only; whatever the page sends is ignored."""

    async def connect(self) -> None:
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.close(code=LOGGED_OUT)
            return
        self.user_id: int = user.pk
        self.session_key: str = self.scope["session"].session_key or ""
        await self.accept()
        exchange.add(self)

    async def disconnect(self, code: int) -> None:
        exchange.remove(self)

    async def receive(self, text_data: Any = None, bytes_data: Any = None, **kwargs: Any) -> None:
        """Nothing is expected."""


class Exchange:
    """Who listens in this process, and the coroutine that serves them while there is anybody."""

    def __init__(self) -> None:
        self.sockets: dict[int, set[NotificationSocket]] = defaultdict(set)
        self.sent: dict[int, Any] = {}
        self.task: asyncio.Task[None] | None = None

    def add(self, socket: NotificationSocket) -> None:
        self.sockets[socket.user_id].add(socket)
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self.serve())

    def remove(self, socket: NotificationSocket) -> None:
        user_id = getattr(socket, "user_id", None)
        if user_id in self.sockets:
            self.sockets[user_id].discard(socket)
            if not self.sockets[user_id]:
                del self.sockets[user_id]

    async def serve(self) -> None:
        while self.sockets:
            try:
                await self.poll()
            except Exception:
                logger.exception("Could not read the notices; trying again")
            await asyncio.sleep(POLL_SECONDS)

    async def poll(self) -> None:
        listening = [socket for sockets in self.sockets.values() for socket in sockets]
        users, sessions, notices = await database_sync_to_async(read)(
            {socket.user_id for socket in listening}, {socket.session_key for socket in listening}
        )
        for socket in listening:
            if socket.user_id not in users or socket.session_key not in sessions:
                self.remove(socket)
                await socket.close(code=LOGGED_OUT)
        now = timezone.now()
        self.sent = {pk: at for pk, at in self.sent.items() if at > now - 2 * WINDOW}
        for notice in notices:
            if notice.pk not in self.sent:
                self.sent[notice.pk] = now
                for socket in list(self.sockets.get(notice.user_id, ())):
                    await self.say(socket, notice)

    async def say(self, socket: NotificationSocket, notice: Notice) -> None:
        try:
            await socket.send_json({"id": notice.pk, "text": notice.text, "url": notice.url})
        except Exception:  # the browser has gone
            self.remove(socket)


def read(user_ids: set[int], session_keys: set[str]) -> tuple[set[int], set[str], list[Notice]]:
    """Who may still be here, whose session still lives, and what there is to say."""
    now = timezone.now()
    sessions = Session.objects.filter(session_key__in=session_keys, expire_date__gt=now)
    notices = Notice.objects.filter(created_at__gte=now - WINDOW, user_id__in=user_ids, read_at=None).order_by("pk")
    return allowed_in(user_ids), set(sessions.values_list("session_key", flat=True)), list(notices)


exchange = Exchange()

websocket_urlpatterns: list[Any] = [path("ws/notifications/", cast(Any, NotificationSocket.as_asgi()))]
