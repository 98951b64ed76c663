"""Whatever the frame shows has changed: show it."""

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from company.models import Announcement, Company
from home.frame import forget_frames
from home.models import Navigation
from store.models import Category

for _sender in (Announcement, Company, Navigation, Category):
    post_save.connect(forget_frames, sender=_sender)
    post_delete.connect(forget_frames, sender=_sender)
page_published.connect(forget_frames)
page_unpublished.connect(forget_frames)
