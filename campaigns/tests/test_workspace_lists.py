"""Pages around an owner's list: segments, tags, fields, many at once, sign-up forms."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns import bulk, segment_verbs
from campaigns.models import ConsentWording, OptInForm, Recipient, RecipientField, Segment, Suppression, Tag
from campaigns.recipient_search import Search
from campaigns.tests.factories import DeliveryFactory, MailingFactory, RecipientFactory
from campaigns.tests.workspace import url
from campaigns.tests.worlds import logged_in, owner
from jobs import work as works
from jobs.models import Work, WorkState

pytestmark = pytest.mark.django_db
RULES = {"match": "all", "field": "email", "test": "contains", "value": "example.org"}


def test_a_segment_is_built_counted_saved_and_shown() -> None:
    user = owner()
    RecipientFactory(owner=user, email="ann@example.org")
    RecipientFactory(owner=user, email="bo@example.com")
    client = logged_in(user)
    page = client.post(url("segment_rules"), RULES).content.decode()
    assert "1 recipient" in page
    assert "ann@example.org" in page
    more = client.post(url("segment_rules"), {**RULES, "add": "1"}).content.decode()
    assert more.count('name="field"') == 2
    fewer = client.post(url("segment_rules"), {**RULES, "drop": "0"}).content.decode()
    assert 'name="field"' not in fewer
    assert client.post(url("segment_create"), {**RULES, "name": "Org"}).status_code == 302
    segment = Segment.objects.get()
    assert client.get(url("recipient_list"), {"segment": segment.pk}).context["count"].number == 1
    assert "example.org" in client.get(url("segment_list")).content.decode()
    assert client.get(url("segment_edit", segment.pk)).status_code == 200
    assert client.post(url("segment_create"), {**RULES, "name": "Org"}).status_code == 422
    assert client.post(url("segment_edit", segment.pk), {**RULES, "value": "", "name": "Org"}).status_code == 422


def test_a_segment_that_a_mailing_uses_stays_and_the_mailing_is_named() -> None:
    user = owner()
    rules = {"rules": [{"field": "email", "test": "contains", "value": "x"}]}
    segment = segment_verbs.save_segment(owner=user, name="X", rules=rules)
    mailing = MailingFactory(owner=user)
    mailing.excluded_segments.add(segment)
    page = logged_in(user).post(url("segment_delete", segment.pk), follow=True)
    assert mailing.message.subject in page.content.decode()
    mailing.delete()
    logged_in(user).post(url("segment_delete", segment.pk))
    assert not Segment.objects.exists()


def test_nobody_elses_segments_tags_fields_and_forms_are_found() -> None:
    mine, other = owner(), owner()
    rules = {"rules": [{"field": "email", "test": "contains", "value": "x"}]}
    rows = {
        "segment": segment_verbs.save_segment(owner=mine, name="X", rules=rules),
        "tag": Tag.objects.create(owner=mine, name="x"),
        "field": RecipientField.objects.create(owner=mine, key="x", label="X"),
        "form": OptInForm.objects.create(owner=mine, key="x", name="X", consent_text="yes"),
    }
    client = logged_in(other)
    for name, row in rows.items():
        for verb in ("edit", "delete"):
            assert client.post(url(f"{name}_{verb}", row.pk), {"name": "stolen"}).status_code == 404
    found = client.get(url("recipient_list"), {"segment": rows["segment"].pk})
    assert found.context["count"].number == 0
    assert client.get(url("recipient_list"), {"tag": rows["tag"].pk}).context["count"].number == 0


def test_the_lists_cost_the_same_queries_however_long_they_are() -> None:
    user = owner()
    client = logged_in(user)

    def queries() -> list[int]:
        counts = []
        for name in ("recipient_list", "tag_list", "field_list", "form_list"):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get(url(name))
            counts.append(len(seen))
        return counts

    def grow(number: int) -> None:
        recipient = RecipientFactory(owner=user)
        recipient.tags.add(Tag.objects.create(owner=user, name=f"t{number}"))
        RecipientField.objects.create(owner=user, key=f"f{number}", label="F")
        OptInForm.objects.create(owner=user, key=f"k{number}", name="X", consent_text="yes")

    grow(0)
    queries()
    before = queries()
    for number in range(1, 6):
        grow(number)
    assert queries() == before


def test_a_recipient_is_kept_with_all_that_is_known_and_shows_its_proof() -> None:
    user = owner()
    RecipientField.objects.create(owner=user, key="vip", label="VIP", kind="yes-no")
    client = logged_in(user)
    typed = {
        "email": "ann@example.com",
        "consent_basis": "opt-in",
        "consent_source": "fair",
        "consent_wording": "I agree.",
        "tags": "one, two",
        "own_vip": "yes",
        "time_zone": "Europe/Riga",
        "language": "lv",
    }
    assert client.post(url("recipient_create"), typed).status_code == 302
    ann = user.recipients.get()
    assert ann.attributes == {"vip": True}
    assert {tag.name for tag in ann.tags.all()} == {"one", "two"}
    assert ConsentWording.objects.get().text == "I agree."
    DeliveryFactory(recipient=ann, run__mailing__owner=user, run__subject="Spring news")
    page = client.get(url("recipient_edit", ann.pk)).content.decode()
    assert "Spring news" in page
    assert "I agree." in page
    client.post(url("recipient_edit", ann.pk), {**typed, "tags": "two", "own_vip": ""})
    ann.refresh_from_db()
    assert ann.attributes == {}
    assert [tag.name for tag in ann.tags.all()] == ["two"]
    assert client.post(url("recipient_edit", ann.pk), {**typed, "time_zone": "Nowhere"}).status_code == 422


def test_fields_are_made_moved_and_deleted_with_their_values() -> None:
    user = owner()
    client = logged_in(user)
    for key in ("city", "age"):
        client.post(url("field_list"), {"label": key, "key": key, "kind": "text"})
    assert client.post(url("field_list"), {"label": "x", "key": "email", "kind": "text"}).status_code == 422
    assert client.post(url("field_list"), {"label": "x", "key": "Bad Key", "kind": "text"}).status_code == 422
    age = RecipientField.objects.get(key="age")
    client.post(url("field_move", age.pk))
    assert [field.key for field in RecipientField.objects.all()] == ["age", "city"]
    ann = RecipientFactory(owner=user, attributes={"age": "9", "city": "Riga"})
    client.post(url("field_delete", age.pk))
    works.run(work_id=Work.objects.get().pk)
    ann.refresh_from_db()
    assert ann.attributes == {"city": "Riga"}
    rules = {"rules": [{"field": "own:city", "test": "filled"}]}
    segment_verbs.save_segment(owner=user, name="Settled", rules=rules)
    client.post(url("field_delete", RecipientField.objects.get().pk))
    assert RecipientField.objects.exists()


def test_tags_are_renamed_joined_and_deleted_unless_somebody_asks_for_them() -> None:
    user = owner()
    client = logged_in(user)
    one, two = (Tag.objects.create(owner=user, name=name) for name in ("one", "two"))
    ann = RecipientFactory(owner=user)
    ann.tags.add(one)
    rules = {"rules": [{"field": "tag", "test": "has", "value": one.pk}]}
    segment = segment_verbs.save_segment(owner=user, name="Ones", rules=rules)
    client.post(url("tag_delete", one.pk))
    assert Tag.objects.count() == 2
    assert client.post(url("tag_edit", one.pk), {"name": "two"}).status_code == 422
    client.post(url("tag_edit", one.pk), {"name": "uno"})
    client.post(url("tag_edit", one.pk), {"into": two.pk})
    segment.refresh_from_db()
    assert segment.rules["rules"][0]["value"] == two.pk
    assert [tag.name for tag in ann.tags.all()] == ["two"]
    segment.delete()
    client.post(url("tag_delete", two.pk))
    assert not Tag.objects.exists()


def test_bulk_asks_first_and_touches_only_whom_it_should() -> None:
    user, stranger = owner(), owner()
    ann, bo = RecipientFactory(owner=user), RecipientFactory(owner=user, state="unconfirmed", consent_basis="none")
    foreign = RecipientFactory(owner=stranger)
    client = logged_in(user)
    ids = [ann.pk, foreign.pk]
    page = client.post(url("recipient_bulk"), {"action": "delete", "ids": ids})
    assert "1 recipient" in page.content.decode()
    assert Recipient.objects.count() == 3
    client.post(url("recipient_bulk"), {"action": "add-tag", "ids": ids, "tag_name": "vip", "confirmed": "1"})
    assert [tag.name for tag in ann.tags.all()] == ["vip"]
    assert not foreign.tags.exists()
    everybody = {"scope": "all", "confirmed": "1"}
    client.post(url("recipient_bulk"), {**everybody, "action": "consent", "basis": "customer", "source": "orders"})
    bo.refresh_from_db()
    assert (bo.state, bo.consent_basis) == ("active", "customer")
    client.post(url("recipient_bulk"), {**everybody, "action": "unsubscribe", "q": bo.email})
    assert Suppression.objects.count() == 1
    client.post(url("recipient_bulk"), {**everybody, "action": "delete"})
    assert list(Recipient.objects.all()) == [foreign]


def test_very_many_are_changed_by_a_long_job_in_short_steps(monkeypatch: Any) -> None:
    user = owner()
    for name in ("AT_ONCE", "BATCH", "BATCH_OF_SQLITE"):
        monkeypatch.setattr(bulk, name, 2)
    for _number in range(5):
        RecipientFactory(owner=user)
    count, work = bulk.change_many(owner=user, action="add-tag", ids=None, search=Search(), options={"tag": "all"})
    assert (count, work is None) == (5, False)
    assert work
    late = RecipientFactory(owner=user)
    works.run(work_id=work.pk)
    work.refresh_from_db()
    assert (work.state, work.done) == (WorkState.DONE, 5)
    assert Recipient.objects.filter(tags__name="all").count() == 5
    assert not late.tags.exists()
    _count, work = bulk.change_many(
        owner=user, action="unsubscribe", ids=None, search=Search(state="active"), options={}
    )
    assert work
    works.run(work_id=work.pk)
    assert not Recipient.objects.filter(state="active").exists()


def test_very_many_that_were_ticked_are_changed_in_short_steps_and_nobody_elses(monkeypatch: Any) -> None:
    user = owner()
    for name in ("AT_ONCE", "BATCH", "BATCH_OF_SQLITE"):
        monkeypatch.setattr(bulk, name, 2)
    mine = [RecipientFactory(owner=user).pk for _number in range(6)]
    theirs = RecipientFactory(owner=owner())
    ticked = [mine[4], theirs.pk, *mine[:4], 10**9]
    _count, work = bulk.change_many(owner=user, action="add-tag", ids=ticked, search=Search(), options={"tag": "all"})
    assert work
    Recipient.objects.filter(pk__in=mine[2:4]).delete()
    works.run(work_id=work.pk)
    work.refresh_from_db()
    assert (work.state, work.done) == (WorkState.DONE, 3)
    assert set(Recipient.objects.filter(tags__name="all").values_list("pk", flat=True)) == {mine[0], mine[1], mine[4]}


def test_the_export_holds_tags_and_fields_in_both_formats() -> None:
    user = owner()
    RecipientField.objects.create(owner=user, key="city", label="City")
    ann = RecipientFactory(owner=user, email="ann@example.com", attributes={"city": "=cmd"})
    ann.tags.add(Tag.objects.create(owner=user, name="vip"))
    text = b"".join(logged_in(user).get(url("recipient_export"))).decode("utf-8-sig")
    assert "vip,'=cmd" in text
    assert b"".join(logged_in(user).get(url("recipient_export"), {"as": "xlsx"})).startswith(b"PK")


def test_a_sign_up_form_is_made_and_its_page_and_snippets_are_shown() -> None:
    user = owner()
    RecipientField.objects.create(owner=user, key="city", label="City")
    Tag.objects.create(owner=user, name="site")
    client = logged_in(user)
    assert client.get(url("form_create")).status_code == 200
    typed = {"name": "Footer", "consent_text": 'I "agree" <b>', "asks_name": "on", "own": ["city"], "is_open": "on"}
    assert client.post(url("form_create"), typed).status_code == 302
    form = OptInForm.objects.get()
    assert form.fields == ["city"]
    page = client.get(url("form_edit", form.pk)).content.decode()
    assert f"/newsletter/join/{form.key}/?embed=1" in page
    assert "<b>" not in page.split("snippet")[1]
    assert "City" in Client().get(f"/newsletter/join/{form.key}/").content.decode()
    client.post(url("form_delete", form.pk))
    assert not OptInForm.objects.exists()
