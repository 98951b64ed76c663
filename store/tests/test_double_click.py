"""Ten clicks on the button that orders, in threads of their own: one order, ten redirects to it."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from store.models import Order, Stock
from store.tests.shopping import CUSTOMER, parcel, variant

CLICKS = 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the tests' SQLite lives in memory: threads share it")
def test_ten_parallel_clicks_make_one_order_and_ten_redirects_to_it() -> None:
    parcel()
    item = variant(stock=20)
    first = Client()
    first.post("/cart/add/", {"sku": "A", "quantity": "1"})
    first.post("/cart/delivery/", {"country": "LV"})
    page = first.get("/checkout/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    form = {**CUSTOMER.as_dict(), "token": token[1], "shipping_method": "post", "payment": "test"}
    start, answers = threading.Barrier(CLICKS), []

    def click() -> None:
        client = Client()
        client.cookies = first.cookies
        start.wait(30)
        answers.append(client.post("/checkout/", form))
        connection.close()

    threads = [threading.Thread(target=click) for _click in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Order.objects.count() == 1
    assert {answer.status_code for answer in answers} == {302}
    order = Order.objects.get()
    payment = order.payments.get()
    assert {answer["Location"] for answer in answers} <= {payment.url, order.get_absolute_url()}, answers
    assert Stock.objects.get(variant=item).reserved == 1
