"""The mailings' tables, one module per noun."""

from campaigns.models.abuse import AbuseReport
from campaigns.models.attribution import Attribution
from campaigns.models.automations import Automation, Enrolment, Step
from campaigns.models.consents import ConsentWording
from campaigns.models.contents import Content, CouponOffer, Link
from campaigns.models.deliveries import Attempt, Claim, Delivery, DeliveryEvent
from campaigns.models.labels import RecipientField, Segment, Tag, Topic, TopicChoice
from campaigns.models.link_checks import LinkCheck
from campaigns.models.mailings import Mailing, MailingRecipient
from campaigns.models.messages import Message
from campaigns.models.owners import OptInForm, OwnerSettings, SenderAddress, SendingDomain
from campaigns.models.recipients import Recipient
from campaigns.models.rivals import Rival
from campaigns.models.rules import MailingRules
from campaigns.models.runs import Run
from campaigns.models.suppression import Suppression
from campaigns.models.transports import Bucket, InboundReport, Transport

__all__ = [
    "AbuseReport",
    "Attempt",
    "Attribution",
    "Automation",
    "Bucket",
    "Claim",
    "ConsentWording",
    "Content",
    "CouponOffer",
    "Delivery",
    "DeliveryEvent",
    "Enrolment",
    "InboundReport",
    "Link",
    "LinkCheck",
    "Mailing",
    "MailingRecipient",
    "MailingRules",
    "Message",
    "OptInForm",
    "OwnerSettings",
    "Recipient",
    "RecipientField",
    "Rival",
    "Run",
    "Segment",
    "SenderAddress",
    "SendingDomain",
    "Step",
    "Suppression",
    "Tag",
    "Topic",
    "TopicChoice",
    "Transport",
]
