"""The workspace's addresses, below /campaigns/."""

from django.urls import path

from campaigns.views import dashboard, mailings, messages, planning, recipients, reports

app_name = "campaigns"

urlpatterns = [
    path("campaigns/", dashboard.dashboard, name="dashboard"),
    path("campaigns/running/", dashboard.running_fragment, name="running"),
    path("campaigns/become-owner/", dashboard.become_owner, name="become_owner"),
    path("campaigns/recipients/", recipients.recipient_list, name="recipient_list"),
    path("campaigns/recipients/new/", recipients.recipient_create, name="recipient_create"),
    path("campaigns/recipients/import/", recipients.recipient_import, name="recipient_import"),
    path("campaigns/recipients/export/", recipients.recipient_export, name="recipient_export"),
    path("campaigns/recipients/suggest/", recipients.recipient_suggest, name="recipient_suggest"),
    path("campaigns/recipients/<int:pk>/", recipients.recipient_edit, name="recipient_edit"),
    path("campaigns/recipients/<int:pk>/delete/", recipients.recipient_delete, name="recipient_delete"),
    path("campaigns/messages/", messages.message_list, name="message_list"),
    path("campaigns/messages/new/", messages.message_create, name="message_create"),
    path("campaigns/messages/<int:pk>/", messages.message_detail, name="message_detail"),
    path("campaigns/messages/<int:pk>/edit/", messages.message_edit, name="message_edit"),
    path("campaigns/messages/<int:pk>/test/", messages.message_test, name="message_test"),
    path("campaigns/messages/<int:pk>/delete/", messages.message_delete, name="message_delete"),
    path("campaigns/mailings/", mailings.mailing_list, name="mailing_list"),
    path("campaigns/mailings/new/", planning.mailing_create, name="mailing_create"),
    path("campaigns/mailings/dates/", planning.mailing_dates, name="mailing_dates"),
    path("campaigns/mailings/<int:pk>/", mailings.mailing_detail, name="mailing_detail"),
    path("campaigns/mailings/<int:pk>/live/", mailings.mailing_live, name="mailing_live"),
    path("campaigns/mailings/<int:pk>/edit/", planning.mailing_edit, name="mailing_edit"),
    path("campaigns/mailings/<int:pk>/pause/", mailings.mailing_pause, name="mailing_pause"),
    path("campaigns/mailings/<int:pk>/resume/", mailings.mailing_resume, name="mailing_resume"),
    path("campaigns/mailings/<int:pk>/cancel/", mailings.mailing_cancel, name="mailing_cancel"),
    path("campaigns/mailings/<int:pk>/delete/", mailings.mailing_delete, name="mailing_delete"),
    path("campaigns/mailings/<int:pk>/report/", reports.mailing_report, name="mailing_report"),
    path("campaigns/mailings/<int:pk>/report.csv", reports.mailing_report_csv, name="mailing_report_csv"),
]
