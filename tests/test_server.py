"""The server's own manners: bodies, media, addresses that are nobody's."""

import http.client
import json
import socket

import pytest

from tests.running_site import RunningSite

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("server")]


def connect(site: RunningSite) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)


def test_the_web_process_refuses_what_is_too_large_and_keeps_what_is_private(empty_site: RunningSite) -> None:
    empty_site.start("web")
    announced_body_is_refused(empty_site)
    chunked_body_is_refused(empty_site)
    unknown_address_is_a_problem_document(empty_site)
    only_renditions_are_public(empty_site)
    unknown_socket_is_refused(empty_site)
    idle_uploads_block_nobody(empty_site)


def announced_body_is_refused(site: RunningSite) -> None:
    connection = connect(site)
    connection.putrequest("POST", "/api/v1/leads")
    connection.putheader("Content-Length", str(100 * 1024 * 1024))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert b"64 MB" in answer.read()


def chunked_body_is_refused(site: RunningSite) -> None:
    with socket.create_connection(("127.0.0.1", site.port), 20) as client:
        client.sendall(b"POST /api/v1/leads HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        answer = b""
        for _ in range(100):
            try:
                client.sendall(chunk)
            except OSError:
                break
        try:
            answer = client.recv(4096)
        except ConnectionResetError:
            return
        assert b" 413 " in answer.split(b"\r\n")[0]


def unknown_socket_is_refused(site: RunningSite) -> None:
    """Without a session, from another origin, or at an address where none is."""
    for path, origin in (("/ws/notifications/", "localhost"), ("/ws/notifications/", "evil.example"), ("/ws/x", "")):
        connection = connect(site)
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": f"http://{origin or 'localhost'}"}
        connection.request("GET", path, headers=upgrade | key)
        assert connection.getresponse().status == 403


def unknown_address_is_a_problem_document(site: RunningSite) -> None:
    for method in ("GET", "POST"):
        connection = connect(site)
        connection.request(method, "/api/v1/nothing/here", body="{}" if method == "POST" else None)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")
        assert json.loads(answer.read())["type"] == "not_found"


def only_renditions_are_public(site: RunningSite) -> None:
    for folder in ("images", "original_images", "documents"):
        (site.var / "media" / folder).mkdir(parents=True, exist_ok=True)
        (site.var / "media" / folder / "a.png").write_bytes(b"x")
    expected = {
        "/media/images/a.png": 200,
        "/media/original_images/a.png": 404,
        "/media/documents/a.png": 404,
        "/media/images/../documents/a.png": 404,
        "/media/images/%2e%2e/%2e%2e/secret_key": 404,
        "/media/images/none.png": 404,
    }
    for path, status in expected.items():
        connection = connect(site)
        connection.request("GET", path)
        assert connection.getresponse().status == status, path


def idle_uploads_block_nobody(site: RunningSite) -> None:
    idle = [socket.create_connection(("127.0.0.1", site.port), 20) for _ in range(24)]
    for client in idle:
        client.sendall(b"POST /api/v1/leads HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx")
    connection = connect(site)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    for client in idle:
        client.close()
