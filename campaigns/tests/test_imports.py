"""Importing lists: what is taken, and why the rest is not."""

import gzip
from pathlib import Path

import pytest

from campaigns.errors import CampaignError
from campaigns.imports import MAX_ROWS, import_recipients
from campaigns.models import Recipient, Suppression
from campaigns.tests.factories import RecipientFactory
from campaigns.tests.worlds import owner

pytestmark = pytest.mark.django_db

REAL_LIST = Path(__file__).parents[3] / "shared/data/recipients_100k.csv.gz"


def test_a_heading_lets_columns_stand_in_any_order() -> None:
    user = owner()
    report = import_recipients(owner=user, data="Комментарий;ФИО;E-mail\nВыставка;Анна Ли;anna@example.com\n")
    recipient = Recipient.objects.get(owner=user)
    assert (report.added, report.refused) == (1, [])
    assert (recipient.email, recipient.full_name, recipient.comment) == ("anna@example.com", "Анна Ли", "Выставка")


def test_without_heading_the_column_with_addresses_is_found() -> None:
    user = owner()
    import_recipients(owner=user, data="Ann Lee\tann@example.com\tfair\nBo\tbo@example.com\t\n")
    assert list(user.recipients.order_by("pk").values_list("email", "full_name", "comment")) == [
        ("ann@example.com", "Ann Lee", "fair"),
        ("bo@example.com", "Bo", ""),
    ]


def test_addresses_as_mail_programs_copy_them_are_taken_apart() -> None:
    user = owner()
    import_recipients(owner=user, data="Ann Lee <ann@example.com>\n")
    assert user.recipients.get().full_name == "Ann Lee"


def test_each_refused_row_says_why_and_where() -> None:
    user = owner()
    RecipientFactory(owner=user, email="known@example.com")
    rows = ["email,name", "ok@example.com,Ok", "not-an-address,X", "OK@example.com,Twice", "nul@example.com,a\0b"]
    data = "\n".join([*rows, "Known@example.com,K"])
    report = import_recipients(owner=user, data=data)
    assert (report.added, report.known) == (1, 1)
    assert [(refused.line, refused.reason) for refused in report.refused] == [
        (3, "Enter a valid email address."),
        (4, "This address stands here twice."),
        (5, "There are characters here that can’t be stored."),
    ]


def test_what_was_refused_can_be_mended_and_imported_again() -> None:
    user = owner()
    report = import_recipients(owner=user, data="ann@example.com,Ann\nbroken,Bo\n")
    again = import_recipients(owner=user, data=report.refused_text.replace("broken", "bo@example.com"))
    assert again.added == 1
    assert user.recipients.filter(full_name="Bo").exists()


def test_the_same_list_twice_adds_nobody_twice_and_changes_nobody() -> None:
    user = owner()
    import_recipients(owner=user, data="ann@example.com,Ann", consent_basis="opt-in")
    report = import_recipients(owner=user, data="ann@example.com,Somebody Else")
    assert (report.added, report.known) == (0, 1)
    assert user.recipients.get().full_name == "Ann"


def test_without_consent_people_stay_unconfirmed() -> None:
    user = owner()
    import_recipients(owner=user, data="ann@example.com")
    import_recipients(owner=user, data="bo@example.com", consent_basis="customer", consent_source="orders of 2026")
    states = dict(user.recipients.values_list("email", "state"))
    assert states == {"ann@example.com": "unconfirmed", "bo@example.com": "active"}
    bo = user.recipients.get(email="bo@example.com")
    assert (bo.consent_source, bo.consented_at is not None) == ("orders of 2026", True)


def test_who_has_unsubscribed_is_not_brought_back_by_an_import() -> None:
    user = owner()
    gone = RecipientFactory(owner=user, email="gone@example.com")
    Suppression.objects.create(owner=user, email_hash=gone.email_hash, reason="unsubscribed")
    gone.delete()
    import_recipients(owner=user, data="gone@example.com", consent_basis="opt-in")
    assert user.recipients.get().state == Recipient.State.UNSUBSCRIBED


def test_another_owners_list_does_not_matter() -> None:
    user, other = owner(), owner()
    RecipientFactory(owner=other, email="ann@example.com")
    assert import_recipients(owner=user, data="ann@example.com").added == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "nothing"),
        ("\n\n ; ;\n", "nothing"),
        ("Ann\nBo\n", "No column"),
        (b"\x00\x01\x02" * 400, "No column"),
        ("a@b.co\n" * (MAX_ROWS + 1), "up to"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(data: str | bytes, sentence: str) -> None:
    with pytest.raises(CampaignError, match=sentence):
        import_recipients(owner=owner(), data=data)


def test_emoji_and_every_script_are_welcome() -> None:
    user = owner()
    import_recipients(owner=user, data="имя@пример.рф,Жанна 😀 明\n", consent_basis="opt-in")
    assert user.recipients.get().full_name == "Жанна 😀 明"


def test_a_thousand_real_rows_take_few_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    if not REAL_LIST.exists():
        pytest.skip(f"{REAL_LIST} is not here: the real list is not imported")
    user = owner()
    with gzip.open(REAL_LIST) as file:
        data = b"".join(next(file) for _line in range(1001))
    with django_assert_max_num_queries(40):
        report = import_recipients(owner=user, data=data, consent_basis="opt-in")
    assert (report.added, report.refused) == (1000, [])
    assert " " in user.recipients.order_by("pk")[0].full_name
