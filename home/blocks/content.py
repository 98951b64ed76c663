"""What the front page is made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from blog.blocks import ProseBlock
from store.choosers import CategoryChooserBlock


class SlideBlock(blocks.StructBlock):
    """One of the large pictures at the top."""

    image = ImageChooserBlock(label=_("picture"), help_text=_("Wide; what matters stands on its right half."))
    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.TextBlock(label=_("text"), required=False, max_length=200, rows=2)
    button = blocks.CharBlock(label=_("button"), required=False, max_length=30)
    page = blocks.PageChooserBlock(label=_("button leads to this page"), required=False)
    address = blocks.CharBlock(
        label=_("or to this address"), required=False, max_length=255, help_text=_("For example /store/")
    )

    class Meta:
        icon = "image"
        label = _("Slide")
        template = "blocks/slide.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page = value.get("page")
        context["url"] = page.localized.url if page else value.get("address")
        return context


class CategoryTilesBlock(blocks.StructBlock):
    """Ways into the shop, each with its picture."""

    title = blocks.CharBlock(label=_("title"), required=False, max_length=80)
    categories = blocks.ListBlock(CategoryChooserBlock(), label=_("categories"), max_num=6)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Categories")
        template = "blocks/category_tiles.html"
        is_wide = True


class PromiseBlock(blocks.StructBlock):
    icon_name = blocks.ChoiceBlock(
        label=_("icon"),
        choices=[
            ("truck", _("Lorry")),
            ("return", _("Return")),
            ("lock", pgettext_lazy("icon", "Lock")),
            ("star", _("Star")),
            ("mail", _("Letter")),
            ("package", _("Parcel")),
        ],
        default="truck",
    )
    title = blocks.CharBlock(label=_("title"), max_length=60)
    text = blocks.CharBlock(label=_("text"), required=False, max_length=160)


class PromisesBlock(blocks.StructBlock):
    """Three or four reasons to buy here, in one row."""

    promises = blocks.ListBlock(PromiseBlock(), label=_("promises"), min_num=2, max_num=4)

    class Meta:
        icon = "pick"
        label = _("Promises")
        template = "blocks/promises.html"
        is_wide = True


class FrontBlock(ProseBlock):
    """Text, and what only the front page shows."""

    categories = CategoryTilesBlock()
    promises = PromisesBlock()
