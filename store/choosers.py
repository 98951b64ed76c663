"""Choosing products, categories and brands in the Wagtail admin; blocks that hold the choice."""

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


class BrandChooserViewSet(ChooserViewSet):
    model = "store.Brand"
    icon = "tag"
    choose_one_text = _("Choose a brand")
    choose_another_text = _("Choose another brand")


product_chooser = ProductChooserViewSet("product_chooser")
category_chooser = CategoryChooserViewSet("category_chooser")
brand_chooser = BrandChooserViewSet("brand_chooser")
ProductChooserBlock = product_chooser.get_block_class(name="ProductChooserBlock", module_path="store.choosers")
CategoryChooserBlock = category_chooser.get_block_class(name="CategoryChooserBlock", module_path="store.choosers")
