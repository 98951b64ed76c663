"""An owner's tags: making, renaming, joining and dropping them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.characters import storable
from campaigns.errors import CampaignError
from campaigns.models import Mailing, OptInForm, Recipient, Segment, Tag

MAX_NAME = 60
MAX_AT_ONCE = 20
BATCH = 2000
Tagging = Recipient.tags.through


def tags_with_counts(owner: User) -> QuerySet[Tag]:
    return with_counts(Tag.objects.filter(owner=owner))


def with_counts(rows: QuerySet[Tag]) -> QuerySet[Tag]:
    """Each with `recipient_count`."""
    counts = Tagging.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(n=Count("pk")).values("n")
    return rows.annotate(recipient_count=Coalesce(Subquery(counts), 0))


def names_in(written: str) -> list[str]:
    """Tags as people write them, commas or semicolons between."""
    return [name for name in (" ".join(part.split()) for part in written.replace(";", ",").split(",")) if name]


def tidy(name: str) -> str:
    return " ".join(name.split())


def check_names(names: Iterable[str]) -> list[str]:
    """The names, tidy and each once. Raises ValidationError."""
    wanted = list(dict.fromkeys(tidy(name) for name in names if name.strip()))
    if any(len(name) > MAX_NAME or not storable(name) for name in wanted) or len(wanted) > MAX_AT_ONCE:
        raise ValidationError({"tags": _("A recipient has up to 20 tags, each of up to 60 characters.")})
    return wanted


def tags_named(*, owner: User, names: Iterable[str]) -> list[Tag]:
    """The owner's tags of these names, made where they are new. Raises ValidationError."""
    wanted = check_names(names)
    known = set(Tag.objects.filter(owner=owner, name__in=wanted).values_list("name", flat=True))
    fresh = [Tag(owner=owner, name=name) for name in wanted if name not in known]
    Tag.objects.bulk_create(fresh, ignore_conflicts=True)
    return list(Tag.objects.filter(owner=owner, name__in=wanted))


def add_tag(*, owner: User, name: str) -> Tag:
    """A new tag. Raises ValidationError."""
    return checked(Tag(owner=owner, name=name))


def rename_tag(*, tag: Tag, name: str) -> Tag:
    tag.name = name
    return checked(tag)


def checked(tag: Tag) -> Tag:
    tag.name = " ".join(tag.name.split())
    tag.clean_fields(exclude=["owner"])
    if Tag.objects.filter(owner=tag.owner, name=tag.name).exclude(pk=tag.pk).exists():
        raise ValidationError({"name": _("There is a tag of this name already; join the two instead.")})
    tag.save()
    return tag


def merge_tag(*, tag: Tag, into: Tag) -> None:
    """Everybody and everything with `tag` gets `into`; `tag` is gone then. Raises CampaignError."""
    if tag.pk == into.pk or tag.owner_id != into.owner_id:
        raise CampaignError(_("Choose another tag to join it with."))
    while people := list(Tagging.objects.filter(tag=tag).values_list("recipient", flat=True)[:BATCH]):
        with transaction.atomic():
            put_on(into, people)
            Tagging.objects.filter(tag=tag, recipient__in=people).delete()
    with transaction.atomic():
        for segment in Segment.objects.owned_by(tag.owner):
            if asks_for(segment.rules, tag):
                for rule in segment.rules["rules"]:
                    if rule.get("field") == "tag" and rule.get("value") == tag.pk:
                        rule["value"] = into.pk
                segment.save(update_fields=["rules"])
        for related in ("tags", "excluded_tags"):
            for mailing in Mailing.objects.filter(**{related: tag}):
                getattr(mailing, related).add(into)
        for form in OptInForm.objects.owned_by(tag.owner).filter(tags=tag):
            form.tags.add(into)
        tag.delete()


def delete_tag(*, tag: Tag) -> None:
    """Take it off everybody. Refused while a segment or a mailing asks for it."""
    for segment in Segment.objects.owned_by(tag.owner):
        if asks_for(segment.rules, tag):
            raise CampaignError(_("The segment “%(name)s” asks for this tag.") % {"name": segment.name})
    using = Mailing.objects.select_related("message")
    mailing = using.filter(tags=tag).first() or using.filter(excluded_tags=tag).first()
    if mailing:
        raise CampaignError(_("The mailing “%(name)s” uses it.") % {"name": mailing})
    tag.delete()


def asks_for(rules: Any, tag: Tag) -> bool:
    return any(rule.get("field") == "tag" and rule.get("value") == tag.pk for rule in rules.get("rules", []))


def put_on(tag: Tag, people: Iterable[int]) -> None:
    rows = [Tagging(tag=tag, recipient_id=pk) for pk in people]
    Tagging.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def take_off(tag: Tag, people: Iterable[int]) -> None:
    Tagging.objects.filter(tag=tag, recipient__in=list(people)).delete()
