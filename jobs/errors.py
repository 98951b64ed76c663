"""What can go wrong with jobs, in sentences for the operator."""


class JobError(Exception):
    """The text is fit for the user."""
