"""What people say about themselves."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import transaction
from wagtail.users.models import UserProfile

from accounts.models import User

PROFILE_FIELDS = ("first_name", "last_name", "phone", "time_zone", "language")


def update_profile(*, user: User, changes: Mapping[str, str]) -> User:
    """Store the given fields of PROFILE_FIELDS. Raises ValidationError by field; then nothing is stored."""
    unknown = set(changes) - set(PROFILE_FIELDS)
    if unknown:
        raise TypeError(f"not part of a profile: {unknown}")
    for name, value in changes.items():
        try:
            ProhibitNullCharactersValidator()(value)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
        setattr(user, name, value.strip())
    others = {field.name for field in User._meta.fields} - set(PROFILE_FIELDS)
    user.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
    with transaction.atomic():
        user.save(update_fields=list(changes))
        if "language" in changes:
            tell_admin(user)
    return user


def tell_admin(user: User) -> None:
    """Wagtail keeps its own language of each person; left alone, it goes by the browser's."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": user.language})
