"""Why a mailing is paused: `Mailing.paused_for` keeps a word and a figure, `why` says it in the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from campaigns.models import Mailing

APPROVAL = "approval"
COPY = "copy"
BOUNCES = "bounces"
COMPLAINTS = "complaints"


def why(mailing: Mailing) -> str:
    """A sentence; empty when its owner paused it, or it is not paused."""
    return sentence(mailing.paused_for) if mailing.status == Mailing.Status.PAUSED else ""


def sentence(paused_for: str) -> str:
    """What is kept, said in the active language; empty for nothing."""
    word, _space, percent = paused_for.partition(" ")
    if word == APPROVAL:
        return _("It waits for a manager, who looks at the first mailing of each new owner.")
    if word == COPY:
        return _("It is a copy: look it through, then resume it.")
    if word == BOUNCES:
        return _("It paused by itself: %(percent)s%% of the addresses do not exist.") % {"percent": number(percent)}
    if word == COMPLAINTS:
        return _("It paused by itself: %(percent)s%% of the recipients complained.") % {"percent": number(percent)}
    return paused_for


def number(text: str) -> str:
    """As the active language writes it."""
    return number_format(text, use_l10n=True) if text.replace(".", "").isdigit() else text
