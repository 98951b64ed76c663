"""The terms of sale in force."""

from django.utils import timezone

from company.models import TermsVersion


def current() -> TermsVersion | None:
    """The newest version that is valid by now; None where the shop has none."""
    return TermsVersion.objects.filter(valid_from__lte=timezone.now()).first()
