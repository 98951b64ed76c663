"""Texts of the shop that exist in every language."""

from modeltranslation.translator import TranslationOptions, register

from store.models import (
    Attribute,
    AttributeChoice,
    Category,
    InvoiceSettings,
    OfflineMethod,
    OptionType,
    OptionValue,
    Product,
    ProductAttribute,
    ProductSpecification,
    ShippingMethod,
    TaxClass,
    Variant,
)


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "intro")


@register(Product)
class ProductTranslation(TranslationOptions):
    fields = ("name", "description")


@register(ProductSpecification)
class ProductSpecificationTranslation(TranslationOptions):
    fields = ("name", "value")


@register(Variant)
class VariantTranslation(TranslationOptions):
    fields = ("name",)


@register(Attribute)
class AttributeTranslation(TranslationOptions):
    fields = ("name", "unit")


@register(AttributeChoice)
class AttributeChoiceTranslation(TranslationOptions):
    fields = ("name",)


@register(ProductAttribute)
class ProductAttributeTranslation(TranslationOptions):
    fields = ("text",)


@register(OptionType)
class OptionTypeTranslation(TranslationOptions):
    fields = ("name",)


@register(OptionValue)
class OptionValueTranslation(TranslationOptions):
    fields = ("name",)


@register(ShippingMethod)
class ShippingMethodTranslation(TranslationOptions):
    fields = ("name", "pickup_address", "opening_hours")


@register(TaxClass)
class TaxClassTranslation(TranslationOptions):
    fields = ("name",)


@register(InvoiceSettings)
class InvoiceSettingsTranslation(TranslationOptions):
    fields = ("note",)


@register(OfflineMethod)
class OfflineMethodTranslation(TranslationOptions):
    fields = ("name", "note", "instructions")
