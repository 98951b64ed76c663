"""A field of an owner's own: what may be changed of it, and what hinders its end."""

import pytest
from django.core.exceptions import ValidationError

from campaigns import own_fields
from campaigns.models import Mailing, OptInForm, RecipientField
from campaigns.tests.factories import MailingFactory, MessageFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner

pytestmark = pytest.mark.django_db


def test_the_label_is_free_and_the_key_stays_with_a_sentence() -> None:
    field = own_fields.add_field(owner=owner(), key="size", label="Size")
    client = logged_in(field.owner)
    page = client.get(url("field_edit", field.pk)).content.decode()
    assert "Key and kind stay" in page
    client.post(url("field_edit", field.pk), {"label": "Shoe size", "key": "shoe_size", "kind": "date"})
    field.refresh_from_db()
    assert (field.label, field.key, field.kind) == ("Shoe size", "size", "text")
    path = f"/api/v1/recipient-fields/{field.pk}"
    refused = client.patch(path, {"label": "Other", "key": "other"}, content_type="application/json")
    assert refused.status_code == 422
    assert "Make a new field instead" in refused.content.decode()
    assert client.patch(path, {"label": "Other", "key": "size"}, content_type="application/json").status_code == 200
    with pytest.raises(ValidationError):
        own_fields.change_field(field=field, label=" ")


def test_a_message_that_is_to_go_out_keeps_the_field_and_is_named() -> None:
    user = owner()
    field = own_fields.add_field(owner=user, key="city", label="City")
    message = MessageFactory(owner=user, subject="News of {{ city|your town }}")
    mailing = MailingFactory(owner=user, message=message, status=Mailing.Status.CREATED)
    client = logged_in(user)
    page = client.get(url("field_delete", field.pk)).content.decode()
    assert "News of {{ city|your town }}” uses this field and is still to go out" in page
    assert "btn-danger" not in page
    client.post(url("field_delete", field.pk))
    assert RecipientField.objects.exists()
    mailing.status = Mailing.Status.COMPLETED
    mailing.save()
    page = client.get(url("field_delete", field.pk)).content.decode()
    assert "uses this field." in page
    assert "btn-danger" in page
    client.post(url("field_delete", field.pk))
    assert not RecipientField.objects.exists()


def test_a_sign_up_form_is_named_and_asks_no_more() -> None:
    user = owner()
    field = own_fields.add_field(owner=user, key="city", label="City")
    form = OptInForm.objects.create(owner=user, key="k", name="Fair", consent_text="yes", fields=["city"])
    client = logged_in(user)
    assert "“Fair” will not ask for it" in client.get(url("field_delete", field.pk)).content.decode()
    client.post(url("field_delete", field.pk))
    form.refresh_from_db()
    assert form.fields == []
    assert client.get(url("form_edit", form.pk)).status_code == 200
