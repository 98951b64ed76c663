"""What a recipient says about a message that should not have come."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.abuse import MAX_TEXT
from campaigns.models import AbuseReport


class AbuseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=AbuseReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with the message.")},
    )
    text = forms.CharField(
        label=_("What happened"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 5})
    )
