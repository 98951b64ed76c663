"""What can be asked of recipients: the subjects, the tests that each allows, and what each test is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from campaigns.models import Recipient, RecipientField
from campaigns.owners import is_shop

# Own fields are named so in rules, before their key.
OWN = "own:"

Label = str | Promise
# What a test is compared with.
NOTHING, TEXT, NUMBER, MONEY, DATE, DAYS, CHOICE = "nothing", "text", "number", "money", "date", "days", "choice"
TAG, SEGMENT, MAILING, PRODUCT, CATEGORY = "tag", "segment", "mailing", "product", "category"


@dataclass(frozen=True)
class Test:
    """One way to ask; `value` says what it is compared with."""

    name: str
    label: Label
    value: str = NOTHING


@dataclass(frozen=True)
class Subject:
    """One thing that can be asked about; `group` is its heading in menus."""

    name: str
    label: Label
    group: Label
    tests: tuple[Test, ...]
    choices: Mapping[str, Label] = field(default_factory=dict)

    def test(self, name: str) -> Test | None:
        return next((test for test in self.tests if test.name == name), None)


IS = Test("is", _("is"), TEXT)
IS_NOT = Test("is-not", _("is not"), TEXT)
IS_ONE = Test("is", _("is"), CHOICE)
IS_NOT_ONE = Test("is-not", _("is not"), CHOICE)
CONTAINS = Test("contains", _("contains"), TEXT)
LACKS = Test("lacks", _("does not contain"), TEXT)
STARTS = Test("starts", _("begins with"), TEXT)
ENDS = Test("ends", _("ends with"), TEXT)
FILLED = Test("filled", _("is filled in"))
EMPTY = Test("empty", _("is empty"))
BEFORE = Test("before", _("is before"), DATE)
ON = Test("on", _("is on"), DATE)
AFTER = Test("after", _("is after"), DATE)
WITHIN = Test("within", _("in the last … days"), DAYS)
NOT_WITHIN = Test("not-within", _("not in the last … days"), DAYS)
AHEAD = Test("ahead", _("in the next … days"), DAYS)
YES = Test("yes", _("is yes"))
NO = Test("no", _("is no"))
EVER = Test("ever", pgettext_lazy("at any time", "ever"))
NEVER = Test("never", _("never"))
MAILING_IS = Test("mailing", _("in the mailing"), MAILING)
NOT_MAILING = Test("not-mailing", _("not in the mailing"), MAILING)

TEXTS = (CONTAINS, LACKS, IS, IS_NOT, STARTS, ENDS, FILLED, EMPTY)
CODES = (IS, IS_NOT, FILLED, EMPTY)
ANSWERS = (EVER, NEVER, WITHIN, NOT_WITHIN, MAILING_IS, NOT_MAILING)


def amounts(value: str) -> tuple[Test, ...]:
    return (
        Test("at-least", _("is at least"), value),
        Test("at-most", _("is at most"), value),
        Test("equals", _("is exactly"), value),
    )


OF_KIND: dict[str, tuple[Test, ...]] = {
    RecipientField.Kind.TEXT: TEXTS,
    RecipientField.Kind.NUMBER: (*amounts(NUMBER), FILLED, EMPTY),
    RecipientField.Kind.DATE: (BEFORE, ON, AFTER, WITHIN, AHEAD, FILLED, EMPTY),
    RecipientField.Kind.YES_NO: (YES, NO, FILLED, EMPTY),
}
PERSON, OWN_FIELDS, BEHAVIOUR, PURCHASES = _("The person"), _("Own fields"), _("What they did"), _("What they bought")

PEOPLE = (
    Subject("email", _("E-mail"), PERSON, (CONTAINS, LACKS, IS, IS_NOT, STARTS, ENDS)),
    Subject("name", _("Full name"), PERSON, TEXTS),
    Subject("state", _("State"), PERSON, (IS_ONE, IS_NOT_ONE), dict(Recipient.State.choices)),
    Subject("tag", _("Tag"), PERSON, (Test("has", _("is there"), TAG), Test("has-not", _("is not there"), TAG))),
    # How rules are put in brackets: (A or B) is a segment of its own, asked for by another one.
    Subject(
        "segment",
        _("Segment"),
        PERSON,
        (Test("in", _("holds them"), SEGMENT), Test("not-in", _("does not hold them"), SEGMENT)),
    ),
    Subject("added", _("Added to the list"), PERSON, (WITHIN, NOT_WITHIN, BEFORE, ON, AFTER)),
    Subject("time-zone", _("Time zone"), PERSON, CODES),
    Subject("language", _("Language"), PERSON, CODES),
    Subject("consent", _("Basis of consent"), PERSON, (IS_ONE, IS_NOT_ONE), dict(Recipient.Consent.choices)),
    Subject("consent-source", _("Source of consent"), PERSON, TEXTS),
)
DONE = (
    Subject("sent", _("Was sent a mailing"), BEHAVIOUR, ANSWERS),
    Subject("opened", _("Opened a mailing"), BEHAVIOUR, ANSWERS),
    Subject("clicked", _("Clicked in a mailing"), BEHAVIOUR, ANSWERS),
)
BOUGHT = (
    Subject("ordered", _("Ordered in the shop"), PURCHASES, (EVER, NEVER, WITHIN, NOT_WITHIN)),
    Subject(
        "product",
        _("Product"),
        PURCHASES,
        (Test("bought", _("was bought"), PRODUCT), Test("not-bought", _("was not bought"), PRODUCT)),
    ),
    Subject(
        "category",
        _("Category"),
        PURCHASES,
        (Test("bought", _("was bought from"), CATEGORY), Test("not-bought", _("was not bought from"), CATEGORY)),
    ),
    Subject("orders", _("Number of orders"), PURCHASES, amounts(NUMBER)),
    Subject("spent", _("Money spent"), PURCHASES, amounts(MONEY)),
)
SHOP_ONLY = frozenset(subject.name for subject in BOUGHT)


def of_field(own: RecipientField) -> Subject:
    return Subject(f"{OWN}{own.key}", own.label, OWN_FIELDS, OF_KIND[own.kind])


def vocabulary(owner: User, *, own_fields: Iterable[RecipientField] | None = None) -> dict[str, Subject]:
    """Everything that this owner may ask, by name; purchases only of the shop's own list."""
    own = RecipientField.objects.owned_by(owner) if own_fields is None else own_fields
    subjects = [*PEOPLE, *(of_field(each) for each in own), *DONE, *(BOUGHT if is_shop(owner) else ())]
    return {subject.name: subject for subject in subjects}


def needed(owner: User, names: Iterable[Any]) -> dict[str, Subject]:
    """The part of the vocabulary that these subjects need: most questions cost no query to understand."""
    asked = {str(name) for name in names}
    found = {subject.name: subject for subject in (*PEOPLE, *DONE)}
    keys = [name.removeprefix(OWN) for name in asked if name.startswith(OWN)]
    if keys:
        own = RecipientField.objects.owned_by(owner).filter(key__in=keys)
        found |= {subject.name: subject for subject in map(of_field, own)}
    if asked & SHOP_ONLY and is_shop(owner):
        found |= {subject.name: subject for subject in BOUGHT}
    return found
