"""The journal: its pages, and how often they were read."""

from blog.models.pages import BlogIndexPage, BlogPage, BlogPageTag
from blog.models.views import BlogPageViews, FlushedBatch

__all__ = ["BlogIndexPage", "BlogPage", "BlogPageTag", "BlogPageViews", "FlushedBatch"]
