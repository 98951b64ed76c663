"""The client against somebody else's server: TLS, log-in, and a server that never ends its reply."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from campaigns.delivery.envelopes import Envelope, Reply, ServerTrouble
from campaigns.delivery.smtp import Server, SMTPTransport


class Inbox:
    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.bodies.append(envelope.content)
        return "250 2.6.0 Taken"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's context; its self-signed certificate is trusted for the length of the test."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    (tmp_path / "cert.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"shop", b"secret")
    return AuthResult(success=good, handled=good)


@pytest.fixture
def secure(certificate: ssl.SSLContext) -> Iterator[Controller]:
    controller = Controller(
        Inbox(),
        hostname="localhost",
        port=0,
        tls_context=certificate,
        require_starttls=True,
        authenticator=authenticate,
        auth_required=True,
    )
    # The port is the system's choice: the controller's own look at it needs to know.
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        controller.port = free.getsockname()[1]
    controller.start()
    yield controller
    controller.stop()


def transmit(transport: SMTPTransport, *recipients: str) -> list[Reply]:
    content = b"Subject: x\r\n\r\n.hidden\r\n"
    envelopes = (Envelope(number, "shop@example.com", to, content) for number, to in enumerate(recipients))
    return [reply for _envelope, reply in transport.transmit(envelopes, lambda delivery: None)]


def test_it_encrypts_and_logs_in(secure: Controller) -> None:
    transport = SMTPTransport(Server("localhost", secure.port, "shop", "secret", use_tls=True, timeout=5))
    transport.open()
    assert transmit(transport, "a@b.example", "c@d.example") == [Reply(250, "2.6.0 Taken")] * 2
    transport.close()
    assert secure.handler.bodies == [b"Subject: x\r\n\r\n.hidden\r\n"] * 2


def test_a_wrong_password_is_the_servers_trouble(secure: Controller) -> None:
    with pytest.raises(ServerTrouble, match="535"):
        SMTPTransport(Server("localhost", secure.port, "shop", "wrong", use_tls=True, timeout=5)).open()


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Controller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(ServerTrouble, match=r"(?i)certificate"):
        SMTPTransport(Server("localhost", secure.port, use_tls=True, timeout=5)).open()


@pytest.mark.parametrize("trickle", [b"2", b"250-more\r\n", b""])
def test_a_reply_that_never_ends_is_not_waited_for_for_ever(trickle: bytes) -> None:
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _address = listener.accept()
            with client:
                while not done.wait(0.05):
                    try:
                        client.sendall(trickle)
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        began = time.monotonic()
        with pytest.raises(ServerTrouble):
            SMTPTransport(Server("127.0.0.1", listener.getsockname()[1], timeout=0.5)).open()
        assert time.monotonic() - began < 5
        done.set()
        thread.join()


def test_nobody_listening_is_the_servers_trouble() -> None:
    with pytest.raises(ServerTrouble, match="refused"):
        SMTPTransport(Server("127.0.0.1", 1, timeout=2)).open()
