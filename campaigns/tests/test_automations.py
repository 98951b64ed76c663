"""Series: who is enrolled, what is sent when, and what ends them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from campaigns import automations, oversight, runs
from campaigns.errors import CampaignError
from campaigns.models import Delivery, Enrolment, Mailing, Recipient, Run
from campaigns.tests.factories import MessageFactory, RecipientFactory
from campaigns.tests.series import HOUR, left_cart, reader, series, tick
from campaigns.tests.worlds import manager, owner, shop_owner
from store import carts
from store.models import Cart, Order
from store.tests.shopping import buy, variant

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def shop(settings: Any) -> User:
    # The way of payment that needs nobody's key.
    settings.DEBUG = True
    return shop_owner()


def subjects() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("run__subject", flat=True))


def test_a_cart_that_was_left_gets_one_reminder_and_another_a_day_later(shop: User) -> None:
    automation = series(shop, "cart-left", (60, {}), (1440, {}))
    reader(shop)
    left_cart(ago=timedelta(minutes=30))
    assert tick() == 0
    assert tick(HOUR) == 1
    assert tick(2 * HOUR) == 0
    assert tick(HOUR + DAY) == 1
    assert tick(3 * DAY) == 0
    assert subjects() == ["Letter 1", "Letter 2"]
    enrolment = automation.enrolments.get()
    assert enrolment.end == Enrolment.End.DONE


def test_the_message_opens_the_cart_and_names_the_goods(shop: User) -> None:
    series(shop, "cart-left")
    reader(shop)
    cart = left_cart(item=variant(price="12.50"))
    tick()
    values = Delivery.objects.get().attributes
    assert "/cart/back/" in values["cart_url"]
    assert str(cart.lines.get().variant) in values["cart_lines"]
    assert "12.50" in values["cart_total"]


@pytest.mark.parametrize(
    "change",
    [
        {"state": Recipient.State.UNSUBSCRIBED},
        {"consent_basis": Recipient.Consent.CUSTOMER},
        {"email": "somebody.else@example.com"},
    ],
)
def test_nobody_is_reminded_who_has_not_asked_for_the_newsletter(shop: User, change: dict[str, Any]) -> None:
    series(shop, "cart-left")
    reader(shop, **change)
    left_cart()
    assert tick() == 0
    assert not Enrolment.objects.exists()


def test_a_cart_that_was_left_before_last_week_is_left_alone(shop: User) -> None:
    automation = series(shop, "cart-left")
    type(automation).objects.update(looked_until=timezone.now() - 30 * DAY)
    reader(shop)
    left_cart(ago=8 * DAY)
    assert tick() == 0


def test_a_night_without_ticks_is_caught_up_once(shop: User) -> None:
    automation = series(shop, "cart-left")
    type(automation).objects.update(looked_until=timezone.now() - 10 * HOUR)
    reader(shop)
    left_cart(ago=9 * HOUR)
    assert [tick(), tick()] == [1, 0]


def test_who_buys_gets_no_further_reminder(shop: User) -> None:
    automation = series(shop, "cart-left", (60, {}), (60, {}))
    reader(shop)
    cart = left_cart()
    tick()
    buy(cart=cart)
    assert tick(2 * HOUR) == 0
    assert automation.enrolments.get().end == Enrolment.End.BOUGHT


def test_who_empties_the_cart_gets_no_reminder(shop: User) -> None:
    automation = series(shop, "cart-left", (60, {}), (60, {}))
    reader(shop)
    cart = left_cart()
    tick()
    cart.lines.all().delete()
    assert tick(2 * HOUR) == 0
    assert automation.enrolments.get().end == Enrolment.End.BOUGHT


def test_a_reminder_that_still_waits_for_a_server_is_taken_back_when_the_cart_is_bought(shop: User) -> None:
    series(shop, "cart-left")
    reader(shop)
    cart = left_cart()
    tick()
    buy(cart=cart)
    tick()
    assert Delivery.objects.get().status == Delivery.Status.SUPPRESSED
    assert Run.objects.get().suppressed == 1


def test_who_comes_back_to_the_cart_is_not_disturbed_there(shop: User) -> None:
    series(shop, "cart-left", (60, {}), (60, {}))
    reader(shop)
    cart = left_cart()
    tick()
    Cart.objects.filter(pk=cart.pk).update(updated=timezone.now() + timedelta(minutes=50))
    assert tick(HOUR + timedelta(minutes=1)) == 0
    assert tick(2 * HOUR) == 1


def test_an_account_s_cart_counts_by_the_account_s_address(shop: User) -> None:
    series(shop, "cart-left")
    person = owner(email="ann@example.com")
    reader(shop)
    cart = carts.get_or_create(user=person)
    carts.add(cart=cart, sku=variant().sku)
    Cart.objects.update(updated=timezone.now() - timedelta(minutes=65))
    assert tick() == 1


def test_an_order_that_was_paid_is_followed_and_a_refunded_one_is_not(shop: User) -> None:
    automation = series(shop, "order-paid", (60, {}), (60, {}))
    reader(shop)
    order = buy((variant(), 1))
    Order.objects.update(paid_at=timezone.now(), status="paid")
    assert tick() == 0
    assert tick(HOUR) == 1
    assert Delivery.objects.get().attributes["order_number"] == order.number
    Order.objects.update(status="refunded")
    assert tick(2 * HOUR) == 0
    assert automation.enrolments.get().end == Enrolment.End.BOUGHT


def test_a_new_subscriber_is_welcomed_and_who_was_imported_is_not() -> None:
    user = owner()
    series(user, "subscribed", (0, {}))
    reader(user, "old@example.com")
    RecipientFactory(owner=user, email="imported@example.com", consented_at=timezone.now())
    reader(user, "new@example.com", consented_at=timezone.now())
    assert tick() == 1
    assert Delivery.objects.get().email == "new@example.com"


def test_a_condition_skips_a_step_and_the_series_goes_on(shop: User) -> None:
    series(shop, "subscribed", (0, {"bought": "yes"}), (0, {"bought": "no"}))
    reader(shop, consented_at=timezone.now())
    assert tick() == 0
    assert tick() == 1
    assert subjects() == ["Letter 2"]


def test_a_condition_asks_the_rules_of_segments(shop: User) -> None:
    rules = {"match": "all", "rules": [{"field": "name", "test": "is", "value": "Bob"}]}
    series(shop, "subscribed", (0, rules))
    reader(shop, consented_at=timezone.now(), full_name="Ann")
    reader(shop, "bob@example.com", consented_at=timezone.now(), full_name="Bob")
    assert tick() == 1
    assert Delivery.objects.get().email == "bob@example.com"


def test_who_unsubscribes_leaves_the_series(shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}), (60, {}))
    reader(shop, consented_at=timezone.now())
    tick()
    Recipient.objects.update(state=Recipient.State.UNSUBSCRIBED)
    assert tick(2 * HOUR) == 0
    assert automation.enrolments.get().end == Enrolment.End.LEFT


def test_switching_off_ends_it_for_everybody_and_takes_back_what_waits(shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}), (60, {}))
    reader(shop, consented_at=timezone.now())
    tick()
    automations.switch_off(automation=automation)
    assert automation.enrolments.get().end == Enrolment.End.STOPPED
    assert Delivery.objects.get().status == Delivery.Status.SUPPRESSED
    assert tick(2 * HOUR) == 0


def test_a_manager_s_stop_holds_everything_until_it_is_lifted(shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}), (60, {}))
    reader(shop, consented_at=timezone.now())
    tick()
    boss = manager()
    oversight.stop_series(automation=automation, reason="Too loud", by=boss)
    assert tick(2 * HOUR) == 0
    assert not Run.objects.sendable().exists()  # type: ignore[attr-defined]
    oversight.release_series(automation=automation, by=boss)
    assert tick(2 * HOUR) == 1
    with pytest.raises(CampaignError):
        oversight.stop_series(automation=automation, reason="Me", by=shop)


def test_what_was_due_a_week_ago_is_not_sent_any_more(shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}), (60, {}))
    reader(shop, consented_at=timezone.now())
    tick()
    assert tick(9 * DAY) == 0
    assert automation.enrolments.get().end == Enrolment.End.STOPPED


def test_an_edited_message_takes_effect_for_later_ones(shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}))
    reader(shop, "one@example.com", consented_at=timezone.now())
    tick()
    message = automation.steps.get().message
    message.subject = "Better"
    message.save()
    reader(shop, "two@example.com", consented_at=timezone.now())
    assert tick(timedelta(minutes=1)) == 1
    assert subjects() == ["Letter 1", "Better"]
    assert Mailing.objects.count() == 1


def test_a_hidden_mailing_is_never_completed_and_its_run_opens_again(shop: User) -> None:
    series(shop, "subscribed", (0, {}))
    reader(shop, "one@example.com", consented_at=timezone.now())
    tick()
    Delivery.objects.update(status=Delivery.Status.SENT)
    runs.close_finished()
    assert Run.objects.get().status == Run.Status.COMPLETED
    assert Mailing.objects.get().status == Mailing.Status.RUNNING
    reader(shop, "two@example.com", consented_at=timezone.now())
    tick()
    assert (Run.objects.get().status, Run.objects.get().total) == (Run.Status.RUNNING, 2)


def test_steps_are_moved_and_taken_out_while_somebody_is_on_the_way(shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}), (60, {}), (60, {}))
    reader(shop, consented_at=timezone.now())
    tick()
    first, second, third = automation.steps.order_by("position")
    automations.move_step(step=third, down=False)
    automations.delete_step(step=first)
    assert [step.message.subject for step in automation.steps.all()] == ["Letter 3", "Letter 2"]
    assert tick(2 * HOUR) == 1
    automations.delete_step(step=second)
    assert tick(4 * HOUR) == 0
    assert automation.enrolments.get().end == Enrolment.End.DONE


def test_people_are_put_in_and_taken_out_by_hand(shop: User) -> None:
    automation = series(shop, "cart-left")
    ann = reader(shop)
    with pytest.raises(CampaignError, match="no cart"):
        automations.enrol(automation=automation, recipient=ann)
    left_cart(ago=30 * DAY)
    enrolment = automations.enrol(automation=automation, recipient=ann)
    with pytest.raises(CampaignError, match="already"):
        automations.enrol(automation=automation, recipient=ann)
    assert automations.stop(enrolment=enrolment)
    assert not automations.stop(enrolment=enrolment)
    assert tick(2 * HOUR) == 0


def test_what_cannot_be_switched_on_says_why(shop: User) -> None:
    empty = automations.create_automation(owner=shop, name="Empty", trigger="subscribed")
    with pytest.raises(CampaignError, match="no step"):
        automations.switch_on(automation=empty)
    hasty = series(shop, "cart-left", (5, {}), is_on=False)
    with pytest.raises(CampaignError, match="15 minutes"):
        automations.switch_on(automation=hasty)


def test_carts_and_orders_are_the_shop_s_own_business(shop: User) -> None:
    stranger = owner()
    with pytest.raises(CampaignError, match="shop"):
        automations.create_automation(owner=stranger, name="Mine", trigger="cart-left")
    automation = series(stranger, "subscribed", is_on=False)
    with pytest.raises(CampaignError, match="not in your list"):
        automations.add_step(automation=automation, message=MessageFactory(owner=shop))
    with pytest.raises(CampaignError, match="shop"):
        automations.add_step(automation=automation, message=MessageFactory(owner=stranger), condition={"bought": "no"})


def test_a_blocked_owner_s_series_rests(shop: User) -> None:
    series(shop, "subscribed", (0, {}))
    reader(shop, consented_at=timezone.now())
    User.objects.filter(pk=shop.pk).update(blocked_at=timezone.now())
    assert tick() == 0


def test_one_that_fails_does_not_hold_up_the_others(shop: User) -> None:
    automation = series(shop, "subscribed", (0, {}))
    reader(shop, "one@example.com", consented_at=timezone.now())
    other = series(shop, "subscribed", (0, {}))
    type(automation.steps.get()).objects.filter(automation=automation).update(
        condition={"rules": [{"field": "nonsense", "test": "is", "value": 1}]}
    )
    assert tick() == 1
    assert Delivery.objects.get().run.mailing.automation_step.automation == other
