"""A name server on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.message
import dns.rcode
import dns.rrset

Zone = dict[tuple[str, str], list[str]]


@contextmanager
def name_server(zone: Zone, *, is_silent: bool = False) -> Iterator[str]:
    """Answers from `zone`, (name, kind) → records; gives its `address:port`."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                data, client = sock.recvfrom(4096)
            except OSError:
                return
            if not data:
                return
            if not is_silent:
                sock.sendto(answer(data, zone), client)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    port = sock.getsockname()[1]
    try:
        yield f"127.0.0.1:{port}"
    finally:
        # An empty packet wakes the thread.
        sock.sendto(b"", ("127.0.0.1", port))
        thread.join(5)
        sock.close()


def answer(data: bytes, zone: Zone) -> bytes:
    query = dns.message.from_wire(data)
    question = query.question[0]
    name, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
    response = dns.message.make_response(query)
    if records := zone.get((name, kind)):
        response.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, records))
    elif not any(known == name for known, _kind in zone):
        response.set_rcode(dns.rcode.NXDOMAIN)
    return response.to_wire()
