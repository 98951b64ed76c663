"""The demo's log-ins and the customers who have an account."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from demo import ledger
from demo.content.people import CUSTOMERS, LOGINS, PASSWORD, Customer, Login


def make_logins() -> list[User]:
    """One person per role, all with the same known password; nobody where that is not allowed."""
    if not settings.DEMO_LOGINS_ALLOWED:
        return []
    password = make_password(PASSWORD)
    return [user for login in LOGINS if (user := make_login(login, password))]


def make_login(login: Login, password: str) -> User | None:
    """The person of this log-in, unless the operator has one with the same address."""
    user = ledger.find(User, login.email)
    if user is None and not User.objects.filter(email__iexact=login.email).exists():
        user = add(
            login.email,
            first_name=login.first_name,
            last_name=login.last_name,
            language=login.language,
            time_zone=login.time_zone,
            is_staff=login.superuser,
            is_superuser=login.superuser,
            password=password,
        )
        # Groups come from the apps' roles; one that no app declares is not made here.
        user.groups.set(Group.objects.filter(name=login.group))
    return user


def make_customers(*, scale: int = 1) -> dict[str, User | None]:
    """E-mail → account, or None for those who order as guests. Nobody can log in to these accounts."""
    return {
        address: make_customer(customer, address)
        for copy in range(1, scale + 1)
        for customer in CUSTOMERS
        for address in [address_of(customer, copy)]
    }


def address_of(customer: Customer, copy: int) -> str:
    name, _at, domain = customer.email.partition("@")
    return customer.email if copy == 1 else f"{name}.{copy}@{domain}"


def make_customer(customer: Customer, address: str) -> User | None:
    if not customer.member:
        return None
    if address in settings.DEMO_LOGINS:
        # A log-in that buys: a guest where log-ins may not be made.
        return ledger.find(User, address)
    user = ledger.find(User, address) or User.objects.filter(email__iexact=address).first()
    if user is None:
        first, _space, last = customer.name.partition(" ")
        user = add(
            address,
            first_name=first,
            last_name=last,
            language=customer.language,
            password=make_password(None),
            date_joined=timezone.now() - timedelta(days=95 + len(address)),
        )
    return user


def add(email: str, **fields: object) -> User:
    """Written with the hash at hand: hashing the same password for each of them takes seconds."""
    user = User.objects.create(email=email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    ledger.record(user, email)
    return user
