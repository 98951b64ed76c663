"""What fills the gaps of links and of the picture: tracked for those who have agreed, plain for everybody else."""

from campaigns import tracking
from campaigns.delivery import gaps
from campaigns.delivery.gaps import Addressee, Filler
from campaigns.models import Content


def link(content: Content, number: int) -> Filler | None:
    """The shop's own links name the campaign to everybody; the others stay as they are where nobody asks."""
    found = content.links.filter(number=number).first()
    if found is None or not tracking.is_trackable(found.url):
        return None
    plain = tracking.marked(found.url, mailing=content.run.mailing_id)
    if not tracking.wish_of(content.run.mailing.owner_id).clicks:
        return None if plain == found.url else lambda addressee: plain

    def fill(addressee: Addressee) -> str:
        return tracking.click_url(addressee.delivery, number) if addressee.is_tracked else plain

    return fill


def pixel(content: Content, number: int) -> Filler | None:
    return picture if tracking.wish_of(content.run.mailing.owner_id).opens else None


def picture(addressee: Addressee) -> str:
    if not addressee.is_tracked:
        return ""
    return f'<img src="{tracking.pixel_url(addressee.delivery)}" width="1" height="1" alt="">'


def register() -> None:
    gaps.MAKERS.update(link=link, pixel=pixel)
