"""What can go wrong with accounts, in sentences for the person who sees them."""


class AccountError(Exception):
    """Base class; the text is fit for the user."""


class NotAllowed(AccountError):
    """The acting person may not do this to that account."""


class StillOwns(AccountError):
    """The account cannot go: things that others rely on belong to it."""
