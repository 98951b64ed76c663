"""Pages that stand on their own."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from blog.blocks import ProseBlock
from company.caching import shared
from home import front
from home.blocks.content import FrontBlock, SlideBlock
from store.choosers import ProductChooserBlock


class HomePage(Page):
    """The front page: slides, chosen products, whatever the editor adds, and what goes on here in figures."""

    slides = StreamField([("slide", SlideBlock())], verbose_name=_("slides"), blank=True, max_num=5)
    products_title = models.CharField(_("heading of the products"), max_length=80, blank=True)
    products = StreamField(
        [("product", ProductChooserBlock(label=_("Product")))],
        verbose_name=_("chosen products"),
        blank=True,
        max_num=12,
        help_text=_("The most popular ones while this is empty."),
    )
    body = StreamField(FrontBlock(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("slides"),
        FieldPanel("products_title"),
        FieldPanel("products"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "cards": front.products(chosen=[block.value for block in self.products if block.value]),
            "figures": front.figures(),
            "posts": front.posts_of_the_minute(locale_id=self.locale_id),
            "blog": front.blog_of(locale_id=self.locale_id),
        }

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Not beyond this minute: the next one shows other posts.
        return shared(request, super().serve(request, *args, **kwargs), front.seconds_of_this_minute())


class StandardPage(Page):
    """A page of text: about us, delivery, terms."""

    intro = models.CharField(_("introduction"), max_length=250, blank=True)
    image = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ProseBlock(), verbose_name=_("text"), blank=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar = ["home.StandardPage"]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return shared(request, super().serve(request, *args, **kwargs))
