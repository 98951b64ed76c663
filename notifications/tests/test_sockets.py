import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from notifications.notices import notify
from notifications.sockets import websocket_urlpatterns
from notifications.tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

application = AuthMiddlewareStack(URLRouter(websocket_urlpatterns))


def session_of(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Browser(ApplicationCommunicator):
    """A page's socket. (channels' own test client needs daphne.)"""

    def __init__(self, session: str = "") -> None:
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())] if session else []
        path = "/ws/notifications/"
        super().__init__(application, {"type": "websocket", "path": path, "headers": headers, "subprotocols": []})

    async def connect(self) -> str:
        await self.send_input({"type": "websocket.connect"})
        return str((await self.receive_output(3))["type"])

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(2)


def test_a_notice_reaches_its_reader_once_and_nobody_else() -> None:
    ada, bob = UserFactory(), UserFactory()
    sessions = session_of(ada), session_of(bob)

    async def scenario() -> None:
        hers, his = Browser(sessions[0]), Browser(sessions[1])
        assert await hers.connect() == await his.connect() == "websocket.accept"
        await sync_to_async(notify)(user=ada, text="Your order is on its way", url="/orders/1/")
        heard = json.loads((await hers.receive_output(3))["text"])
        assert heard["text"] == "Your order is on its way"
        assert await hers.receive_nothing(timeout=1.2)
        assert await his.receive_nothing(timeout=0.1)
        await hers.disconnect()
        await his.disconnect()

    async_to_sync(scenario)()


def test_a_socket_does_not_outlive_its_session() -> None:
    session = session_of(UserFactory())

    async def scenario() -> None:
        socket = Browser(session)
        assert await socket.connect() == "websocket.accept"
        await Session.objects.filter(session_key=session).adelete()
        assert (await socket.receive_output(3))["type"] == "websocket.close"

    async_to_sync(scenario)()


def test_guests_are_not_listened_to() -> None:
    async def scenario() -> None:
        assert await Browser().connect() == "websocket.close"

    async_to_sync(scenario)()


def test_a_blocked_user_is_cut_off_at_once() -> None:
    ada = UserFactory()
    session = session_of(ada)

    async def scenario() -> None:
        socket = Browser(session)
        assert await socket.connect() == "websocket.accept"
        await type(ada).objects.filter(pk=ada.pk).aupdate(blocked_at=timezone.now())
        message = await socket.receive_output(3)
        assert (message["type"], message["code"]) == ("websocket.close", 4401)

    async_to_sync(scenario)()
