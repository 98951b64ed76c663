"""An owner's sign-up forms."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.characters import storable
from campaigns.errors import CampaignError
from campaigns.models import OptInForm, RecipientField, Tag, Topic

PLAIN = ("name", "heading", "introduction", "consent_text", "asks_name", "asks_tracking", "thanks", "is_open")


def save_form(*, owner: User, values: Mapping[str, Any], form: OptInForm | None = None) -> OptInForm:
    """A new form, or `form` with other answers; what `values` leave out stays. Raises ValidationError, CampaignError.

    `tags` and `topics` are the owner's rows, `fields` keys of own fields.
    """
    form = form or OptInForm(owner=owner, key=secrets.token_urlsafe(16))
    for name in PLAIN:
        if name in values:
            setattr(form, name, values[name].strip() if isinstance(values[name], str) else values[name])
    if not all(storable(getattr(form, name)) for name in PLAIN if isinstance(getattr(form, name), str)):
        raise CampaignError(_("There are characters here that can’t be stored."))
    if "fields" in values:
        known = RecipientField.objects.owned_by(owner).filter(key__in=values["fields"])
        form.fields = list(known.values_list("key", flat=True))
    form.clean_fields(exclude=["owner", "key"])
    with transaction.atomic():
        form.save()
        for name, model in (("tags", Tag), ("topics", Topic)):
            if name in values:
                ids = [row.pk for row in values[name]]
                getattr(form, name).set(model.objects.filter(owner=owner, pk__in=ids))
    return form


def delete_form(*, form: OptInForm) -> None:
    """Its page is gone; who has signed up by it stays, with the proof."""
    form.delete()


def page_url(form: OptInForm) -> str:
    return f"{settings.SITE_URL}/newsletter/join/{form.key}/"


def frame_snippet(form: OptInForm) -> str:
    """To be pasted into another site: the form in a frame."""
    height = 420 + 70 * (len(form.fields) + form.asks_name + form.asks_tracking)
    return format_html(
        '<iframe src="{}?embed=1" title="{}" width="100%" height="{}" frameborder="0" loading="lazy"></iframe>',
        page_url(form),
        form.heading or form.name,
        height,
    )


def plain_snippet(form: OptInForm) -> str:
    """The same as plain HTML, to be dressed by the other site."""
    name = ""
    if form.asks_name:
        name = format_html('  <label>{} <input name="full_name"></label>\n', _("Your name"))
    return format_html(
        '<form action="{}" method="post" accept-charset="utf-8">\n'
        '  <label>{} <input name="email" type="email" required></label>\n{}'
        '  <label><input name="agree" type="checkbox" required> {}</label>\n'
        '  <button type="submit">{}</button>\n</form>',
        page_url(form),
        _("Your e-mail"),
        name,
        form.consent_text,
        _("Sign up"),
    )
