"""What the verbs of this app raise."""


class CampaignError(Exception):
    """Something that the owner can understand and change; the text is for them."""


class NotAllowed(CampaignError):
    """The user's role does not reach so far."""
