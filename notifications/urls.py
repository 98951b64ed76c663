"""Addresses of the outbox."""

from django.urls import path, re_path

from notifications import views

app_name = "notifications"

NAME = r"(?P<name>[\w-]+\.eml)"

urlpatterns = [
    path("outbox/", views.letter_list, name="outbox"),
    re_path(rf"^outbox/{NAME}/$", views.letter_detail, name="outbox_letter"),
    re_path(rf"^outbox/{NAME}/html$", views.letter_html, name="outbox_html"),
    re_path(rf"^outbox/{NAME}/source$", views.letter_source, name="outbox_source"),
]
