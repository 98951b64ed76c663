"""What a recipient wants to hear about, topic by topic; whoever has not chosen gets everything."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.errors import CampaignError
from campaigns.models import Recipient, Topic, TopicChoice


@dataclass(frozen=True)
class Preference:
    topic: Topic
    wanted: bool


def of(recipient: Recipient) -> list[Preference]:
    """The owner's public topics, and whether this person wants them."""
    refused = set(TopicChoice.objects.filter(recipient=recipient, wanted=False).values_list("topic", flat=True))
    topics = Topic.objects.filter(owner=recipient.owner_id, is_public=True)
    return [Preference(topic, topic.pk not in refused) for topic in topics]


def choose(*, recipient: Recipient, wanted: Collection[int]) -> None:
    """These topics and no others; topics that are not shown keep what was said about them."""
    with transaction.atomic():
        for preference in of(recipient):
            set_wanted(recipient, preference.topic, preference.topic.pk in wanted)


def refuse(*, recipient: Recipient, topic: int) -> Topic:
    """No more of this one. CampaignError where the owner has no such topic."""
    found = Topic.objects.filter(owner=recipient.owner_id, pk=topic).first()
    if found is None:
        raise CampaignError(_("There is no such topic any more."))
    set_wanted(recipient, found, False)
    return found


def set_wanted(recipient: Recipient, topic: Topic, wanted: bool) -> None:
    TopicChoice.objects.update_or_create(recipient=recipient, topic=topic, defaults={"wanted": wanted})
