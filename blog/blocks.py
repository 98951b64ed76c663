"""What a post, or any page of text, is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from store.blocks.goods import CategoryShelfBlock, ProductsBlock


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("text"), rows=3)
    source = blocks.CharBlock(label=_("who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class ProseBlock(blocks.StreamBlock):
    """Headings, paragraphs, pictures, quotes and goods of the shop. Nothing from other sites is embedded."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=160, icon="title", template="blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
        features=[
            "h3",
            "bold",
            "italic",
            "ol",
            "ul",
            "link",
            "product-link",
            "category-link",
            "document-link",
            "hr",
        ],
    )
    image = PictureBlock()
    quote = QuoteBlock()
    products = ProductsBlock()
    shelf = CategoryShelfBlock()

    class Meta:
        required = False
