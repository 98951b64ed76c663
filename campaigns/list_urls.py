"""Addresses of an owner's list, below /campaigns/recipients/."""

from django.urls import path

from campaigns.views import join_forms, labels, list_import, recipient_bulk, segments

urlpatterns = [
    path("import/<str:token>/", list_import.import_columns, name="import_columns"),
    path("jobs/<int:pk>/", list_import.list_work, name="list_work"),
    path("jobs/<int:pk>/cancel/", list_import.list_work_cancel, name="list_work_cancel"),
    path("jobs/<int:pk>/refused.csv", list_import.list_work_refused, name="list_work_refused"),
    path("bulk/", recipient_bulk.recipient_bulk, name="recipient_bulk"),
    path("segments/", segments.segment_list, name="segment_list"),
    path("segments/new/", segments.segment_create, name="segment_create"),
    path("segments/rules/", segments.segment_rules, name="segment_rules"),
    path("segments/<int:pk>/", segments.segment_edit, name="segment_edit"),
    path("segments/<int:pk>/delete/", segments.segment_delete, name="segment_delete"),
    path("fields/", labels.field_list, name="field_list"),
    path("fields/<int:pk>/", labels.field_edit, name="field_edit"),
    path("fields/<int:pk>/up/", labels.field_move, name="field_move"),
    path("fields/<int:pk>/delete/", labels.field_delete, name="field_delete"),
    path("tags/", labels.tag_list, name="tag_list"),
    path("tags/<int:pk>/", labels.tag_edit, name="tag_edit"),
    path("tags/<int:pk>/delete/", labels.tag_delete, name="tag_delete"),
    path("forms/", join_forms.form_list, name="form_list"),
    path("forms/new/", join_forms.form_create, name="form_create"),
    path("forms/<int:pk>/", join_forms.form_edit, name="form_edit"),
    path("forms/<int:pk>/delete/", join_forms.form_delete, name="form_delete"),
]
