"""Messages and recipients in the admin."""

from typing import Any, ClassVar

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button

from campaigns import messages, recipients
from campaigns.models import Message, Recipient
from campaigns.viewsets.columns import MomentColumn
from campaigns.viewsets.filters import MessageFilterSet, RecipientFilterSet
from campaigns.viewsets.forms import AdminMessageForm, AdminRecipientForm
from campaigns.viewsets.message_previews import MessageLetterView, MessagePreviewView
from campaigns.viewsets.scoped import (
    ScopedCreateView,
    ScopedDeleteView,
    ScopedEditView,
    ScopedIndexView,
    ScopedInspectView,
    ScopedViewSet,
)

OWNER = Column("owner", label=_("Owner"), accessor="owner.email", sort_key="owner__email")


class MessageIndexView(ScopedIndexView):
    related = ("owner",)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "subject", label=_("Subject"), sort_key="subject"),
            OWNER,
            MomentColumn("updated_at", label=_("Changed"), sort_key="updated_at"),
        ]


class MessageDeleteView(ScopedDeleteView):
    def call_verb(self, instance: Any) -> None:
        messages.delete_message(message=instance)


class MessageInspectView(ScopedInspectView):
    @property
    def header_more_buttons(self) -> list[Button]:
        preview = reverse("campaign_messages:preview", args=[self.object.pk])
        return [*super().header_more_buttons, Button(_("What is sent"), url=preview, icon_name="view", priority=10)]


class MessageViewSet(ScopedViewSet):
    model = Message
    name = "campaign_messages"
    icon = "mail"
    menu_label = _("Messages")
    index_view_class = MessageIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    delete_view_class = MessageDeleteView
    inspect_view_class = MessageInspectView
    filterset_class = MessageFilterSet
    search_fields: ClassVar[list[str]] = ["subject", "body", "owner__email"]
    ordering = "-updated_at"
    inspect_view_fields: ClassVar[list[str]] = ["subject", "body", "owner", "created_at", "updated_at"]

    def get_form_class(self, for_update: bool = False) -> type:
        return AdminMessageForm

    def get_urlpatterns(self) -> list[URLPattern]:
        preview = self.construct_view(MessagePreviewView, index_url_name=self.get_url_name("index"))
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", preview, name="preview"),
            path("preview/<int:pk>/letter/", self.construct_view(MessageLetterView), name="letter"),
        ]


class RecipientIndexView(ScopedIndexView):
    related = ("owner",)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self.title_column(TitleColumn, "email", label=_("E-mail"), sort_key="email"),
            Column("full_name", label=_("Full name"), sort_key="full_name"),
            StatusTagColumn(
                "state", label=_("State"), accessor="get_state_display", sort_key="state", primary=is_mailable
            ),
            Column("consent_basis", label=_("Consent"), accessor="get_consent_basis_display"),
            OWNER,
            MomentColumn("created_at", label=_("Added"), sort_key="created_at"),
        ]


def is_mailable(recipient: Recipient) -> bool:
    return recipient.is_mailable


class RecipientDeleteView(ScopedDeleteView):
    def call_verb(self, instance: Any) -> None:
        recipients.delete_recipient(recipient=instance)


class RecipientViewSet(ScopedViewSet):
    model = Recipient
    name = "campaign_recipients"
    icon = "group"
    menu_label = _("Recipients")
    index_view_class = RecipientIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    delete_view_class = RecipientDeleteView
    filterset_class = RecipientFilterSet
    search_fields: ClassVar[list[str]] = ["email", "full_name", "comment", "owner__email"]
    ordering = "-pk"
    inspect_view_fields: ClassVar[list[str]] = [
        *("email", "full_name", "comment", "state", "consent_basis", "consent_source", "consented_at", "owner"),
        "created_at",
    ]

    def get_form_class(self, for_update: bool = False) -> type:
        return AdminRecipientForm
