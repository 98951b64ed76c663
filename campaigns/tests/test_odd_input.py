"""What nobody types by accident: every form of an owner's list answers it with a sentence, never with an error page."""

import pytest
from django.test import Client

from campaigns.models import Message, OptInForm, Recipient, RecipientField, Tag
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner

pytestmark = pytest.mark.django_db

ODD = {
    "nul": "a\0b",
    "long": "x" * 10_000,
    "header": "Ann\r\nBcc: everybody@example.com",
    "emoji": "👩‍👩‍👧 😀",
    "braces": "{{ full_name }}{% debug %}{{ 7*7",
    "formula": "=HYPERLINK(1)",
    "markup": "<script>alert(1)</script>",
    "blank": "  \t ",
    "rtl": "\u202eevil\u202c",
}


def filled(name: str, text: str) -> dict[str, str]:
    """Each form's fields, all of them odd."""
    return {
        "recipient_create": {"email": "ann@example.com", "full_name": text, "comment": text, "tags": text,
                             "own_city": text, "language": text, "time_zone": text, "consent_basis": "opt-in",
                             "consent_source": text, "consent_wording": text, "consented_at": text},
        "segment_create": {"name": text, "match": "all", "field": "name", "test": "contains", "value": text},
        "segment_rules": {"match": text, "field": "own:city", "test": "is", "value": text, "drop": text},
        "tag_list": {"name": text},
        "field_list": {"label": text, "key": text, "kind": "text"},
        "form_create": {"name": text, "heading": text, "introduction": text, "consent_text": text, "thanks": text},
        "topic_create": {"name": text, "description": text, "position": text},
        "message_create": {"subject": text, "body": text, "preheader": text},
        "recipient_import": {"text": text},
    }[name]  # fmt: skip


FORMS = ["recipient_create", "segment_create", "segment_rules", "tag_list", "field_list", "form_create", "topic_create"]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("odd", sorted(ODD))
def test_every_form_of_a_list_takes_or_refuses_it(odd: str, language: str) -> None:
    user = owner()
    RecipientField.objects.create(owner=user, key="city", label="City")
    client = logged_in(user)
    for name in (*FORMS, "message_create", "recipient_import"):
        answer = client.post(url(name), filled(name, ODD[odd]), headers={"accept-language": language})
        assert answer.status_code in (200, 302, 422), name
    assert client.get(url("recipient_list"), {"q": ODD[odd], "state": ODD[odd]}).status_code == 200
    kept = [*Recipient.objects.values_list("full_name", flat=True), *Tag.objects.values_list("name", flat=True)]
    assert not any("\n" in text or "\0" in text or len(text) > 200 for text in kept)
    assert not any(len(text) > 255 or "\0" in text for text in Message.objects.values_list("subject", flat=True))


@pytest.mark.parametrize("odd", sorted(ODD))
def test_a_sign_up_form_takes_or_refuses_it(odd: str) -> None:
    user = owner()
    RecipientField.objects.create(owner=user, key="city", label="City")
    form = OptInForm.objects.create(
        owner=user, key="k", name="Fair", consent_text="Yes", asks_name=True, fields=["city"]
    )
    typed = {"email": "ann@example.com", "full_name": ODD[odd], "own_city": ODD[odd], "agree": "on"}
    assert Client().post(url("join", form.key), typed).status_code in (200, 422)
    answer = Client().post(url("join", form.key), {**typed, "email": f"{ODD[odd]}@example.com"})
    assert answer.status_code in (200, 422)
    assert not any("\n" in name for name in Recipient.objects.values_list("full_name", flat=True))


@pytest.mark.parametrize(
    ("email", "is_taken"),
    [
        ("имя@пример.рф", True),
        ("anna@bücher.example", True),
        ("ann@example.com\r\nBcc: x@example.com", False),
        ("{{ email }}@example.com", False),
        ("a b@example.com", False),
        ("ann@exa mple.com", False),
        ("@example.com", False),
        ("ann@example.com\0", False),
    ],
    ids=["cyrillic", "idn", "header", "braces", "blank", "blank-domain", "no-local", "nul"],
)
def test_odd_addresses_sign_up_or_are_refused(email: str, is_taken: bool) -> None:
    form = OptInForm.objects.create(owner=owner(), key="k", name="Fair", consent_text="Yes")
    answer = Client().post(url("join", form.key), {"email": email, "agree": "on"})
    assert (answer.status_code, Recipient.objects.count()) == ((200, 1) if is_taken else (422, 0))
