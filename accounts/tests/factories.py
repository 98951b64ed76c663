"""People for tests."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import User

PASSWORD = "correct-horse-battery"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address and PASSWORD; `groups=["Managers"]` puts them into groups."""

    email = factory.Sequence(lambda number: f"person{number}@example.com")
    first_name = "Ada"
    last_name = factory.Sequence(lambda number: f"Number{number}")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def confirmed(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    @factory.post_generation
    def groups(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        for name in extracted or ():
            self.groups.add(Group.objects.get(name=name))


class SuperuserFactory(UserFactory):
    is_staff = True
    is_superuser = True
