"""When a thing's present state is what stands in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from ninja.errors import HttpError

from campaigns.errors import CampaignError


@contextmanager
def conflicts() -> Iterator[None]:
    """Answer a verb's refusal with 409."""
    try:
        yield
    except CampaignError as error:
        raise HttpError(409, str(error)) from error
