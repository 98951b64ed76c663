"""Reports through the API."""

from typing import Any

import pytest
from django.core.cache import caches

from campaigns.models import Run
from campaigns.tests.test_reports import run  # noqa: F401
from campaigns.tests.worlds import logged_in, manager, owner, person

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    caches["local"].clear()


def paths(run: Run) -> list[str]:  # noqa: F811
    mailing = f"/mailings/{run.mailing_id}"
    delivery = run.deliveries.order_by("pk").first()
    assert delivery
    return [
        *(f"{mailing}/{name}" for name in ("runs", "statistics", "links", "orders")),
        f"{mailing}/statistics?run={run.pk}",
        f"/deliveries/{delivery.pk}",
        f"/deliveries?mailing={run.mailing_id}&event=clicked",
    ]


def test_a_report_is_read_in_few_queries(run: Run, django_assert_max_num_queries: Any) -> None:  # noqa: F811
    client = logged_in(run.mailing.owner)
    assert client.get(f"{API}/statistics").status_code == 200
    with django_assert_max_num_queries(25):
        found = client.get(f"{API}/mailings/{run.mailing_id}/statistics").json()
    assert (found["sent"], found["consented"], found["opened"], found["clicked"]) == (6, 4, 2, 1)
    assert {**found["revenue"], "orders": 1} == {**found["revenue"], "currency": "EUR"}
    assert [float(found["revenue"][name]) for name in ("paid", "refunded", "kept")] == [50, 20, 30]
    assert [row["is_winner"] for row in found["rivals"]] == [False, True]
    assert found["domains"][0]["domain"] == "mail.example"
    assert found["first_hours"][0] == {"hours": "0–2", "opened": 1, "clicked": 0}


def test_links_runs_orders_and_totals(run: Run) -> None:  # noqa: F811
    client = logged_in(run.mailing.owner)
    mailing = f"{API}/mailings/{run.mailing_id}"
    assert client.get(f"{mailing}/links").json()[0] == {
        "url": "https://elsewhere.example/same",
        "people": 1,
        "clicks": 1,
        "by_machines": 1,
    }
    assert [(row["id"], row["opened"]) for row in client.get(f"{mailing}/runs").json()["items"]] == [(run.pk, 2)]
    order = client.get(f"{mailing}/orders").json()["items"][0]
    assert (order["run"], float(order["amount"]), float(order["refunded"])) == (run.pk, 50, 20)
    totals = client.get(f"{API}/statistics?days=90").json()
    assert (totals["sent"], totals["mailings"][0]["mailing"]) == (6, run.mailing_id)
    assert client.get(f"{API}/statistics?days=31").status_code == 422


def test_deliveries_are_filtered_and_tell_what_came_afterwards(run: Run) -> None:  # noqa: F811
    client = logged_in(run.mailing.owner)
    found = client.get(f"{API}/deliveries?mailing={run.mailing_id}&run={run.pk}&event=clicked").json()["items"]
    assert [row["email"] for row in found] == ["reader1@mail.example"]
    assert [(row["kind"], row["link"]) for row in found[0]["events"]] == [
        ("opened", None),
        ("clicked", "https://elsewhere.example/same"),
    ]
    assert client.get(f"{API}/deliveries/{found[0]['id']}").json() == found[0]
    assert client.get(f"{API}/deliveries?mailing={run.mailing_id}&q=READER3").json()["items"][0]["status"] == "sent"
    assert client.get(f"{API}/deliveries?mailing={run.mailing_id}&run=999999").json()["items"] == []


def test_others_see_none_of_it_and_managers_all(run: Run) -> None:  # noqa: F811
    for path in paths(run):
        assert logged_in(owner()).get(API + path).status_code == 404, path
        assert logged_in(person()).get(API + path).status_code == 403, path
        assert logged_in(manager()).get(API + path).status_code == 200, path
