"""The mailings' tables, one module per noun."""

from campaigns.models.deliveries import Attempt, Claim, Delivery
from campaigns.models.mailings import Mailing, MailingRecipient
from campaigns.models.messages import Message
from campaigns.models.recipients import Recipient
from campaigns.models.runs import Run
from campaigns.models.suppression import Suppression
from campaigns.models.transports import Transport

__all__ = [
    "Attempt",
    "Claim",
    "Delivery",
    "Mailing",
    "MailingRecipient",
    "Message",
    "Recipient",
    "Run",
    "Suppression",
    "Transport",
]
