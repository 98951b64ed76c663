"""Ready-made owners, lists, messages and mailings."""

from datetime import UTC, datetime

import factory

from accounts.models import User
from campaigns.models import Content, Delivery, Link, Mailing, Message, Recipient, Run


class OwnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"owner{number}@example.com")


class RecipientFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recipient

    owner = factory.SubFactory(OwnerFactory)
    email = factory.Sequence(lambda number: f"reader{number}@example.net")
    full_name = "Jo Reader"
    consent_basis = Recipient.Consent.OPT_IN
    state = Recipient.State.ACTIVE


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    owner = factory.SubFactory(OwnerFactory)
    subject = "News of the week"
    body = "Hello {{ full_name|reader }},\n\nhere is what is new."


class MailingFactory(factory.django.DjangoModelFactory):
    """To all recipients of the owner, due since New Year's noon."""

    class Meta:
        model = Mailing

    owner = factory.SubFactory(OwnerFactory)
    message = factory.SubFactory(MessageFactory, owner=factory.SelfAttribute("..owner"))
    all_recipients = True
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    next_run_at = factory.SelfAttribute("start")


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Run

    mailing = factory.SubFactory(MailingFactory, status=Mailing.Status.RUNNING, next_run_at=None)
    occurrence = factory.SelfAttribute("mailing.start")
    status = Run.Status.RUNNING
    subject = factory.SelfAttribute("mailing.message.subject")
    body = factory.SelfAttribute("mailing.message.body")


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    run = factory.SubFactory(RunFactory)
    recipient = factory.SubFactory(RecipientFactory, owner=factory.SelfAttribute("..run.mailing.owner"))
    email = factory.SelfAttribute("recipient.email")
    full_name = factory.SelfAttribute("recipient.full_name")
    next_try_at = factory.SelfAttribute("run.occurrence")


class ContentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Content

    run = factory.SubFactory(RunFactory)
    subject = factory.SelfAttribute("run.subject")
    html = "<p>Hello</p>"
    text = "Hello"


class LinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Link

    content = factory.SubFactory(ContentFactory)
    number = factory.Sequence(lambda number: number + 1)
    url = "https://elsewhere.example/page?a=1"
