"""What goes out: valid mail, whatever people are called and write."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from campaigns import contents, markup, merge, unsubscribing
from campaigns.delivery.compiled import compile_content
from campaigns.delivery.envelopes import refusal
from campaigns.delivery.gaps import Addressee
from campaigns.delivery.headers import address, unstructured
from campaigns.delivery.smtp import stuffed
from campaigns.errors import CampaignError
from campaigns.models import Content, Delivery, Message, Recipient, Run, SenderAddress, Suppression
from campaigns.rendering import rendered
from campaigns.tests.factories import DeliveryFactory, MailingFactory, RunFactory

pytestmark = pytest.mark.django_db


def sent(run: Run, **addressee: Any) -> EmailMessage:
    """The message as a reader's program parses it."""
    values = {"delivery": 1, "email": "jo@example.net", "full_name": "Jo"} | addressee
    return parsed(compile_content(frozen(run)).envelope(Addressee(**values)).content)


def parsed(content: bytes) -> EmailMessage:
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def frozen(run: Run) -> Content:
    return contents.freeze(run=run, message=run.mailing.message)


def text_of(message: EmailMessage, subtype: str = "plain") -> str:
    part = message.get_body((subtype,))
    assert part is not None
    return str(part.get_content())


def test_a_verified_sender_of_the_mailing_stands_in_from() -> None:
    run = RunFactory(mailing__owner__first_name="Ann", mailing__owner__last_name="Owner")
    fields = {"owner": run.mailing.owner, "email": "news@firm.example", "name": "Firm"}
    run.mailing.sender = SenderAddress.objects.create(**fields, verified_at=timezone.now())
    run.mailing.save()
    message = sent(run)
    assert message["From"] == "Firm <news@firm.example>"
    assert message["Reply-To"] == "Ann Owner <news@firm.example>"
    assert message["Message-ID"].endswith("@firm.example>")


def test_the_headers_that_a_bulk_sender_owes_are_there(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Витрина <shop@пример.test>"
    run = RunFactory(mailing__owner__first_name="Ann", mailing__owner__last_name="Owner")
    message = sent(run)
    assert message["From"] == "Ann Owner <shop@xn--e1afmkfd.test>"
    assert message["Reply-To"] == f"Ann Owner <{run.mailing.owner.email}>"
    assert message["To"] == "Jo <jo@example.net>"
    assert message["Subject"] == "News of the week"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"] == f"<{unsubscribing.url(1)}>"
    assert message["List-ID"] == f"<{run.mailing_id}.mailings.xn--e1afmkfd.test>"
    assert message["Date"]
    assert message.get_content_type() == "multipart/alternative"


def test_the_message_id_is_a_function_of_the_delivery() -> None:
    run = RunFactory()
    assert sent(run)["Message-ID"] == sent(run)["Message-ID"]
    assert sent(run)["Message-ID"] != sent(run, delivery=2)["Message-ID"]


def test_fields_are_filled_in_subject_text_and_html() -> None:
    run = RunFactory(
        mailing__message__subject="For {{ full_name|you }}",
        mailing__message__body="<p>Dear {{full_name|reader}} of {{ email }}</p>",
    )
    message = sent(run, full_name="Анна & Ко <b>")
    assert message["Subject"] == "For Анна & Ко <b>"
    assert "Dear Анна & Ко <b> of jo@example.net" in text_of(message)
    assert "Dear Анна &amp; Ко &lt;b&gt; of jo@example.net" in text_of(message, "html")
    nameless = sent(run, full_name="  ")
    assert (nameless["Subject"], nameless["To"]) == ("For you", "jo@example.net")
    assert "Dear reader of" in text_of(nameless)


def test_a_value_is_not_looked_at_for_fields() -> None:
    message = sent(RunFactory(mailing__message__body="Hello {{ full_name }}"), full_name="{{ email }} {{ full_name }}")
    assert "Hello {{ email }} {{ full_name }}" in text_of(message)


def test_nobody_begins_a_header_of_their_own() -> None:
    evil = "Jo\r\nBcc: all@example.net\r\n\r\nBody\x00\x85\u2028"
    message = sent(
        RunFactory(mailing__message__subject="Hi {{ full_name }}\r\nX-Evil: 1", mailing__message__body="x"),
        full_name=evil,
    )
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert message["Subject"] == "Hi Jo Bcc: all@example.net Body X-Evil: 1"


@pytest.mark.parametrize("name", ["😀 Zoë", 'Quote " and \\ back', "a, b <c@d.example>", "=?utf-8?q?fake?=", "И" * 200])
def test_names_arrive_as_they_are(name: str) -> None:
    message = sent(RunFactory(), full_name=name)
    (to,) = message["To"].addresses
    # Python 3.11 shows a space where two encoded words meet in a name (RFC 2047 6.2 says that there is none).
    assert (to.display_name.replace("И И", "ИИ"), to.addr_spec) == (name, "jo@example.net")


def test_a_very_long_subject_is_folded() -> None:
    subject = "Слово " * 40
    assert max(map(len, unstructured(subject * 40).split("\r\n"))) <= 77
    assert sent(RunFactory(mailing__message__subject=subject))["Subject"] == subject.strip()


def test_lines_that_begin_with_a_dot_survive_the_wire() -> None:
    assert stuffed(b".\r\n.a\r\nb") == b"..\r\n..a\r\nb\r\n.\r\n"
    assert ".\n.hidden" in text_of(sent(RunFactory(mailing__message__body=".\n.hidden"))).replace("\r\n", "\n")


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(name=st.text(max_size=80), body=st.text(max_size=300))
def test_any_text_makes_a_message_that_parses(name: str, body: str) -> None:
    run = Run(pk=1, mailing=MailingFactory.build(pk=1, owner__pk=1))
    words = rendered(Message(owner=run.mailing.owner, subject=name, body=body + "{{ full_name }}"))
    content = Content(pk=1, run=run, subject=words.subject, html=words.html, text=words.text)
    message = parsed(compile_content(content).envelope(Addressee(1, "jo@example.net", name)).content)
    assert set(message.keys()) >= {"To", "Subject", "From", "Message-ID", "List-Unsubscribe"}
    assert message["Bcc"] is None
    assert len(message.keys()) == 12
    assert address(name, "a@b.example").count("<a@b.example>") <= 1


def test_the_footer_is_left_out_where_the_words_bring_their_own_way_out() -> None:
    assert unsubscribing.url(1) in text_of(sent(RunFactory(mailing__message__body="Hello")))
    own = text_of(sent(RunFactory(mailing__message__body="Hello. Enough? {{ unsubscribe_url }}")))
    assert f"{unsubscribing.url(1)}\r\n" in own
    assert "Unsubscribe" not in own
    assert "To receive no more" not in own


def test_the_footer_speaks_the_owners_language() -> None:
    run = RunFactory(mailing__owner__language="ru")
    assert 'lang="ru"' in text_of(sent(run), "html")


def test_scripts_and_the_like_fall_out() -> None:
    dirty = (
        '<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x()">a</a><img src=x onerror=y><b>bold</p>'
    )
    assert markup.to_html(dirty) == "<p>Hi <a>a</a><img><b>bold</b></p>"
    assert markup.to_html("1 < 2 & https://example.net/a") == (
        '<p>1 &lt; 2 &amp; <a href="https://example.net/a">https://example.net/a</a></p>'
    )
    assert markup.to_text('<h1>Sale</h1><p>See <a href="https://e.example/">here</a></p>') == (
        "Sale\n\nSee here (https://e.example/)"
    )


def test_fields_that_do_not_exist_are_named() -> None:
    text = "{{ full_name }} {{email|you there}} {{ settings.SECRET_KEY }} {{ password }} {{ x|y }} {{}}"
    assert merge.unknown_fields(text) == ["settings.SECRET_KEY", "password", "x|y", ""]
    assert "{ { password }}" in text_of(sent(RunFactory(mailing__message__body="{{ password }}")))


def test_addresses_that_could_end_the_line_are_refused() -> None:
    for email in ("a@b.example>\r\nDATA", "a b@c.example", "a@b@c.example", "<a@b.example>", "", "a@", '"a"@b.example'):
        envelope = compile_content(frozen(RunFactory())).envelope(Addressee(1, email, ""))
        assert refusal(envelope, takes_any_script=True) is not None


def test_the_token_says_which_delivery_and_cannot_be_made_up() -> None:
    delivery = DeliveryFactory()
    token = unsubscribing.token(delivery.pk)
    assert unsubscribing.delivery_of(token) == delivery
    for wrong in (token[:-2], "B" + token[1:], unsubscribing.token(delivery.pk + 1), "", "é", "a" * 5000):
        with pytest.raises(CampaignError):
            unsubscribing.delivery_of(wrong)


def test_the_token_survives_a_new_secret_key(settings: Any) -> None:
    delivery = DeliveryFactory()
    token = unsubscribing.token(delivery.pk)
    settings.SECRET_KEY = "another"
    assert unsubscribing.delivery_of(token) == delivery


def test_unsubscribing_twice_is_the_same_as_once() -> None:
    delivery = DeliveryFactory()
    for _time in range(2):
        unsubscribing.unsubscribe(token=unsubscribing.token(delivery.pk))
    assert Recipient.objects.get().state == Recipient.State.UNSUBSCRIBED
    assert Suppression.objects.count() == 1


def test_unsubscribing_holds_when_the_recipient_was_deleted_and_comes_back() -> None:
    delivery = DeliveryFactory()
    owner, email = delivery.run.mailing.owner, delivery.email
    delivery.recipient.delete()
    unsubscribing.unsubscribe(token=unsubscribing.token(delivery.pk))
    again = Recipient.objects.create(owner=owner, email=email.upper(), state="active", consent_basis="opt-in")
    assert Suppression.objects.get().email_hash == again.email_hash
    assert Delivery.objects.get().recipient is None


@pytest.mark.parametrize("start", ["{{ full_name }}", "{{full_name|javascript:alert(1)}}", "{{ email }}", "{{ x }}"])
def test_no_merge_field_makes_an_address_into_a_script(start: str) -> None:
    assert markup.to_html(f'<p><a href="{start}">a</a></p>') == "<p><a>a</a></p>"
    assert "href" in markup.to_html('<p><a href="{{ unsubscribe_url }}">leave</a></p>')
    assert "href" in markup.to_html(f'<p><a href="https://e.example/?n={start}">a</a></p>')
