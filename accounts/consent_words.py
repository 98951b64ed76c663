"""The sentences that people tick: each for one purpose, apart from terms and from each other (152-FZ, 38-FZ)."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Consent

WORDS = {
    Consent.Purpose.NEWSLETTER: _(
        "Send me the shop’s newsletter: new goods, offers and what I left in the cart. "
        "I can stop it at any time, by the link in every mail or in my account."
    ),
    Consent.Purpose.TRACKING: _(
        "The shop may note which of its mails I open and which links I follow, to write less and more to the point. "
        "I can take this back at any time."
    ),
}


def words_for(purpose: str) -> str:
    """The sentence, in the language of the reader."""
    return str(WORDS[Consent.Purpose(purpose)])
