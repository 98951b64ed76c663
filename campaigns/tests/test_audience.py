"""Whom a mailing goes to."""

from typing import Any

import pytest

from campaigns.audience import Audience, in_ids, of_mailing, recipients_of
from campaigns.models import MailingRecipient, Recipient, Segment, Suppression, Tag, Topic, TopicChoice
from campaigns.tests.factories import MailingFactory, RecipientFactory

pytestmark = pytest.mark.django_db


def tagged(owner: Any, name: str, *people: Recipient) -> Tag:
    tag = Tag.objects.create(owner=owner, name=name)
    tag.recipients.set(people)
    return tag


def test_picked_and_tagged_people_get_it_once_each_less_the_excluded() -> None:
    mailing = MailingFactory(all_recipients=False)
    ann, bo, cy, _dee = RecipientFactory.create_batch(4, owner=mailing.owner)
    MailingRecipient.objects.create(mailing=mailing, recipient=ann)
    mailing.tags.add(tagged(mailing.owner, "news", ann, bo, cy), tagged(mailing.owner, "more", bo))
    mailing.excluded_tags.add(tagged(mailing.owner, "never", cy))
    assert sorted(row.pk for row in recipients_of(mailing)) == [ann.pk, bo.pk]


def test_exclusions_reach_a_mailing_to_all() -> None:
    mailing = MailingFactory()
    ann, bo = RecipientFactory.create_batch(2, owner=mailing.owner)
    mailing.excluded_tags.add(tagged(mailing.owner, "never", bo))
    assert list(recipients_of(mailing)) == [ann]


def test_who_refused_the_topic_is_left_out_and_who_never_chose_is_not() -> None:
    mailing = MailingFactory()
    topic, other = (Topic.objects.create(owner=mailing.owner, name=name) for name in ("Sales", "News"))
    ann, bo, cy = RecipientFactory.create_batch(3, owner=mailing.owner)
    TopicChoice.objects.create(topic=topic, recipient=ann, wanted=False)
    TopicChoice.objects.create(topic=topic, recipient=bo, wanted=True)
    TopicChoice.objects.create(topic=other, recipient=cy, wanted=False)
    mailing.topic = topic
    assert sorted(row.pk for row in recipients_of(mailing)) == [bo.pk, cy.pk]


def test_a_mailing_to_nobody_goes_to_nobody() -> None:
    mailing = MailingFactory(all_recipients=False)
    RecipientFactory(owner=mailing.owner)
    assert not recipients_of(mailing).exists()


def test_anothers_people_and_the_suppressed_are_never_in_it() -> None:
    mailing = MailingFactory(all_recipients=False)
    ours, gone, theirs = (
        RecipientFactory(owner=mailing.owner),
        RecipientFactory(owner=mailing.owner),
        RecipientFactory(),
    )
    Suppression.objects.create(owner=mailing.owner, email_hash=gone.email_hash, reason="manual")
    mailing.tags.add(tagged(mailing.owner, "news", ours, gone, theirs))
    assert list(recipients_of(mailing)) == [ours]


def test_any_number_of_ids_is_one_parameter() -> None:
    ann = RecipientFactory()
    audience = Audience(owner=ann.owner, picked=in_ids([ann.pk, *range(10**6, 10**6 + 300_000)]))
    assert list(audience.recipients()) == [ann]


def test_segments_choose_and_exclude() -> None:
    mailing = MailingFactory(all_recipients=False)
    ann, bo, cy = (RecipientFactory(owner=mailing.owner, full_name=name) for name in ("Ann A", "Bo A", "Cy C"))

    def segment(name: str, text: str) -> Segment:
        rules = {"match": "all", "rules": [{"field": "name", "test": "contains", "value": text}]}
        return Segment.objects.create(owner=mailing.owner, name=name, rules=rules)

    mailing.segments.add(segment("a", "A"))
    mailing.tags.add(tagged(mailing.owner, "c", cy))
    mailing.excluded_segments.add(segment("bo", "Bo"))
    assert sorted(row.pk for row in recipients_of(mailing)) == [ann.pk, cy.pk]
    assert of_mailing(mailing).left_out() == {"Excluded": 1}
    assert bo.pk


def test_each_who_is_left_out_has_one_reason() -> None:
    mailing = MailingFactory()
    owner = mailing.owner
    RecipientFactory(owner=owner, state="unconfirmed", consent_basis="none")
    suppressed, excluded, refused, _reader = RecipientFactory.create_batch(4, owner=owner)
    Suppression.objects.create(owner=None, email_hash=suppressed.email_hash, reason="manual")
    mailing.excluded_tags.add(tagged(owner, "never", excluded, suppressed))
    mailing.topic = Topic.objects.create(owner=owner, name="Sales")
    for person in (refused, excluded):
        TopicChoice.objects.create(topic=mailing.topic, recipient=person, wanted=False)
    assert of_mailing(mailing).left_out() == {"Unconfirmed": 1, "Suppressed": 1, "Excluded": 1, "Refused the topic": 1}
