"""The API's part for what follows a sale."""

from ninja import Router

from store.api import recommendations

router = Router()
for module in (recommendations,):
    router.add_router("", module.router)
