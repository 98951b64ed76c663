"""Where an owner's own field is used: what hinders its end, and what would be without it."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns import merge
from campaigns.models import Mailing, Message, OptInForm, RecipientField, Segment
from campaigns.rendering import merge_text
from campaigns.segments.vocabulary import OWN

OVER = (Mailing.Status.COMPLETED, Mailing.Status.CANCELLED)


def hindrances(field: RecipientField) -> Iterator[str]:
    """What has to be changed first: segments, and messages that are still to go out."""
    name = f"{OWN}{field.key}"
    for segment in Segment.objects.owned_by(field.owner):
        if any(rule.get("field") == name for rule in segment.rules.get("rules", [])):
            yield _("The segment “%(name)s” asks for this field.") % {"name": segment.name}
    for message in messages_with(field):
        if is_to_go_out(message):
            yield _("The message “%(name)s” uses this field and is still to go out.") % {"name": message}


def losses(field: RecipientField) -> Iterator[str]:
    """What would go on without it: sign-up forms, drafts, and messages that went out."""
    for form in forms_with(field):
        yield _("The sign-up form “%(name)s” will not ask for it any more.") % {"name": form}
    for message in messages_with(field):
        if not is_to_go_out(message):
            yield _("The message “%(name)s” uses this field.") % {"name": message}


def messages_with(field: RecipientField) -> Iterator[Message]:
    for message in Message.objects.filter(owner=field.owner):
        if field.key in merge.used_fields(merge_text(message)):
            yield message


def is_to_go_out(message: Message) -> bool:
    """In a mailing that is not over, or in a series, which may be switched on again."""
    mailings = Mailing.objects.filter(Q(message=message) | Q(rivals__message=message))
    return mailings.exclude(status__in=OVER).exists() or message.steps.exists()


def forms_with(field: RecipientField) -> list[OptInForm]:
    return [form for form in OptInForm.objects.owned_by(field.owner) if field.key in form.fields]
