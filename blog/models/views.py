"""How often posts were read: apart from the pages, so that publishing a draft never writes an old count back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BlogPageViews(models.Model):
    """One post's count. Written by `blog.view_counts` only."""

    page = models.OneToOneField("blog.BlogPage", on_delete=models.CASCADE, primary_key=True, related_name="views")
    count = models.PositiveBigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("view count")
        verbose_name_plural = _("view counts")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.count}"


class FlushedBatch(models.Model):
    """A file of views that is in the counts already: whoever finds the file again may only delete it."""

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
