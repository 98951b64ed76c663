"""Who stands behind a message, as the law and its readers want to know."""

from dataclasses import dataclass

from wagtail.models import Site

from accounts.models import User
from campaigns.footer_links import LINKS
from campaigns.models import OwnerSettings
from campaigns.owners import is_shop
from company.models import Company


@dataclass(frozen=True)
class Footer:
    """`links` are labels and merge fields."""

    sender: str
    postal_address: str
    advertiser: str
    mark: str
    company: str
    links: list[tuple[str, str]]


def footer_of(owner: User, *, mark: str = "") -> Footer:
    """The labels in the active language. Writes nothing: a preview is a look."""
    said = OwnerSettings.objects.filter(owner=owner).first() or OwnerSettings()
    site = Site.objects.filter(is_default_site=True).first()
    company = Company.for_site(site) if site else Company()
    shop = is_shop(owner)
    company_name = company.legal_name or company.name
    return Footer(
        sender=company_name if shop else owner.get_full_name(),
        postal_address=said.postal_address or (company.legal_address if shop else ""),
        advertiser=said.advertiser,
        mark=mark,
        company="" if shop else company_name,
        links=[(str(link.label), f"{{{{ {link.field} }}}}") for link in LINKS],
    )
