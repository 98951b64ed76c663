"""Every address of the site. English has no prefix, Russian stands under /ru/."""

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.api import api as cms_api
from wagtail.documents import urls as wagtaildocs_urls

from accounts.views import LoginView
from campaigns.views import joining, webhooks
from campaigns.views.abuse import report_abuse
from campaigns.views.mails import view_in_browser
from campaigns.views.preferences import preference_page, topic_refusal
from campaigns.views.tracking import click, pixel
from campaigns.views.unsubscribe import unsubscribe
from config import fragments, health
from config.api import api, api_not_found
from home.sitemaps import sitemap
from home.views import robots


def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    # No address of ours holds a NUL, which PostgreSQL refuses in every look-up.
    re_path(r"^api/v1/[^\x00]*\x00", api_not_found),
    re_path(r"^[^\x00]*\x00", nothing_here),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("fragments/header", fragments.header),
    # One address in every language: it stands in mails for years.
    path("m/<str:token>/", view_in_browser, name="view_in_browser"),
    path("u/<str:token>/", unsubscribe, name="unsubscribe"),
    path("u/<str:token>/report/", report_abuse, name="report_abuse"),
    path("t/c/<str:token>/", click, name="click"),
    path("t/o/<str:token>.gif", pixel, name="pixel"),
    path("newsletter/confirm/<str:token>/", joining.confirm, name="join_confirm"),
    path("webhooks/elastic-email/", webhooks.elastic_email, name="webhook_elastic_email"),
    path("webhooks/mail/<slug:provider>/", webhooks.mail, name="webhook_mail"),
    path("u/<str:token>/preferences/", preference_page, name="preferences"),
    path("u/<str:token>/topics/<int:topic>/", topic_refusal, name="topic_refusal"),
    path("", include("blog.urls")),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap_section"),
    # Wagtail's own log-in has neither throttle nor second factor.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", RedirectView.as_view(url="/api/v1/docs")),
    path("api/v1/", api.urls),
    path("api/v1/auth/", include("allauth.headless.urls")),
    re_path("^api/v1/", api_not_found),
    path("api/cms/", cms_api.urls),
]
urlpatterns += i18n_patterns(
    path("", include("store.urls")),
    path("accounts/login/", LoginView.as_view(), name="account_login"),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("campaigns.urls")),
    path("", include("notifications.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
