"""What a test is compared with: read from a form or from JSON, in one shape for both."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.errors import CampaignError
from campaigns.models import Mailing, Segment, Tag
from campaigns.segments import vocabulary as words
from campaigns.segments.vocabulary import Subject, Test
from store.models import Category, Product

MAX_TEXT = 200
MAX_DAYS = 36_500
MAX_AMOUNT = Decimal(10) ** 12
MAX_ID = 2**63 - 1


def read(subject: Subject, test: Test, value: Any) -> Any:
    """The value as it is stored in rules (JSON has no dates and no decimals). Raises CampaignError."""
    if test.value == words.NOTHING:
        return None
    if test.value == words.TEXT:
        return text(value)
    if test.value == words.CHOICE:
        if not isinstance(value, str) or value not in subject.choices:
            raise CampaignError(_("choose one of the values that are offered."))
        return value
    if test.value == words.DATE:
        return day(value).isoformat()
    if test.value in (words.NUMBER, words.MONEY):
        number = amount(value)
        whole = number == number.to_integral_value() and test.value == words.NUMBER
        return int(number) if whole else str(number) if test.value == words.MONEY else float(number)
    if test.value == words.DAYS:
        return integer(value, most=MAX_DAYS, sentence=_("say a number of days from 1 to 36500."))
    return integer(value, most=MAX_ID, sentence=_("choose one from the list."))


def text(value: Any) -> str:
    typed = value.strip() if isinstance(value, str) else ""
    if not typed or len(typed) > MAX_TEXT or "\0" in typed:
        raise CampaignError(_("type what to compare with, up to 200 characters."))
    return typed


def day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise CampaignError(_("say a date, such as 2026-12-31.")) from None


def amount(value: Any) -> Decimal:
    try:
        number = Decimal(str(value).strip().replace(",", ".")) if not isinstance(value, bool) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) > MAX_AMOUNT:
        raise CampaignError(_("say a number."))
    return number


def integer(value: Any, *, most: int, sentence: str) -> int:
    try:
        number = 0 if isinstance(value, bool) else int(str(value).strip()[:20])
    except ValueError:
        number = 0
    if not 1 <= number <= most:
        raise CampaignError(sentence)
    return number


def candidates(kind: str, owner: User) -> QuerySet[Any]:
    """Those things that a value of this kind may name."""
    if kind == words.TAG:
        return Tag.objects.filter(owner=owner)
    if kind == words.SEGMENT:
        return Segment.objects.owned_by(owner)
    if kind == words.MAILING:
        return Mailing.objects.filter(owner=owner)
    return Product.objects.all() if kind == words.PRODUCT else Category.objects.all()


NAMING = (words.TAG, words.SEGMENT, words.MAILING, words.PRODUCT, words.CATEGORY)


def check_exists(test: Test, value: Any, owner: User) -> None:
    if test.value in NAMING and not candidates(test.value, owner).filter(pk=value).exists():
        raise CampaignError(_("what it names is not there any more; choose another one."))
