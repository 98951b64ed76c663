"""Many coupons at once, each for one purchase."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from store.checkout import ALPHABET
from store.errors import StoreError
from store.models import MAX_CODE, Coupon, code_key

MOST = 5000
RANDOM = 8
# Each round draws again what was taken; with 10¹¹ codes a second round is rare.
ROUNDS = 20


def generate(*, count: int, batch: str, prefix: str = "", **terms: Any) -> int:
    """Make `count` coupons with random codes after `prefix`; `terms` are fields of Coupon. How many were made.

    Raises StoreError, and then there are none.
    """
    if not 1 <= count <= MOST:
        raise StoreError(_("From 1 to %(most)d codes can be made at once.") % {"most": MOST})
    prefix = prefix.strip().upper()
    if len(prefix) + RANDOM + 1 > MAX_CODE:
        raise StoreError(_("The beginning of the codes is too long."))
    made = 0
    with transaction.atomic():
        for _round in range(ROUNDS):
            if made == count:
                return made
            codes = {code(prefix) for _number in range(count - made)}
            taken = set(Coupon.objects.filter(key__in=map(code_key, codes)).values_list("key", flat=True))
            fresh = [item for item in codes if code_key(item) not in taken]
            Coupon.objects.bulk_create(
                [Coupon(code=item, key=code_key(item), batch=batch, max_uses=1, **terms) for item in fresh], 500
            )
            made += len(fresh)
        if made != count:
            raise StoreError(_("So many free codes were not found; please choose another beginning."))
    return made


def code(prefix: str) -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _position in range(RANDOM))
    return f"{prefix}-{drawn}" if prefix else drawn
