"""The API of mailings; one module per noun."""

from ninja import Router

from api.problems import register_problem
from campaigns.api.deliveries import router as deliveries
from campaigns.api.mailings import router as mailings
from campaigns.api.messages import router as messages
from campaigns.api.recipients import router as recipients
from campaigns.api.steering import router as steering
from campaigns.errors import CampaignError
from campaigns.oversight import NotAllowed

register_problem(CampaignError, 422, "invalid")
register_problem(NotAllowed, 403, "forbidden")

router = Router(tags=["mailings"])
for _part in (recipients, messages, mailings, steering, deliveries):
    router.add_router("", _part)
