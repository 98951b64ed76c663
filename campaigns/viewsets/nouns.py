"""What owners keep in their workspace, and what the machinery counts: to look at, changed there and not here."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from campaigns.models import (
    Bucket,
    ConsentWording,
    InboundReport,
    OptInForm,
    RecipientField,
    Segment,
    SenderAddress,
    Tag,
    Topic,
)
from campaigns.viewsets.columns import AnswerColumn, MomentColumn
from campaigns.viewsets.lists import OWNER
from campaigns.viewsets.scoped import JournalViewSet, ScopedIndexView


def view_of(title: str, *columns: Column, related: tuple[str, ...] = ("owner",)) -> type[ScopedIndexView]:
    """A list that begins with the field `title`."""

    class NounIndexView(ScopedIndexView):
        def get_base_queryset(self) -> QuerySet[Any]:
            return super().get_base_queryset().select_related(*related)  # type: ignore[no-any-return]

        @cached_property
        def columns(self) -> list[Column]:
            label = self.model._meta.get_field(title).verbose_name  # type: ignore[union-attr]
            return [self.title_column(TitleColumn, title, label=label, accessor=title), *columns]

    return NounIndexView


class NounViewSet(JournalViewSet):
    list_per_page = 50


class SegmentViewSet(NounViewSet):
    model = Segment
    name = "campaign_segments"
    icon = "group"
    index_view_class = view_of("name", OWNER, MomentColumn("updated_at", label=_("Changed"), sort_key="updated_at"))
    search_fields: ClassVar[list[str]] = ["name", "owner__email"]
    inspect_view_fields: ClassVar[list[str]] = ["name", "owner", "rules", "created_at", "updated_at"]


class TagViewSet(NounViewSet):
    model = Tag
    name = "campaign_tags"
    icon = "tag"
    index_view_class = view_of("name", OWNER)
    search_fields: ClassVar[list[str]] = ["name", "owner__email"]
    inspect_view_fields: ClassVar[list[str]] = ["name", "owner"]


class FieldViewSet(NounViewSet):
    model = RecipientField
    name = "campaign_fields"
    icon = "form"
    index_view_class = view_of(
        "label", Column("key", label=_("Key")), Column("kind", label=_("Kind"), accessor="get_kind_display"), OWNER
    )
    search_fields: ClassVar[list[str]] = ["label", "key", "owner__email"]
    inspect_view_fields: ClassVar[list[str]] = ["label", "key", "kind", "position", "owner"]


class TopicViewSet(NounViewSet):
    model = Topic
    name = "campaign_topics"
    icon = "list-ul"
    index_view_class = view_of("name", BooleanColumn("is_public", label=_("On the preference page")), OWNER)
    search_fields: ClassVar[list[str]] = ["name", "owner__email"]
    inspect_view_fields: ClassVar[list[str]] = ["name", "description", "is_public", "position", "owner"]


class OptInFormViewSet(NounViewSet):
    model = OptInForm
    name = "campaign_forms"
    icon = "form"
    index_view_class = view_of("name", BooleanColumn("is_open", label=_("Open")), OWNER)
    search_fields: ClassVar[list[str]] = ["name", "owner__email"]
    inspect_view_fields: ClassVar[list[str]] = [
        *("name", "owner", "heading", "introduction", "consent_text", "asks_name", "asks_tracking", "thanks"),
        *("is_open", "created_at"),
    ]


class SenderAddressViewSet(NounViewSet):
    model = SenderAddress
    name = "campaign_senders"
    icon = "mail"
    index_view_class = view_of(
        "email",
        Column("name", label=_("Name")),
        MomentColumn("verified_at", label=_("Verified"), sort_key="verified_at"),
        OWNER,
    )
    search_fields: ClassVar[list[str]] = ["email", "name", "owner__email"]
    inspect_view_fields: ClassVar[list[str]] = ["email", "name", "owner", "verified_at", "asked_at"]


class ConsentWordingViewSet(NounViewSet):
    model = ConsentWording
    name = "campaign_wordings"
    icon = "doc-full"
    index_view_class = view_of(
        "text", MomentColumn("created_at", label=_("First shown"), sort_key="created_at"), related=()
    )
    search_fields: ClassVar[list[str]] = ["text"]
    inspect_view_fields: ClassVar[list[str]] = ["text", "created_at"]


class BucketViewSet(NounViewSet):
    model = Bucket
    name = "campaign_throttles"
    icon = "time"
    views = ("index", "index_results")
    inspect_view_enabled = False
    index_view_class = view_of(
        "name", Column("tokens", label=_("Left")), MomentColumn("filled_at", label=_("Filled")), related=()
    )
    search_fields: ClassVar[list[str]] = ["name"]
    ordering = "name"


class InboundReportViewSet(NounViewSet):
    model = InboundReport
    name = "campaign_inbound"
    icon = "download"
    views = ("index", "index_results")
    inspect_view_enabled = False
    index_view_class = view_of(
        "kind",
        AnswerColumn("details", label=_("Details")),
        MomentColumn("received_at", label=_("Received"), sort_key="received_at"),
        related=(),
    )
    search_fields: ClassVar[list[str]] = ["details", "kind"]
    ordering = "-received_at"


NOUNS = (
    SegmentViewSet,
    TagViewSet,
    FieldViewSet,
    TopicViewSet,
    OptInFormViewSet,
    SenderAddressViewSet,
    ConsentWordingViewSet,
    BucketViewSet,
    InboundReportViewSet,
)
