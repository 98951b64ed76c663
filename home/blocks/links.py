"""Links that editors compose: to a page, a shelf of the shop, or an address."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from store.choosers import CategoryChooserBlock


class LabelledBlock(blocks.StructBlock):
    """Something with a label per language; an empty one means the target's own name."""

    label_en = blocks.CharBlock(label=_("label, English"), required=False, max_length=60)
    label_ru = blocks.CharBlock(label=_("label, Russian"), required=False, max_length=60)


def label_of(value: blocks.StructValue) -> str:
    """The label in the active language, else in the other one, else nothing."""
    labels = {"en": value.get("label_en") or "", "ru": value.get("label_ru") or ""}
    return labels.get((get_language() or "en")[:2], "") or labels["en"] or labels["ru"]


class PageLinkBlock(LabelledBlock):
    page = blocks.PageChooserBlock(label=_("page"))

    class Meta:
        icon = "doc-empty"
        label = _("Page")


class CategoryLinkBlock(LabelledBlock):
    category = CategoryChooserBlock(label=_("category"))

    class Meta:
        icon = "tag"
        label = _("Category")


class AddressLinkBlock(LabelledBlock):
    address = blocks.CharBlock(
        label=_("address"), max_length=255, help_text=_("A path of this site (/store/) or a full address.")
    )

    class Meta:
        icon = "link"
        label = _("Address")


class LinkStreamBlock(blocks.StreamBlock):
    """Any number of links; `departments` stands for the shop's top categories, as they are at the time."""

    departments = blocks.StaticBlock(label=_("All top categories"), icon="folder-open-inverse", admin_text="")
    page = PageLinkBlock()
    category = CategoryLinkBlock()
    address = AddressLinkBlock()

    class Meta:
        required = False


class FooterColumnBlock(LabelledBlock):
    links = LinkStreamBlock(label=_("links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
