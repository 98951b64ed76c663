"""Saving, changing and dropping segments."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns import segments
from campaigns.errors import CampaignError
from campaigns.models import Mailing, Segment


def save_segment(*, owner: User, name: str, rules: Any, segment: Segment | None = None) -> Segment:
    """A new segment, or `segment` with another name and other rules. Raises CampaignError, ValidationError."""
    segment = segment or Segment(owner=owner)
    segment.name = " ".join(name.split())
    segment.rules = segments.checked(owner=owner, rules=rules)
    segments.check_depth(owner=owner, rules=segment.rules, within=segment.pk)
    segment.clean_fields(exclude=["owner", "rules"])
    if Segment.objects.owned_by(owner).filter(name=segment.name).exclude(pk=segment.pk).exists():
        raise ValidationError({"name": _("There is a segment of this name already.")})
    segment.save()
    return segment


def delete_segment(*, segment: Segment) -> None:
    """Refused while a mailing is sent to it, or not sent to it, or another segment asks for it."""
    for other in Segment.objects.owned_by(segment.owner):
        if segment.pk in segments.asked_segments(other.rules):
            raise CampaignError(_("The segment “%(name)s” asks for this one.") % {"name": other.name})
    using = Mailing.objects.select_related("message")
    mailing = using.filter(segments=segment).first() or using.filter(excluded_segments=segment).first()
    if mailing:
        raise CampaignError(_("The mailing “%(name)s” uses it.") % {"name": mailing})
    segment.delete()
