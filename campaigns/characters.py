"""What a database can keep."""

import re

UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")


def storable(text: str) -> bool:
    """Neither NUL nor half a surrogate pair: PostgreSQL takes the one, UTF-8 the other for an error."""
    return UNSTORABLE.search(text) is None
