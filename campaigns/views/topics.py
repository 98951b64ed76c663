"""Pages of an owner's topics."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import topics
from campaigns.automation_forms import TopicForm
from campaigns.forms import show_errors
from campaigns.models import Topic
from campaigns.views.access import owner, owner_page


@owner_page
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    refused = Count("choices", filter=Q(choices__wanted=False))
    rows = Topic.objects.owned_by(owner(request)).annotate(refused=refused).order_by("position", "pk")
    return render(request, "campaigns/topic_list.html", {"topics": rows, "section": "recipients"})


@owner_page
def topic_create(request: HttpRequest) -> HttpResponse:
    form = TopicForm(request.POST or None, initial={"is_public": True})
    if request.method == "POST" and form.is_valid():
        try:
            topics.create_topic(owner=owner(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:topic_list")
    return topic_page(request, form, _("New topic"))


@owner_page
def topic_edit(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.owned_by(owner(request)), pk=pk)
    heading = topic.name
    form = TopicForm(request.POST or None, initial={name: getattr(topic, name) for name in TopicForm.base_fields})
    if request.method == "POST" and form.is_valid():
        try:
            topics.change_topic(topic=topic, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:topic_list")
    return topic_page(request, form, heading, delete_url=reverse("campaigns:topic_delete", args=[pk]))


def topic_page(request: HttpRequest, form: TopicForm, heading: str, delete_url: str = "") -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "back_url": reverse("campaigns:topic_list"),
        "delete_url": delete_url,
        "section": "recipients",
    }
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


@owner_page
def topic_delete(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.owned_by(owner(request)), pk=pk)
    if request.method == "POST":
        topics.delete_topic(topic=topic)
        messages.success(request, _("The topic was deleted."))
        return redirect("campaigns:topic_list")
    context = {
        "question": _("Delete “%(name)s”?") % {"name": topic.name},
        "consequence": _("What people said about it goes too."),
        "action": _("Delete the topic"),
        "back_url": reverse("campaigns:topic_edit", args=[pk]),
        "section": "recipients",
    }
    return render(request, "campaigns/confirm.html", context)
