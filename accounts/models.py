"""Who uses the site."""

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager, Permission
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.consent_models import Consent, ConsentText
from accounts.phones import normalise_phone
from accounts.time_zones import validate_time_zone

__all__ = ["Consent", "ConsentText", "User", "normalise_email"]


class UserQuerySet(models.QuerySet["User"]):
    def blocked(self) -> "UserQuerySet":
        return self.filter(blocked_at__isnull=False)

    def allowed_in(self) -> "UserQuerySet":
        """Those who may log in: neither switched off nor blocked."""
        return self.filter(is_active=True, blocked_at=None)

    def with_right(self, permission: str, *, superusers: bool = False) -> "UserQuerySet":
        """Those who have “app.codename” by a group or by themselves."""
        app, _dot, codename = permission.partition(".")
        named = Permission.objects.filter(content_type__app_label=app, codename=codename)
        chosen = Q(groups__permissions__in=named) | Q(user_permissions__in=named)
        return self.filter(chosen | Q(is_superuser=True) if superusers else chosen).distinct()


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes users by e-mail, as Django's own manager does by user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Whoever can make superusers vouches for the address: it needs no confirmation by mail."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        apps.get_model("account", "EmailAddress").objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person with a log-in: shopper, campaign owner, manager or editor, as their groups say."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True, error_messages={"unique": _("This e-mail is already in use.")})
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    language = models.CharField(_("language"), max_length=8, default="en", choices=settings.LANGUAGES)
    blocked_at = models.DateTimeField(_("blocked at"), null=True, blank=True, editable=False)
    blocked_reason = models.CharField(_("reason for blocking"), max_length=255, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        permissions = [("block_user", "Can block and unblock people")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_ci",
                violation_error_message=_("This e-mail is already in use."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        self.email = normalise_email(self.email)
        try:
            self.phone = normalise_phone(self.phone)
        except ValidationError as error:
            raise ValidationError({"phone": error.messages}) from error

    @property
    def is_blocked(self) -> bool:
        return self.blocked_at is not None


def normalise_email(email: str) -> str:
    """The form in which addresses are stored and compared: trimmed, in lower case."""
    return email.strip().lower()
