"""The newsletter's form in the footer."""

from typing import Any

from django import template

from accounts.consent_words import words_for
from accounts.models import Consent
from campaigns import owners

register = template.Library()


@register.inclusion_tag("campaigns/includes/newsletter_form.html")
def newsletter_form() -> dict[str, Any]:
    """Nothing where the shop has nobody who writes its newsletter."""
    return {
        "is_offered": owners.shop_owner() is not None,
        "newsletter_words": words_for(Consent.Purpose.NEWSLETTER),
    }
