"""Where home's first migration looks for the blocks that are the shop's."""

from store.choosers import CategoryChooserBlock, ProductChooserBlock

__all__ = ["CategoryChooserBlock", "ProductChooserBlock"]
