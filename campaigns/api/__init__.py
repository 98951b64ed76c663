"""The API of mailings; one module per noun."""

from ninja import Router

from api.problems import register_problem
from campaigns.api.automations import router as automations
from campaigns.api.deliveries import router as deliveries
from campaigns.api.mailings import router as mailings
from campaigns.api.messages import router as messages
from campaigns.api.overseeing import router as overseeing
from campaigns.api.recipient_fields import router as recipient_fields
from campaigns.api.recipient_imports import router as recipient_imports
from campaigns.api.recipients import router as recipients
from campaigns.api.segments import router as segments
from campaigns.api.settings import router as settings
from campaigns.api.sign_up_forms import router as sign_up_forms
from campaigns.api.statistics import router as statistics
from campaigns.api.steering import router as steering
from campaigns.api.tags import router as tags
from campaigns.api.topics import router as topics
from campaigns.errors import CampaignError, NotAllowed

register_problem(CampaignError, 422, "invalid")
register_problem(NotAllowed, 403, "forbidden")

router = Router(tags=["mailings"])
_people = (recipients, segments, tags, recipient_fields, sign_up_forms, recipient_imports, topics)
_mail = (messages, mailings, steering, deliveries, statistics, settings, overseeing, automations)
for _part in (*_people, *_mail):
    router.add_router("", _part)
