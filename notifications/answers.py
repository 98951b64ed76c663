"""What a mail server's answer, or its silence, means for the mail."""

import smtplib
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """`final`: this mail will never be taken. `server_down`: the others need not try either for now."""

    text: str
    final: bool = False
    server_down: bool = False


def understand(error: Exception) -> Answer:
    """5xx about the addressee or the content is final (RFC 5321 4.2.1); everything else is tried again for ever.

    A refused log-in or sender is the operator's mistake, not the addressee's: no mail is lost by it.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return Answer(answer_text(code, text), final=code >= 500, server_down=code == 421)
    if isinstance(error, smtplib.SMTPDataError):
        return Answer(answer_text(error.smtp_code, error.smtp_error), final=error.smtp_code >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        return Answer(answer_text(error.smtp_code, error.smtp_error), server_down=True)
    if isinstance(error, OSError):  # smtplib's own errors, refused connections, time-outs
        return Answer(f"{type(error).__name__}: {error}", server_down=True)
    if isinstance(error, ValueError):  # an address or header that cannot be written down
        return Answer(f"{type(error).__name__}: {error}", final=True)
    return Answer(f"{type(error).__name__}: {error}")


def answer_text(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
