"""Somebody to tell things. (accounts, which has the real factory, stands above.)"""

import factory
from django.contrib.auth import get_user_model


class UserFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda number: f"reader{number}@example.com")

    class Meta:
        model = get_user_model()
