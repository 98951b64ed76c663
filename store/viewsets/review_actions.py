"""What the shop does with a review, and with several at once."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from company.admin_actions import ActionView
from store import reviews
from store.errors import StoreError
from store.models import Review
from store.models.reviews import MAX_TEXT
from store.reviews import MOST_REASON

PERMISSION = "store.moderate_review"
MOST_AT_ONCE = 500


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=MOST_REASON, help_text=gettext_lazy("The buyer reads it.")
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("The shop's answer"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Shown below the review; empty takes it away."),
    )


class ReviewActionView(ActionView):
    error_class = StoreError

    def allowed(self) -> bool:
        return self.request.user.has_perm(PERMISSION)  # type: ignore[union-attr]

    def act(self, data: dict[str, Any]) -> str:
        sentence = self.change(self.object, data)
        log(self.object, "store.review", user=self.request.user, data={"done": str(self.button_label), **data})
        return sentence

    def change(self, review: Review, data: dict[str, Any]) -> str:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return reverse("store_reviews:inspect", args=[self.object.pk])


class ApproveView(ReviewActionView):
    page_title = button_label = gettext_lazy("Publish")
    header_icon = "check"
    explanation = gettext_lazy("Everybody reads it, and its stars count.")

    def change(self, review: Review, data: dict[str, Any]) -> str:
        reviews.approve(review=review)
        return _("The review is published.")


class RefuseView(ReviewActionView):
    page_title = button_label = gettext_lazy("Refuse")
    header_icon = "cross"
    is_serious = True
    form_class = ReasonForm
    explanation = gettext_lazy("It is not shown (any more); its buyer reads why and can change it.")

    def change(self, review: Review, data: dict[str, Any]) -> str:
        reviews.refuse(review=review, reason=data["reason"])
        return _("The review is refused.")


class AnswerView(ReviewActionView):
    page_title = button_label = gettext_lazy("Answer")
    header_icon = "comment"
    form_class = AnswerForm
    explanation = gettext_lazy("Everybody reads it below the review.")

    def get_initial(self) -> dict[str, Any]:
        return {"answer": self.object.answer}

    def change(self, review: Review, data: dict[str, Any]) -> str:
        reviews.answer(review=review, text=data["answer"])
        return _("The answer is saved.")


ACTIONS: dict[str, type[ReviewActionView]] = {"approve": ApproveView, "refuse": RefuseView, "answer": AnswerView}


def possible(review: Review, user: Any) -> list[tuple[str, type[ReviewActionView]]]:
    if not user.has_perm(PERMISSION):
        return []
    settled = {Review.Status.APPROVED: "approve", Review.Status.REFUSED: "refuse"}.get(Review.Status(review.status), "")
    return [(verb, view) for verb, view in ACTIONS.items() if verb != settled]


class BulkView(WagtailAdminTemplateMixin, FormView):
    """The ticked reviews: published at once, refused after one reason for all. Asks by a page first."""

    template_name = "store/admin/review_bulk.html"
    http_method_names: ClassVar = ["post"]
    index_url_name = ""
    header_icon = "pick"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):  # type: ignore[union-attr]
            raise PermissionDenied
        if kwargs["action"] not in ("approve", "refuse"):
            raise Http404
        self.verb = kwargs["action"]
        self.form_class = ReasonForm if self.verb == "refuse" else forms.Form
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ticked = request.POST.getlist("select")
        keys = [int(key) for key in ticked if key.isascii() and key.isdecimal() and len(key) < 19]
        self.chosen = list(Review.objects.filter(pk__in=keys[:MOST_AT_ONCE]).select_related("product"))
        if not self.chosen:
            messages.warning(request, _("No review is chosen: tick some first."))
            return redirect(self.index_url_name)
        if "confirmed" not in request.POST:
            return self.render_to_response(self.get_context_data(form=self.form_class()))
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: forms.Form) -> HttpResponse:
        for review in self.chosen:
            if self.verb == "approve":
                reviews.approve(review=review)
            else:
                reviews.refuse(review=review, reason=form.cleaned_data["reason"])
            log(review, "store.review", user=self.request.user, data={"done": self.verb, **form.cleaned_data})
        count = len(self.chosen)
        sentence = (
            ngettext("%(count)d review is published.", "%(count)d reviews are published.", count)
            if self.verb == "approve"
            else ngettext("%(count)d review is refused.", "%(count)d reviews are refused.", count)
        )
        messages.success(self.request, sentence % {"count": count})
        return redirect(self.index_url_name)

    def get_page_title(self) -> str:
        return str(ACTIONS[self.verb].page_title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Reviews")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action = ACTIONS[self.verb]
        return super().get_context_data(
            **kwargs,
            chosen=self.chosen,
            button_label=action.button_label,
            explanation=action.explanation,
            back_url=reverse(self.index_url_name),
        )
