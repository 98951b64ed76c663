"""A mailbox behind IMAP (RFC 3501) of the tests' own: as much as reading bounces takes, and what can go wrong."""

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "bounce@mail.example.com", "a word"


@dataclass
class Mail:
    content: bytes
    flags: set[str] = field(default_factory=set)


class Mailbox(socketserver.ThreadingTCPServer):
    """`mails` by UID. `drops_at` (FETCH, STORE) cuts the connection in the middle, `refuses` answers NO to a verb."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *mails: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails = {number * 3: Mail(content) for number, content in enumerate(mails, start=1)}
        self.greeting = "* OK ready"
        self.drops_at = self.refuses = ""
        self.commands: list[str] = []

    @property
    def url(self) -> str:
        user, password = USER.replace("@", "%40"), PASSWORD.replace(" ", "%20")
        return f"imap://{user}:{password}@127.0.0.1:{self.server_address[1]}/INBOX"

    def flags(self) -> list[set[str]]:
        return [mail.flags for mail in self.mails.values()]


class Session(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.say(self.server.greeting)
        while line := self.rfile.readline().decode().strip():
            self.server.commands.append(line)
            tag, command = line.split(" ", 1)
            verb = command.removeprefix("UID ").split(" ")[0].upper()
            if verb == self.server.refuses:
                self.say(f"{tag} NO not here")
            elif not getattr(self, verb.lower())(tag, command):
                return

    def say(self, line: str) -> bool:
        self.wfile.write(f"{line}\r\n".encode())
        return True

    def drop(self) -> bool:
        self.connection.shutdown(socket.SHUT_RDWR)
        return False

    def capability(self, tag: str, command: str) -> bool:
        return self.say("* CAPABILITY IMAP4rev1") and self.say(f"{tag} OK done")

    def login(self, tag: str, command: str) -> bool:
        is_right = command == f'LOGIN {USER} "{PASSWORD}"'
        return self.say(f"{tag} OK done" if is_right else f"{tag} NO [AUTHENTICATIONFAILED] wrong password")

    def select(self, tag: str, command: str) -> bool:
        if '"INBOX"' not in command:
            return self.say(f"{tag} NO [NONEXISTENT] no such folder")
        return self.say(f"* {len(self.server.mails)} EXISTS") and self.say(f"{tag} OK [READ-WRITE] done")

    def search(self, tag: str, command: str) -> bool:
        keyword = command.rpartition("UNKEYWORD ")[2]
        found = [str(uid) for uid, mail in self.server.mails.items() if not {r"\Seen", keyword} & mail.flags]
        return self.say(f"* SEARCH {' '.join(found)}".rstrip()) and self.say(f"{tag} OK done")

    def fetch(self, tag: str, command: str) -> bool:
        uid, most = (int(number) for number in re.findall(r"FETCH (\d+) \(BODY.PEEK\[\]<0.(\d+)>\)", command)[0])
        content = self.server.mails[uid].content[:most]
        self.say(f"* 1 FETCH (UID {uid} BODY[]<0> {{{len(content)}}}")
        if self.server.drops_at == "FETCH":
            self.wfile.write(content[: len(content) // 2])
            return self.drop()
        self.wfile.write(content + b")\r\n")
        return self.say(f"{tag} OK done")

    def store(self, tag: str, command: str) -> bool:
        if self.server.drops_at == "STORE":
            return self.drop()
        uid, flags = re.findall(r"STORE (\d+) \+FLAGS \((.+)\)", command)[0]
        self.server.mails[int(uid)].flags.add(flags)
        return self.say(f"{tag} OK done")

    def logout(self, tag: str, command: str) -> bool:
        self.say("* BYE")
        self.say(f"{tag} OK done")
        return False


@contextmanager
def mailbox(*mails: bytes) -> Iterator[Mailbox]:
    server = Mailbox(*mails)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
