"""Which addresses are the API's own."""

PREFIX = "/api/v1/"
# allauth's part has a format of its own.
NOT_OURS = "/api/v1/auth/"


def is_ours(path: str) -> bool:
    return path.startswith(PREFIX) and not path.startswith(NOT_OURS)
