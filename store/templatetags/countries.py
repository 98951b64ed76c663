"""`{% load countries %}{{ order.country|country_name }}`"""

from django import template

from store import countries

register = template.Library()
register.filter("country_name", countries.country_name)
