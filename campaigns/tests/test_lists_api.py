"""Segments, tags, own fields, sign-up forms and imports through the API."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from campaigns.models import Recipient, RecipientField, Segment, Tag
from campaigns.tests.factories import MailingFactory, RecipientFactory
from campaigns.tests.worlds import logged_in, manager, owner
from jobs import work as works
from jobs.models import Work

pytestmark = pytest.mark.django_db
RIGA: dict[str, Any] = {"match": "all", "rules": [{"field": "own:city", "test": "is", "value": "Riga"}]}


@pytest.fixture
def user() -> User:
    return owner()


@pytest.fixture
def client(user: User) -> Client:
    return logged_in(user)


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return getattr(client, method)(f"/api/v1{path}", body or {}, content_type="application/json")


def get(client: Client, path: str) -> Any:
    return client.get(f"/api/v1{path}")


@pytest.fixture
def city(user: User) -> RecipientField:
    return RecipientField.objects.create(owner=user, key="city", label="City", kind="text")


@pytest.fixture
def ann(client: Client, city: RecipientField) -> Any:
    body = {
        "email": "ann@example.com",
        "consent": {"basis": "opt-in", "source": "fair", "wording": "Write to me."},
        "time_zone": "Europe/Riga",
        "language": "lv",
        "attributes": {"city": "Riga"},
        "tags": ["VIP", "Fair"],
    }
    response = send(client, "post", "/recipients", body)
    assert response.status_code == 201, response.json()
    return response.json()


def test_a_recipient_has_tags_fields_a_zone_and_the_words_agreed_to(client: Client, ann: Any) -> None:
    path = f"/recipients/{ann['id']}"
    said = get(client, path).json()
    assert (said["time_zone"], said["language"], said["attributes"]) == ("Europe/Riga", "lv", {"city": "Riga"})
    assert (sorted(said["tags"]), said["consent"]["wording"]) == (["Fair", "VIP"], "Write to me.")
    assert said["consent"]["at"]
    changed = send(client, "patch", path, {"full_name": "Ann", "consent": {"basis": "opt-in"}}).json()
    assert (sorted(changed["tags"]), changed["consent"]["wording"]) == (["Fair", "VIP"], "Write to me.")
    changed = send(client, "patch", path, {"tags": ["VIP"], "attributes": {"city": None}, "language": ""}).json()
    assert (changed["tags"], changed["attributes"], changed["language"]) == (["VIP"], {}, "")
    assert Recipient.objects.get().attributes == {}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"time_zone": "Mars/Olympus"},
        {"attributes": {"unknown": "x"}},
        {"attributes": {"city": {"a": 1}}},
        {"attributes": {"city": "x\0"}},
        {"tags": ["x" * 61]},
        {"language": "far too long"},
        {"consent": {"basis": "opt-in", "wording": "x" * 2001}},
    ],
)
def test_nonsense_about_a_recipient_is_refused(client: Client, ann: Any, nonsense: Any) -> None:
    assert send(client, "patch", f"/recipients/{ann['id']}", nonsense).status_code == 422
    assert send(client, "post", "/recipients", {"email": "b@example.com"} | nonsense).status_code == 422


def test_the_list_is_narrowed_by_tag_segment_and_state(client: Client, user: User, ann: Any) -> None:
    RecipientFactory(owner=user)
    tag = Tag.objects.get(name="VIP")
    segment = Segment.objects.create(owner=user, name="Riga", rules=RIGA)
    for narrowed in (f"tag={tag.pk}", f"segment={segment.pk}", f"segment={segment.pk}&tag={tag.pk}&state=active&q=ann"):
        assert [row["id"] for row in get(client, f"/recipients?{narrowed}").json()["items"]] == [ann["id"]], narrowed
    assert get(client, f"/recipients?segment={segment.pk}&state=bounced").json()["items"] == []
    stranger = logged_in(owner())
    assert get(stranger, f"/recipients?tag={tag.pk}").status_code == 404
    assert get(stranger, f"/recipients?segment={segment.pk}").status_code == 404
    assert get(client, "/recipients?tag=99999999999999999999").status_code == 422


def test_lists_cost_the_same_however_long(client: Client, user: User, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        tag = Tag.objects.create(owner=user, name=f"t{number}")
        RecipientFactory(owner=user).tags.add(tag)
        send(client, "post", "/sign-up-forms", {"name": "f", "consent_text": "Yes", "tags": [tag.pk]})
    for path in ("/recipients", "/tags", "/sign-up-forms"):
        with django_assert_max_num_queries(9):
            assert len(get(client, path).json()["items"]) == 12


def test_a_segment_is_made_counted_read_changed_and_deleted(client: Client, user: User, ann: Any) -> None:
    RecipientFactory(owner=user)
    assert send(client, "post", "/segments/count", {"rules": RIGA}).json() == {"recipients": 1, "mailable": 1}
    assert not Segment.objects.exists()
    made = send(client, "post", "/segments", {"name": "Riga", "rules": RIGA})
    path = f"/segments/{made.json()['id']}"
    assert (made.status_code, get(client, path).json()["rules"]) == (201, RIGA)
    assert get(client, f"{path}/count").json() == {"recipients": 1, "mailable": 1}
    assert [row["email"] for row in get(client, f"{path}/recipients").json()["items"]] == ["ann@example.com"]
    assert send(client, "post", "/segments", {"name": "Riga", "rules": RIGA}).status_code == 422
    assert send(client, "patch", path, {"name": "Rigans"}).json()["name"] == "Rigans"
    assert [row["name"] for row in get(client, "/segments").json()["items"]] == ["Rigans"]
    mailing = MailingFactory(owner=user)
    mailing.segments.add(Segment.objects.get())
    assert send(client, "delete", path).status_code == 409
    mailing.segments.clear()
    assert send(client, "delete", path).status_code == 204


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"rules": []},
        {"rules": "all"},
        {"match": "some", "rules": RIGA["rules"]},
        {"rules": [{"field": "own:nothing", "test": "is", "value": "x"}]},
        {"rules": [{"field": "tag", "test": "has", "value": 99999}]},
        {"rules": [{"field": "email", "test": "is", "value": {"a": 1}}]},
    ],
)
def test_rules_that_make_no_sense_are_refused(client: Client, rules: Any) -> None:
    for path, body in (("/segments", {"name": "x", "rules": rules}), ("/segments/count", {"rules": rules})):
        answer = send(client, "post", path, body)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_tags_are_made_renamed_joined_and_deleted(client: Client, ann: Any) -> None:
    made = send(client, "post", "/tags", {"name": "Best"}).json()
    path = f"/tags/{made['id']}"
    assert send(client, "post", "/tags", {"name": " Best "}).status_code == 422
    assert send(client, "patch", path, {"name": "Very best"}).json()["name"] == "Very best"
    vip = Tag.objects.get(name="VIP")
    assert send(client, "post", f"/tags/{vip.pk}/merge", {"into": made["id"]}).json()["id"] == made["id"]
    assert get(client, path).json() == {"id": made["id"], "name": "Very best", "recipients": 1}
    rules = {"rules": [{"field": "tag", "test": "has", "value": made["id"]}]}
    segment = send(client, "post", "/segments", {"name": "Best", "rules": rules}).json()
    assert send(client, "delete", path).status_code == 409
    send(client, "delete", f"/segments/{segment['id']}")
    assert send(client, "delete", path).status_code == 204
    assert [row["name"] for row in get(client, "/tags").json()["items"]] == ["Fair"]


def test_fields_are_made_changed_and_deleted(client: Client) -> None:
    made = send(client, "post", "/recipient-fields", {"key": "size", "label": "Size", "kind": "number"})
    assert made.status_code == 201
    path = f"/recipient-fields/{made.json()['id']}"
    for wrong in ({"key": "size", "label": "Again"}, {"key": "Ü", "label": "x"}, {"key": "email", "label": "x"}):
        assert send(client, "post", "/recipient-fields", wrong).status_code == 422, wrong
    assert send(client, "patch", path, {"label": "Shoe size"}).json()["label"] == "Shoe size"
    assert get(client, path).json()["key"] == "size"
    rules = {"rules": [{"field": "own:size", "test": "filled"}]}
    segment = send(client, "post", "/segments", {"name": "Sized", "rules": rules}).json()
    assert send(client, "delete", path).status_code == 409
    send(client, "delete", f"/segments/{segment['id']}")
    assert send(client, "delete", path).status_code == 204
    assert get(client, "/recipient-fields").json()["items"] == []


def test_a_sign_up_form_is_made_changed_and_deleted(client: Client, city: RecipientField) -> None:
    tag = send(client, "post", "/tags", {"name": "Joined"}).json()["id"]
    body = {"name": "Fair", "consent_text": "Write to me.", "fields": ["city"], "tags": [tag]}
    made = send(client, "post", "/sign-up-forms", body)
    assert made.status_code == 201, made.json()
    form = made.json()
    assert (form["fields"], form["tags"], form["is_open"]) == (["city"], [tag], True)
    assert form["url"] in form["frame"] and "<form" in form["html"]
    path = f"/sign-up-forms/{form['id']}"
    changed = send(client, "patch", path, {"heading": "Hello", "is_open": False}).json()
    assert (changed["heading"], changed["is_open"], changed["tags"]) == ("Hello", False, [tag])
    assert send(client, "patch", path, {"consent_text": ""}).status_code == 422
    foreign = Tag.objects.create(owner=owner(), name="Not yours")
    assert send(client, "patch", path, {"tags": [foreign.pk]}).status_code == 422
    assert send(client, "delete", path).status_code == 204


def upload(client: Client, text: str, **options: Any) -> Any:
    file = SimpleUploadedFile("people.csv", text.encode())
    return client.post("/api/v1/recipient-imports", {"file": file, "consent_basis": "opt-in"} | options)


def test_a_file_is_taken_in_and_refused_rows_say_why(client: Client, user: User, city: RecipientField) -> None:
    started = upload(client, "email,city,name\nann@example.com,Riga,Ann\nnonsense,Riga,Bob\n", tags=["Fair", "New"])
    assert started.status_code == 202, started.json()
    path = f"/recipient-imports/{started.json()['id']}"
    assert get(client, path).json()["status"] == "waiting"
    works.run(work_id=started.json()["id"])
    said = get(client, path).json()
    assert (said["status"], said["done"], said["total"], said["refused"]) == ("done", 2, 2, 1)
    assert said["counts"]["added"] == 1
    refused = get(client, f"{path}/refused").json()["items"]
    assert [(row["line"], row["email"]) for row in refused] == [(3, "nonsense")]
    assert refused[0]["reason"]
    person = user.recipients.get()
    assert person.attributes == {"city": "Riga"}
    assert sorted(person.tags.values_list("name", flat=True)) == ["Fair", "New"]
    assert [row["id"] for row in get(client, "/recipient-imports").json()["items"]] == [said["id"]]
    assert send(client, "post", f"{path}/cancel").status_code == 409


def test_columns_can_be_said_and_nonsense_is_refused(client: Client, user: User) -> None:
    text = "a;b\nRiga;ann@example.com\n"
    started = upload(client, text, columns=["new:text", "email"], has_heading="true")
    assert started.status_code == 202, started.json()
    works.run(work_id=started.json()["id"])
    assert user.recipients.get().attributes == {"a": "Riga"}
    for wrong in ({"columns": ["nothing", "email"]}, {"columns": ["", "", "email"]}, {"consent_basis": "rumour"}):
        assert upload(client, text, **wrong).status_code == 422, wrong
    assert upload(client, "").status_code == 422
    assert send(client, "post", "/recipient-imports").status_code == 422


def test_others_find_nothing_and_managers_only_look(client: Client, user: User, ann: Any) -> None:
    segment = send(client, "post", "/segments", {"name": "Riga", "rules": RIGA}).json()["id"]
    form = send(client, "post", "/sign-up-forms", {"name": "x", "consent_text": "Yes"}).json()["id"]
    field, tag = RecipientField.objects.get().pk, Tag.objects.get(name="VIP").pk
    work = upload(client, "email\nb@example.com\n").json()["id"]
    own = [f"/segments/{segment}", f"/sign-up-forms/{form}", f"/recipient-fields/{field}", f"/tags/{tag}"]
    body = {"name": "Stolen", "label": "Stolen"}
    stranger, boss = logged_in(owner()), logged_in(manager())
    for path in own:
        assert get(stranger, path).status_code == 404, path
        assert send(stranger, "patch", path, body).status_code == 404, path
        assert send(stranger, "delete", path).status_code == 404, path
        assert get(stranger, path.rpartition("/")[0]).json()["items"] == [], path
        assert get(boss, path).status_code == 200, path
        assert send(boss, "delete", path).status_code == 403, path
    for path in (f"/segments/{segment}/recipients", f"/segments/{segment}/count", f"/recipient-imports/{work}"):
        assert get(stranger, path).status_code == 404, path
    assert get(stranger, f"/recipient-imports/{work}/refused").status_code == 404
    assert send(stranger, "post", f"/recipient-imports/{work}/cancel").status_code == 404
    assert send(client, "post", f"/recipient-imports/{work}/cancel").json()["status"] == "cancelled"
    assert Work.objects.get().owner == user
