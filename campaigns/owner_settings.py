"""What an owner says about all their mailings."""

from dataclasses import dataclass

from accounts.models import User
from campaigns import owners
from campaigns.models import OwnerSettings


@dataclass(frozen=True)
class Choices:
    """Everything that an owner decides; the quota is the managers'."""

    postal_address: str = ""
    advertiser: str = ""
    notes_opens: bool = False
    notes_clicks: bool = False
    resends_in_doubt: bool = False


def change_settings(*, owner: User, choices: Choices) -> OwnerSettings:
    """Raises ValidationError by field. Runs that are open keep what they were opened with."""
    row = owners.settings_of(owner)
    row.postal_address = choices.postal_address.replace("\r\n", "\n").strip()
    row.advertiser = " ".join(choices.advertiser.split())
    row.notes_opens, row.notes_clicks = choices.notes_opens, choices.notes_clicks
    row.resends_in_doubt = choices.resends_in_doubt
    names = ["postal_address", "advertiser", "notes_opens", "notes_clicks", "resends_in_doubt"]
    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in names])
    row.save(update_fields=names)
    return row


def choices_of(row: OwnerSettings) -> Choices:
    return Choices(row.postal_address, row.advertiser, row.notes_opens, row.notes_clicks, row.resends_in_doubt)
