"""Who writes: for mails, which know no request."""

from django import template
from django.conf import settings
from wagtail.models import Site

from company.models import Company

register = template.Library()


@register.simple_tag
def seller() -> Company:
    """The company of the default site; an unsaved one with the usual name where there is none."""
    site = Site.objects.filter(is_default_site=True).first()
    return Company.for_site(site) if site else Company()


@register.simple_tag
def site_address() -> str:
    return settings.SITE_URL
