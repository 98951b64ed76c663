"""Campaign owners: what they have said about all their mailings, and who of them is the shop itself."""

from accounts.models import User
from campaigns.models import OwnerSettings
from company.models import Company


def settings_of(owner: User) -> OwnerSettings:
    """The owner's row, made when it is first needed."""
    return OwnerSettings.objects.get_or_create(owner=owner)[0]


def shop_owner() -> User | None:
    """Who the shop's own newsletter and automations belong to, if the company names somebody."""
    company = Company.objects.filter(system_owner__isnull=False, site__is_default_site=True).first()
    return company.system_owner if company else None


def is_shop(owner: User) -> bool:
    """Only the shop's own mailings may know what people bought, and speak for the shop."""
    shop = shop_owner()
    return shop is not None and shop.pk == owner.pk
