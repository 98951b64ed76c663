"""How one of the staff hears of new orders."""

from django import forms
from django.utils.translation import gettext_lazy as _

from store.models import OrderAlert


class AlertForm(forms.ModelForm):
    class Meta:
        model = OrderAlert
        fields = ("on_page", "by_mail")
        labels = {"on_page": _("On the page, while I have the site open"), "by_mail": _("By e-mail")}
