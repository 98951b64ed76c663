"""Django's SMTP backend, remembering what the server said when it took a message."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class KeepsAnswer:
    """smtplib's `sendmail` throws the answer to DATA away; operators want to see it (it names the queue id)."""

    last_answer = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, text = super().data(msg)  # type: ignore[misc]
        self.last_answer = f"{code} {text.decode(errors='replace')}"
        return code, text


class SMTP(KeepsAnswer, smtplib.SMTP):
    pass


class SMTPS(KeepsAnswer, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SMTPS if self.use_ssl else SMTP

    @property
    def last_answer(self) -> str:
        """The server's answer to the last message that it took; empty without a connection."""
        return getattr(self.connection, "last_answer", "")
