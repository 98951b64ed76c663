"""What the demo's campaign owners write."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A mailing: which letter, how often, since and until how many days ago (negative: in days to come), to how many.

    The letter is one of LETTERS, or TEMPLATE and the key of a template.
    `trouble` is the share of recipients whose server did not take it at once.
    """

    name: str
    owner: str
    letter: str
    periodicity: str
    starts: int
    ends: int | None
    recipients: int | None
    trouble: float = 0.02


# Before the key of a template, in place of a letter's name.
TEMPLATE = "template/"

LETTERS = {
    "journal": Letter(
        "What we read and mended this week",
        "Hello {{ full_name|friend }},\n\n"
        "three things from the workbench this week: a radio that only played at night, a zip from 1981, "
        "and the question of how warm a lamp should be.\n\n"
        "The whole story is in the journal.\n\n"
        "Oscar, at the counter",
    ),
    "workshop": Letter(
        "Thursday is workshop day",
        "Hello {{ full_name|friend }},\n\n"
        "bring the jacket whose zip has given up. Between ten and seven we sew, solder and make coffee; "
        "you pay for the parts.\n\n"
        "No appointment needed, but the bench has only six seats.\n\n"
        "Oscar",
    ),
    "autumn": Letter(
        "Wool is back on the shelf",
        "Hello {{ full_name|friend }},\n\n"
        "the island jumpers have arrived: forty pieces, each with its own mistake. Those who find theirs "
        "first get a darning kit.\n\n"
        "Oscar",
    ),
    "stock": Letter(
        "This morning in the shop",
        "Good morning {{ full_name|friend }},\n\n"
        "new on the shelf today: two turntables from the repair corner and a box of lenses that "
        "somebody's uncle kept dry for thirty years.\n\n"
        "Oscar",
    ),
    "statement": Letter(
        "Your month with us",
        "Hello {{ full_name|friend }},\n\n"
        "thank you for being with us this month. If something you bought does not work as it should, "
        "answer this letter; a person reads it.\n\n"
        "Oscar",
    ),
    "winter": Letter(
        "Before the first frost",
        "Hello {{ full_name|friend }},\n\n"
        "boots like wax and batteries dislike the cold. Two pages about both are in the journal, and "
        "until Sunday a tin of wax comes with every pair.\n\n"
        "Oscar",
    ),
    "club": Letter(
        "Клуб пластинок собирается в пятницу",
        "Здравствуйте, {{ full_name|друзья }}!\n\n"
        "В пятницу в семь слушаем записи с радио восьмидесятых. Приносите одну пластинку и одну историю.\n\n"
        "Ольга",
    ),
    "news": Letter(
        "Что нового на верстаке",
        "Здравствуйте, {{ full_name|друзья }}!\n\n"
        "На этой неделе починили приёмник, который играл только по ночам, и вощёную куртку старше меня. "
        "Подробности в журнале.\n\n"
        "Ольга",
    ),
}

PLANS = (
    Plan("journal", "owner@example.com", "journal", "weekly", 66, None, None),
    Plan("workshop", "owner@example.com", "workshop", "once", 46, None, 180, 0.04),
    Plan("autumn", "owner@example.com", "autumn", "once", 32, None, None),
    Plan("stock", "owner@example.com", "stock", "daily", 18, 4, 60),
    Plan("statement", "owner@example.com", "statement", "monthly", 85, None, 120),
    Plan("winter", "owner@example.com", "winter", "once", -6, None, None),
    Plan("arrivals", "owner@example.com", "template/new-products", "once", 12, None, None),
    Plan("sale", "owner@example.com", "template/sale", "once", -3, None, None),
    Plan("club", "owner2@example.com", "club", "once", 21, None, None, 0.05),
    Plan("news", "owner2@example.com", "news", "weekly", 40, 5, None),
    Plan("picks", "owner2@example.com", "template/recommendations", "once", 9, None, None, 0.03),
    Plan("invited", "owner2@example.com", "template/invitation", "once", -4, None, None),
)

SENT = (
    "2.0.0 Ok: queued as {token}",
    "2.0.0 OK {number} {token} - gsmtp",
    "2.6.0 <{token}@mx.example.net> Queued mail for delivery",
)
FAILED = (
    (550, "5.1.1 <{email}>: Recipient address rejected: User unknown in virtual mailbox table"),
    (552, "5.2.2 <{email}>: Mailbox is full"),
    (550, "5.7.1 Message rejected due to content restrictions"),
)
DEFERRED = (
    (450, "4.2.0 <{email}>: Recipient address rejected: Greylisted, see you in five minutes"),
    (451, "4.3.2 Please try again later"),
    (421, "4.7.0 Too many connections from your address"),
)
IN_DOUBT = "The connection was lost after the message had gone out; no answer came."
