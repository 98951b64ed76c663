"""The API's part for what follows a sale."""

from ninja import Router

from api.problems import register_problem
from store import reviews as review_verbs
from store import stock_alerts
from store.api import hooks, recommendations, reviews, wishes
from store.hooks import endpoints

router = Router()
for module in (recommendations, reviews, wishes, hooks):
    router.add_router("", module.router)

register_problem(review_verbs.NotABuyer, 403, "not_a_buyer")
register_problem(review_verbs.BadReview, 422, "bad_review")
register_problem(endpoints.BadEndpoint, 422, "bad_endpoint")
register_problem(stock_alerts.BadAddress, 422, "bad_address")
register_problem(stock_alerts.TooManyAlerts, 429, "too_many")
