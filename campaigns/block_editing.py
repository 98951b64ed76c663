"""What owners do with the blocks of a message. Each verb locks the message: two windows lose nothing."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import merge
from campaigns.errors import CampaignError
from campaigns.message_blocks import MessageBlocks, texts_in
from campaigns.models import Message
from campaigns.owners import is_shop
from campaigns.rendering import fields_of

MOST_BLOCKS = 60
Row = dict[str, Any]


def rows_of(message: Message) -> list[Row]:
    """Type, value and id of each block, as they are stored."""
    return [dict(row) for row in message.blocks.raw_data]


def row_of(message: Message, block: str) -> Row:
    for row in rows_of(message):
        if row["id"] == block:
            return row
    raise CampaignError(_("This block is not there any more."))


def kinds_for(owner: User) -> list[str]:
    """The shop's own things are for who writes in its name."""
    refused = {"cart"} if owner.is_superuser else {"cart", "coupon"}
    return [kind for kind in MessageBlocks().child_blocks if is_shop(owner) or kind not in refused]


def add_block(*, message: Message, kind: str, value: Any) -> Message:
    """At the end."""
    if kind not in kinds_for(message.owner):
        raise CampaignError(
            _("Only the shop’s own messages may give coupons away.")
            if kind == "coupon"
            else _("Only the shop’s own messages may show carts.")
        )
    return edit(message, lambda rows: [*rows, {"type": kind, "value": value, "id": str(uuid.uuid4())}])


def change_block(*, message: Message, block: str, value: Any) -> Message:
    row_of(message, block)
    return edit(message, lambda rows: [{**row, "value": value} if row["id"] == block else row for row in rows])


def move_block(*, message: Message, block: str, down: bool) -> Message:
    """Past one neighbour; at the end it stays."""

    def moved(rows: list[Row]) -> list[Row]:
        here = next((place for place, row in enumerate(rows) if row["id"] == block), None)
        there = None if here is None else here + (1 if down else -1)
        if here is not None and there is not None and 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
        return rows

    return edit(message, moved)


def delete_block(*, message: Message, block: str) -> tuple[Row, int]:
    """The block and where it stood, for `restore_block`."""
    row = row_of(message, block)
    place = rows_of(message).index(row)
    edit(message, lambda rows: [other for other in rows if other["id"] != block])
    return row, place


def restore_block(*, message: Message, row: Row, place: int) -> Message:
    """Once is as good as twice."""
    return edit(
        message,
        lambda rows: rows if any(other["id"] == row["id"] for other in rows) else [*rows[:place], row, *rows[place:]],
    )


def edit(message: Message, change: Callable[[list[Row]], list[Row]]) -> Message:
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(pk=message.pk)
        rows = change(rows_of(locked))
        if len(rows) > MOST_BLOCKS:
            raise CampaignError(_("A message has %(count)d blocks at most.") % {"count": MOST_BLOCKS})
        unknown = merge.unknown_fields("\n".join(texts_in(rows)), fields_of(message.owner))
        if unknown:
            raise CampaignError(_("There is no merge field “%(name)s”.") % {"name": unknown[0]})
        locked.blocks = json.dumps(rows)
        locked.save(update_fields=["blocks", "updated_at"])
    message.refresh_from_db()
    return message
