"""What templates know of the seller, of icons and of form fields."""

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from wagtail.models import Site

from company import menus
from company.models import Company


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.django_db
def test_a_mail_names_the_seller_and_links_to_the_site(settings) -> None:
    settings.SITE_URL = "https://shop.example.org"
    company = Company.for_site(Site.objects.get(is_default_site=True))
    company.legal_name, company.legal_address, company.email = "Kolibri & Co", "Lindenstraße 8", "hello@example.com"
    company.save()
    html, text = render_to_string("emails/base.html"), render_to_string("emails/base.txt")
    assert "Kolibri &amp; Co" in html
    assert 'href="https://shop.example.org"' in html
    assert "Kolibri & Co, Lindenstraße 8" in text
    assert "https://shop.example.org" in text
    assert "nsubscribe" not in html


@pytest.mark.django_db
def test_a_mail_can_be_written_before_there_is_a_site() -> None:
    Site.objects.all().delete()
    assert "vitrina" in render_to_string("emails/base.html").lower()


def test_a_button_of_a_mail_escapes_its_address() -> None:
    html = render_to_string("emails/button.html", {"url": 'https://example.org/?a=1&b="', "label": "<Go>"})
    assert "&lt;Go&gt;" in html
    assert 'b=""' not in html


def test_an_icon_is_hidden_from_screen_readers() -> None:
    html = render('{% load icons %}{% icon "cart" %}')
    assert "icons.svg#cart" in html
    assert 'aria-hidden="true"' in html


class Form(forms.Form):
    email = forms.EmailField(help_text="Where we write to")
    note = forms.CharField(required=False, widget=forms.Textarea)
    agree = forms.BooleanField()
    way = forms.ChoiceField(choices=[("a", "By post"), ("b", "By <hand>")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_has_its_label_above_and_its_error_tied_to_it() -> None:
    html = render_to_string("includes/field.html", {"field": Form({"email": "no"})["email"]})
    assert html.index("<label") < html.index("<input")
    assert 'class="form-control is-invalid"' in html
    assert 'id="id_email-error"' in html
    assert 'aria-describedby="id_email-help id_email-error"' in html
    assert 'aria-invalid="true"' in html


def test_every_kind_of_field_is_drawn() -> None:
    form = Form()
    drawn = {name: render_to_string("includes/field.html", {"field": form[name]}) for name in form.fields}
    assert "(optional)" in " ".join(drawn["note"].split())
    assert 'class="form-check-input"' in drawn["agree"]
    assert "<fieldset" in drawn["way"]
    assert "By &lt;hand&gt;" in drawn["way"]
    assert "<label" not in drawn["token"]


def test_the_error_summary_leads_to_every_field() -> None:
    html = render_to_string("includes/error_summary.html", {"form": Form({})})
    for name in ("email", "agree"):
        assert f'href="#id_{name}"' in html
    assert "error-summary" not in render_to_string("includes/error_summary.html", {"form": Form()})


def test_a_menu_shows_only_what_one_may_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menus, "registry", {})
    menus.register("account", menus.MenuItem(20, "Later", "wagtailadmin_home"))
    menus.register("account", menus.MenuItem(10, "First", "wagtailadmin_home"))
    menus.register("account", menus.MenuItem(30, "Hidden", "wagtailadmin_home", permission="company.change_company"))
    assert [item.label for item in menus.items("account", None)] == ["First", "Later"]
