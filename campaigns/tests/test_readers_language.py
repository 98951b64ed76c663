"""Recipients' pages have one address; they speak the language of who reads them."""

import pytest
from django.test import Client

from campaigns import unsubscribing
from campaigns.tests.factories import DeliveryFactory

pytestmark = pytest.mark.django_db
PAGES = [
    ("", "Unsubscribe", "Отписаться"),
    ("preferences/", "ticked", "отмечено"),
    ("report/", "Report abuse", "Пожаловаться"),
]


@pytest.mark.parametrize(("page", "english", "russian"), PAGES, ids=["unsubscribe", "preferences", "report"])
def test_the_browser_or_the_switch_says_which_language(client: Client, page: str, english: str, russian: str) -> None:
    delivery = DeliveryFactory.create()
    address = f"/u/{unsubscribing.token(delivery.pk)}/{page}"
    answer = client.get(address, headers={"accept-language": "ru-RU,ru;q=0.9"})
    words = answer.content.decode()
    assert russian in words
    assert answer.headers["Content-Language"] == "ru"
    assert f'href="{address}?language=en"' in words
    assert english in client.get(address + "?language=en", headers={"accept-language": "ru"}).content.decode()
    assert english in client.get(address + "?language=nonsense").content.decode()
