"""Transactional mail: written in the caller's transaction, sent by the `mail` cluster, retried until taken."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task
from wagtail.log_actions import log

from company.models import Company
from notifications import attachments as files
from notifications.errors import NotificationError
from notifications.models import OutgoingMail


def queue_mail(
    *,
    kind: str,
    to: str,
    context: dict[str, Any],
    language: str = "en",
    reference: str = "",
    headers: dict[str, str] | None = None,
    attachments: Sequence[tuple[str, str]] = (),
) -> OutgoingMail:
    """Render `emails/<kind>.{subject.txt,txt,html}` in `language` and queue it for `to`.

    `reference` names what the mail is about (an order number, say), so that it can be found and sent again.
    `attachments` are (kind, key) pairs, see `notifications.attachments`.
    """
    with translation.override(language):
        parts = {part: render_to_string(f"emails/{kind}.{part}", context) for part in ("subject.txt", "txt", "html")}
    return enqueue(
        kind=kind,
        to=to,
        subject=" ".join(parts["subject.txt"].split())[:255],
        text=parts["txt"],
        html=parts["html"],
        reference=reference,
        headers=headers or {},
        attachments=[list(pair) for pair in attachments],
    )


def queue_message(message: EmailMessage, *, kind: str, reference: str = "") -> list[OutgoingMail]:
    """Queue a message that somebody else has rendered (allauth, Wagtail): one row per addressee."""
    html = next(
        (str(content) for content, mimetype in getattr(message, "alternatives", []) if mimetype == "text/html"), ""
    )
    if message.content_subtype == "html":
        html, text = str(message.body), ""
    else:
        text = str(message.body)
    return [
        enqueue(
            kind=kind, to=to, subject=str(message.subject)[:255], text=text, html=html, reference=reference, headers={}
        )
        for to in message.to
    ]


def send_again(*, mail: OutgoingMail, by: Any) -> OutgoingMail:
    """Send a mail that was sent or has failed once more. Raises NotificationError while it is still under way."""
    settled = (OutgoingMail.Status.SENT, OutgoingMail.Status.FAILED)
    with transaction.atomic():
        changed = OutgoingMail.objects.filter(pk=mail.pk, status__in=settled).update(
            status=OutgoingMail.Status.QUEUED,
            next_try_at=timezone.now(),
            resends=F("resends") + 1,
            tries=0,
            response="",
            sent_at=None,
        )
        if not changed:
            raise NotificationError(_("This mail has not been sent yet: it is still on its way."))
        log(instance=mail, action="notifications.send_again", user=by)
        wake(mail)
    mail.refresh_from_db()
    return mail


def enqueue(**fields: Any) -> OutgoingMail:
    """Store the mail and wake the `mail` cluster once the transaction has committed."""
    mail = OutgoingMail.objects.create(**{name: storable(value) for name, value in fields.items()})
    wake(mail)
    return mail


def storable(value: Any) -> Any:
    """PostgreSQL stores no NUL."""
    return value.replace("\x00", "") if isinstance(value, str) else value


def wake(mail: OutgoingMail) -> None:
    """Should this be lost, the sweep finds the mail within a minute."""
    transaction.on_commit(lambda: async_task("notifications.tasks.send_outgoing", mail.pk, cluster="mail"), robust=True)


def sender() -> str:
    """Who our mail comes from: the company's setting, else the server's."""
    company = Company.objects.filter(site__is_default_site=True).exclude(sender="").first()
    return company.sender if company else settings.DEFAULT_FROM_EMAIL


def compose(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The stored mail as Django's message."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"} | mail.headers
    message = EmailMultiAlternatives(mail.subject, mail.text, mail.from_email or sender(), [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for item in files.make(mail.attachments):
        message.attach(item.name, item.content, item.mimetype)
    return message
