"""What the templates of messages say."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# Kind, and value as it is stored; of buttons the name of a page of this site.
Block = tuple[str, Any]
SHOP = "store:product_list"


@dataclass(frozen=True)
class Template:
    key: str
    name: str
    description: str
    subject: str
    preheader: str
    blocks: list[Block]


def templates() -> list[Template]:
    """In the active language."""
    return [welcome(), news(), arrivals(), sale(), picks(), invitation()]


def greeting(text: str) -> Block:
    return "text", _("Hello {{ full_name|friend }},") + "\n\n" + text


def button(label: str) -> Block:
    return "button", {"label": label, "url": SHOP}


def goods(title: str, source: str, count: int = 4) -> Block:
    return "recommendations", {"title": title, "source": source, "count": count}


def posts(title: str, count: int = 3) -> Block:
    return "posts", {"title": title, "count": count}


def welcome() -> Template:
    return Template(
        "welcome",
        _("Welcome"),
        _("The first letter to somebody new: who you are and where to begin."),
        _("Welcome, {{ full_name|friend }}"),
        _("Good to have you with us. Here is where to begin."),
        [
            ("heading", _("Good to have you with us")),
            greeting(
                _(
                    "thank you for joining our list. We write when there is something worth reading, and you may "
                    "leave at any time by the link at the end."
                )
            ),
            button(_("Look around")),
            goods(_("What others like"), "popular"),
            posts(_("To read over a cup of tea"), 2),
        ],
    )


def news() -> Template:
    return Template(
        "news",
        _("News"),
        _("What has happened, with your latest posts."),
        _("What is new with us"),
        _("The latest from our journal."),
        [
            ("heading", _("What is new")),
            greeting(_("these are the things that have kept us busy lately.")),
            posts(_("From the journal")),
            ("divider", None),
            ("text", _("Is something on your mind? Just answer this letter: a person reads it.")),
        ],
    )


def arrivals() -> Template:
    return Template(
        "new-products",
        _("New products"),
        _("The newest products with pictures and prices."),
        _("Just arrived"),
        _("Fresh on the shelf: see what has come in."),
        [
            ("heading", _("Just arrived")),
            greeting(_("the shelves have been filled again. These came in last.")),
            goods("", "newest", 6),
            button(_("See everything")),
        ],
    )


def sale() -> Template:
    return Template(
        "sale",
        _("Sale with a coupon"),
        _("A code large and clear, and what it may be spent on."),
        _("A little something off for you"),
        _("Your code is inside."),
        [
            ("heading", _("Something off, for you")),
            greeting(_("here is a code for your next order. Type it in at the checkout.")),
            ("coupon", {"code": "", "text": _("Your code")}),
            button(_("Choose something")),
            goods(_("Popular right now"), "popular"),
        ],
    )


def picks() -> Template:
    return Template(
        "recommendations",
        _("Recommendations"),
        _("What sells best and is in stock, and what came in last."),
        _("Picked for you"),
        _("In stock, and liked by many."),
        [
            ("heading", _("Back on the shelf, and worth a look")),
            greeting(_("these are the things that others come back for. All of them are in stock today.")),
            goods(_("Most popular"), "popular"),
            ("divider", None),
            goods(_("New in the shop"), "newest", 2),
            button(_("See everything")),
        ],
    )


def invitation() -> Template:
    return Template(
        "invitation",
        _("Invitation"),
        _("A plain letter: what, when and where, and nothing else."),
        _("You are invited"),
        _("Come by: when and where stands inside."),
        [
            ("heading", _("You are invited")),
            greeting(_("we would be glad to see you. Bring a friend if you like.")),
            (
                "columns",
                {
                    "left": _("<b>When</b>\n<p>Friday at seven in the evening</p>"),
                    "right": _("<b>Where</b>\n<p>Our shop, first floor</p>"),
                },
            ),
            ("divider", None),
            ("text", _("Tell us whether you come: just answer this letter.")),
        ],
    )
