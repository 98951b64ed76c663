"""Addresses of the journal that are not pages."""

from django.urls import path

from blog import views

app_name = "blog"

urlpatterns = [
    path("fragments/viewed/<int:page_id>", views.viewed, name="viewed"),
]
