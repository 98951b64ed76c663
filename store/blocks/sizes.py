"""What a size guide is made of. No models here: the category's own model is built of it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import DEFAULT_TABLE_OPTIONS, TableBlock
from wagtail.images.blocks import ImageBlock

# Sheets of sizes are written elsewhere and pasted: the height fits the usual six rows.
TABLE = DEFAULT_TABLE_OPTIONS | {"startRows": 5, "startCols": 4, "height": 180}


class SizeGuideBlock(blocks.StreamBlock):
    """Words on how to measure, tables to compare with, a drawing that shows where."""

    text = blocks.RichTextBlock(label=_("Text"), features=["h3", "bold", "italic", "ol", "ul", "link"], icon="pilcrow")
    table = TableBlock(
        label=_("Table"),
        table_options=TABLE,
        icon="table",
        template="blocks/size_table.html",
        help_text=_("Cells can be pasted from a spreadsheet."),
    )
    picture = ImageBlock(label=_("picture"), template="blocks/size_picture.html")

    class Meta:
        required = False
