"""What a message of blocks is made of. Goods and posts are looked up when the message is frozen."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from store.choosers import ProductChooserBlock

MOST_SHOWN = 6


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(label=_("words for those who do not see it"), required=False, max_length=200)
    url = blocks.URLBlock(label=_("leads to"), required=False, max_length=1000)


class ButtonBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("label"), max_length=60)
    url = blocks.URLBlock(label=_("leads to"), max_length=1000)


class ColumnsBlock(blocks.StructBlock):
    left = blocks.TextBlock(label=_("left"), max_length=5000)
    right = blocks.TextBlock(label=_("right"), max_length=5000)


class ProductsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    products = blocks.ListBlock(ProductChooserBlock(), label=_("products"), max_num=MOST_SHOWN)


class RecommendationsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    source = blocks.ChoiceBlock(
        label=_("which ones"), choices=[("popular", _("Most popular")), ("newest", _("Newest"))], default="popular"
    )
    count = blocks.IntegerBlock(label=_("how many"), min_value=1, max_value=MOST_SHOWN, default=4)


class CouponBlock(blocks.StructBlock):
    code = blocks.CharBlock(label=_("code"), max_length=40)
    text = blocks.CharBlock(label=_("text"), required=False, max_length=200)


class CartBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    label = blocks.CharBlock(label=_("label of the button"), max_length=60)


class PostsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), required=False, max_length=120)
    count = blocks.IntegerBlock(label=_("how many"), min_value=1, max_value=MOST_SHOWN, default=3)


class MessageBlocks(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=160, icon="title")
    text = blocks.TextBlock(label=_("Text"), max_length=20_000, icon="pilcrow")
    image = PictureBlock(label=_("Picture"), icon="image")
    button = ButtonBlock(label=_("Button"), icon="link")
    columns = ColumnsBlock(label=_("Two columns"), icon="grip")
    divider = blocks.StaticBlock(label=_("Divider"), icon="minus")
    product = ProductChooserBlock(label=_("Product"), icon="tag")
    products = ProductsBlock(label=_("Products"), icon="tag")
    recommendations = RecommendationsBlock(label=_("Recommendations"), icon="pick")
    coupon = CouponBlock(label=_("Coupon"), icon="tag")
    cart = CartBlock(label=_("Cart of the reader"), icon="list-ul")
    posts = PostsBlock(label=_("Latest posts"), icon="doc-full")

    class Meta:
        required = False


def texts_in(value: Any) -> Iterator[str]:
    """Every text in stored blocks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from texts_in(part)
