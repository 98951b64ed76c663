"""What the seller says in every language of the site."""

from modeltranslation.translator import TranslationOptions, register

from company.models import Announcement, Company, TermsVersion


@register(Company)
class CompanyTranslation(TranslationOptions):
    fields = ("promise",)


@register(Announcement)
class AnnouncementTranslation(TranslationOptions):
    fields = ("text",)


@register(TermsVersion)
class TermsVersionTranslation(TranslationOptions):
    fields = ("text",)
