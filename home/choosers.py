"""Pickers for what the shop has, for blocks of pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet


class ProductChooserViewSet(ChooserViewSet):
    model = "store.Product"
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Edit this product")
    per_page = 20


class CategoryChooserViewSet(ChooserViewSet):
    model = "store.Category"
    icon = "folder-inverse"
    choose_one_text = _("Choose a category")
    choose_another_text = _("Choose another category")
    edit_item_text = _("Edit this category")


product_chooser = ProductChooserViewSet("product_chooser")
category_chooser = CategoryChooserViewSet("category_chooser")
ProductChooserBlock = product_chooser.get_block_class(name="ProductChooserBlock", module_path="home.choosers")
CategoryChooserBlock = category_chooser.get_block_class(name="CategoryChooserBlock", module_path="home.choosers")
