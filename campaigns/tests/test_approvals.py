"""A new owner's first mailing waits for a manager, where the site asks for that."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from campaigns import approvals, mailings, pausing
from campaigns.errors import CampaignError, NotAllowed
from campaigns.models import Mailing, MailingRules, OwnerSettings
from campaigns.tests import worlds
from campaigns.tests.factories import MessageFactory, RunFactory
from notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asks() -> None:
    MailingRules.objects.create(approve_first=True)


def launched(owner: User) -> Mailing:
    return mailings.schedule_mailing(
        owner=owner, message=MessageFactory(owner=owner), recipients=None, start=timezone.now()
    )


def test_a_new_owners_mailing_waits_and_goes_when_a_manager_approves() -> None:
    owner, manager = worlds.owner(), worlds.manager()
    mailing = launched(owner)
    assert mailing.status == Mailing.Status.PAUSED
    assert "manager" in pausing.why(mailing)
    assert not Mailing.objects.due().exists()
    with pytest.raises(CampaignError, match="manager"):
        mailings.resume_mailing(mailing=mailing)
    assert list(approvals.waiting()) == [mailing]
    for _click in range(2):
        approvals.approve(owner, manager)
    mailing.refresh_from_db()
    assert (mailing.status, mailing.paused_for) == (Mailing.Status.CREATED, "")
    assert OwnerSettings.objects.get(owner=owner).approved_by == manager
    assert OutgoingMail.objects.filter(to=owner.email, kind="owner_approved").count() == 1
    assert launched(owner).status == Mailing.Status.CREATED


def test_only_managers_approve() -> None:
    owner = worlds.owner()
    with pytest.raises(NotAllowed):
        approvals.approve(owner, owner)
    assert approvals.must_wait(owner)


@pytest.mark.parametrize("who", ["superuser", "has sent", "no rule"])
def test_some_never_wait(who: str) -> None:
    owner: Any = worlds.superuser() if who == "superuser" else worlds.owner()
    if who == "has sent":
        RunFactory(mailing__owner=owner, mailing__message__owner=owner, sent=1)
    if who == "no rule":
        MailingRules.objects.update(approve_first=False)
    assert not approvals.must_wait(owner)
