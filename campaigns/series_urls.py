"""Addresses of series, topics and the shop's newsletter."""

from django.urls import path

from campaigns.views import automation_steps, automations, newsletter, topics

urlpatterns = [
    path("campaigns/topics/", topics.topic_list, name="topic_list"),
    path("campaigns/topics/new/", topics.topic_create, name="topic_create"),
    path("campaigns/topics/<int:pk>/", topics.topic_edit, name="topic_edit"),
    path("campaigns/topics/<int:pk>/delete/", topics.topic_delete, name="topic_delete"),
    path("campaigns/series/", automations.automation_list, name="automation_list"),
    path("campaigns/series/new/", automations.automation_create, name="automation_create"),
    path("campaigns/series/<int:pk>/", automations.automation_detail, name="automation_detail"),
    path("campaigns/series/<int:pk>/edit/", automations.automation_edit, name="automation_edit"),
    path("campaigns/series/<int:pk>/switch/", automations.automation_switch, name="automation_switch"),
    path("campaigns/series/<int:pk>/delete/", automations.automation_delete, name="automation_delete"),
    path("campaigns/series/<int:pk>/enrol/", automations.automation_enrol, name="automation_enrol"),
    path("campaigns/series/<int:pk>/people/<int:enrolment>/stop/", automations.enrolment_stop, name="enrolment_stop"),
    path("campaigns/series/<int:pk>/steps/new/", automation_steps.step_add, name="step_add"),
    path("campaigns/series/<int:pk>/steps/<int:step>/", automation_steps.step_edit, name="step_edit"),
    path("campaigns/series/<int:pk>/steps/<int:step>/move/", automation_steps.step_move, name="step_move"),
    path("campaigns/series/<int:pk>/steps/<int:step>/delete/", automation_steps.step_delete, name="step_delete"),
    path("campaigns/series/<int:pk>/steps/<int:step>/test/", automation_steps.step_test, name="step_test"),
    path("newsletter/", newsletter.newsletter_subscribe, name="newsletter_subscribe"),
    path("account/newsletter/", newsletter.newsletter_settings, name="newsletter"),
]
