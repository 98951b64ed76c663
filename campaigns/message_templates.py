"""Messages of blocks to begin with, in the owner's language; goods and posts in them are looked up like any others."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import messages
from campaigns.errors import CampaignError
from campaigns.message_template_words import Block, Template, templates
from campaigns.models import Message
from campaigns.owners import is_shop
from store import coupons
from store.models import Coupon

# Of the newest codes so many are looked at for one that everybody may use.
LOOKED_AT = 20
NO_CODE = "SALE"


def offered(owner: User) -> list[Template]:
    with translation.override(owner.language):
        return templates()


def template_of(owner: User, key: str) -> Template:
    for template in offered(owner):
        if template.key == key:
            return template
    raise CampaignError(_("There is no template “%(key)s”.") % {"key": key[:40]})


def create_from_template(*, owner: User, template: str, subject: str = "", preheader: str = "") -> Message:
    """A message of the owner's own, to be edited like any other. Raises CampaignError, or ValidationError by field."""
    found = template_of(owner, template)
    with transaction.atomic():
        message = messages.create_message(
            owner=owner,
            kind=Message.Kind.BLOCKS,
            subject=subject or found.subject,
            preheader=preheader or found.preheader,
        )
        message.blocks = stored(owner, found)
        message.save(update_fields=["blocks"])
    return message


def sample_of(owner: User, template: str) -> Message:
    """The message as it would begin, not stored."""
    found = template_of(owner, template)
    return Message(
        owner=owner,
        kind=Message.Kind.BLOCKS,
        subject=found.subject,
        preheader=found.preheader,
        blocks=stored(owner, found),
    )


def stored(owner: User, template: Template) -> str:
    with translation.override(owner.language):
        rows = [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in own(owner, template.blocks)]
    return json.dumps(rows)


def own(owner: User, blocks: list[Block]) -> Iterator[Block]:
    """With the addresses of this site, and a coupon where this owner may give one away."""
    for kind, value in blocks:
        if kind == "button":
            yield kind, value | {"url": settings.SITE_URL + reverse(value["url"])}
        elif kind != "coupon":
            yield kind, value
        elif is_shop(owner) or owner.is_superuser:
            yield kind, value | {"code": code_for_all()}


def code_for_all() -> str:
    """The newest code that holds today and is counted for nobody: one with a limit was made for somebody.

    Without one the block has a code that does not exist, and the checks say so.
    """
    unlimited: Any = Coupon.objects.filter(active=True, max_uses=None).order_by("-pk")[:LOOKED_AT]
    return next((coupon.code for coupon in unlimited if not coupons.not_now(coupon)), NO_CODE)
