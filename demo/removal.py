"""Taking the demo away: exactly what it made, and what stands on it; never anything of the operator's.

Something that the operator has built upon (a shelf with a product of theirs, a picture in a page of theirs, a log-in
with mailings of its own) stays, and is named.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction
from django.db.models import ManyToOneRel, ProtectedError, RestrictedError
from taggit.models import Tag as PageTag
from taggit.models import TaggedItem
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, ReferenceIndex

from accounts.models import User
from blog.models import BlogPage, BlogPageTag
from campaigns.models import (
    Automation,
    Mailing,
    Message,
    OptInForm,
    Recipient,
    RecipientField,
    Segment,
    Suppression,
    Tag,
    Topic,
)
from company.models import TermsVersion
from demo import ledger, series
from demo.models import Made
from demo.orders import CREDIT_SERIES, SERIES
from home.models import StandardPage
from jobs import work as works
from jobs.models import Work
from notifications.models import OutgoingMail
from store import spelling, stock
from store.models import (
    Attribute,
    Brand,
    Carrier,
    Cart,
    Category,
    Coupon,
    CouponUse,
    Invoice,
    InvoiceCounter,
    OfflineMethod,
    OptionType,
    OptionValue,
    Order,
    Payment,
    Product,
    ProductAttribute,
    Refund,
    Review,
    ShippingMethod,
    StockMovement,
    TaxClass,
    TaxRate,
    Variant,
    WebhookEvent,
    Wish,
)

Image = get_image_model()


@dataclass
class Report:
    """How many of what are gone, what was put back, and what had to stay."""

    removed: Counter[str] = field(default_factory=Counter)
    restored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def remove() -> Report:
    report = Report()
    users = User.objects.filter(pk__in=ledger.keys(User))
    remove_orders(users, report)
    for work in Work.objects.filter(pk__in=ledger.keys(Work)):
        works.discard(work)
        report.removed[Work._meta.label] += 1
    Made.objects.filter(kind__in=(ledger.kind_of(Work), ledger.kind_of(StockMovement))).delete()
    for entry in Made.objects.exclude(changes={}):
        if ledger.undo(entry):
            report.restored.append(str(entry))
        entry.delete()
    # With a product of the operator's its history stays; with one of ours it goes.
    StockMovement.objects.filter(variant__product__in=ledger.keys(Product)).delete()
    series.remove_hidden_mailings()
    for model, is_free in ORDER:
        sweep(model, is_free, report)
    spelling.relearn()
    return report


def remove_orders(users: Iterable[User], report: Report) -> None:
    """The demo's orders, and whatever its people have ordered since. Goods that they still hold are free again."""
    wanted = Order.objects.filter(pk__in=ledger.keys(Order)) | Order.objects.filter(user__in=users)
    for order in wanted.distinct():
        with transaction.atomic():
            remove_order(order)
        report.removed[Order._meta.label] += 1
    Made.objects.filter(kind=ledger.kind_of(Order)).delete()
    for counter in InvoiceCounter.objects.filter(series__in=(SERIES, CREDIT_SERIES)):
        if not Invoice.objects.filter(series=counter.series).exists():
            counter.delete()
    ours = Cart.objects.filter(pk__in=ledger.keys(Cart), user=None)
    ours.delete()
    Made.objects.filter(kind=ledger.kind_of(Cart)).delete()


def remove_order(order: Order) -> None:
    give_back(order)
    for kind in (Invoice.Kind.CREDIT_NOTE, Invoice.Kind.INVOICE):
        Invoice.objects.filter(order=order, kind=kind).delete()
    payments = Payment.objects.filter(order=order)
    references = [reference for reference in payments.values_list("reference", flat=True) if reference]
    WebhookEvent.objects.filter(payload__reference__in=references).delete()
    Refund.objects.filter(payment__in=payments).delete()
    payments.delete()
    OutgoingMail.objects.filter(reference__startswith=order.number).delete()
    if order.cart_id and order.cart and order.cart.user_id is None:
        order.cart.delete()
    order.delete()


def give_back(order: Order) -> None:
    """Free what an unpaid order holds of products that stay. It leaves no trace: the order is going."""
    lasting = Variant.objects.exclude(product__in=ledger.keys(Product))
    if order.status == "placed":
        held = [(pk, count) for pk, count in order.items if lasting.filter(pk=pk).exists()]
        if held:
            stock.release(items=held)


def sweep(model: type[models.Model], is_free: Callable[[models.Model], bool], report: Report) -> None:
    """Delete the rows of this model that the demo made and nobody else needs."""
    kind = ledger.kind_of(model)
    label = str(model._meta.verbose_name_plural)
    for entry in Made.objects.filter(kind=kind).order_by("-pk"):
        row = model._base_manager.filter(pk=entry.object_id).first()
        if row is not None:
            if not is_free(row) or not delete(row):
                report.kept.append(f"{label}: {row}")
                continue
            report.removed[label] += 1
        entry.delete()


def delete(row: models.Model) -> bool:
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def always(row: models.Model) -> bool:
    return True


def is_empty_shelf(row: models.Model) -> bool:
    category = Category.objects.get(pk=row.pk)
    return category.is_leaf() and not category.products.exists()


def is_unused_brand(row: models.Model) -> bool:
    return not Product.objects.filter(brand=row.pk).exists()


def is_unused_value(row: models.Model) -> bool:
    used = models.Q(option1=row.pk) | models.Q(option2=row.pk) | models.Q(option3=row.pk)
    return not Variant.objects.filter(used).exists()


def is_unused_attribute(row: models.Model) -> bool:
    return not ProductAttribute.objects.filter(attribute=row.pk).exists()


def is_without_values(row: models.Model) -> bool:
    return not OptionValue.objects.filter(option_type=row.pk).exists()


def is_unused_picture(row: models.Model) -> bool:
    """Neither in a text nor in a field of anything."""
    if ReferenceIndex.get_references_to(row).exists():
        return False
    relations = [each for each in row._meta.get_fields(include_hidden=True) if isinstance(each, ManyToOneRel)]
    others = [each for each in relations if each.related_model is not Image.get_rendition_model()]
    return not any(
        each.related_model._base_manager.filter(**{each.field.name: row.pk}).exists()  # type: ignore[union-attr]
        for each in others
    )


def is_empty_collection(row: models.Model) -> bool:
    collection = Collection.objects.get(pk=row.pk)
    is_used = Image.objects.filter(collection=collection).exists()
    is_used |= apps.get_model("wagtaildocs.Document").objects.filter(collection=collection).exists()
    return collection.is_leaf() and not is_used


def has_nothing(row: models.Model) -> bool:
    """A person may go when nothing of their own is left: what they made while trying the site out is not ours."""
    own = (Recipient, Message, Mailing)
    return not any(model.objects.filter(owner=row.pk).exists() for model in own)


def is_unsent(row: models.Model) -> bool:
    return not Mailing.objects.filter(message=row.pk).exists()


def is_unasked(row: models.Model) -> bool:
    """No mailing goes to this segment, or leaves it out."""
    return not Mailing.objects.filter(models.Q(segments=row.pk) | models.Q(excluded_segments=row.pk)).exists()


def is_on_nobody(row: models.Model) -> bool:
    used = models.Q(tags=row.pk) | models.Q(excluded_tags=row.pk)
    return not Recipient.objects.filter(tags=row.pk).exists() and not Mailing.objects.filter(used).exists()


def is_said_of_nobody(row: models.Model) -> bool:
    field = RecipientField.objects.get(pk=row.pk)
    return not Recipient.objects.filter(owner=field.owner_id, attributes__has_key=field.key).exists()


def is_unspent(row: models.Model) -> bool:
    return not CouponUse.objects.filter(coupon=row.pk).exists()


def is_unaccepted(row: models.Model) -> bool:
    return not Order.objects.filter(terms=row.pk).exists()


def is_childless(row: models.Model) -> bool:
    return Page.objects.get(pk=row.pk).is_leaf()


def is_unused_tag(row: models.Model) -> bool:
    return not BlogPageTag.objects.filter(tag=row.pk).exists() and not TaggedItem.objects.filter(tag=row.pk).exists()


# What stands on others goes before them.
ORDER: tuple[tuple[type[models.Model], Callable[[models.Model], bool]], ...] = (
    (BlogPage, is_childless),
    (StandardPage, is_childless),
    (PageTag, is_unused_tag),
    (Automation, always),
    (Topic, always),
    (Mailing, always),
    (Message, is_unsent),
    (OptInForm, always),
    (Segment, is_unasked),
    (Recipient, always),
    (Tag, is_on_nobody),
    (RecipientField, is_said_of_nobody),
    (Suppression, always),
    (Wish, always),
    (Review, always),
    (Product, always),
    (Category, is_empty_shelf),
    (Brand, is_unused_brand),
    (Attribute, is_unused_attribute),
    (OptionValue, is_unused_value),
    (OptionType, is_without_values),
    (OfflineMethod, always),
    (ShippingMethod, always),
    (Carrier, always),
    (Coupon, is_unspent),
    (TaxRate, always),
    (TaxClass, always),
    (TermsVersion, is_unaccepted),
    (Image, is_unused_picture),
    (Collection, is_empty_collection),
    (User, has_nothing),
)
